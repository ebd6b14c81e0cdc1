// A page is summarised, from the toolbar click to the last point, on each device.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { environment } from "./driver/browser.ts";
import { trusted } from "./driver/trusted.ts";
import { article, Harness, summary } from "./harness.ts";
import { look } from "./look.ts";
import { FERRY, NOTE } from "./pages.ts";

const BOOK_WORDS = 60_000;

/** A page of so many words: the English texts of the page corpus as its chapters, over again. */
async function book(): Promise<string> {
  const folder = join(environment("SOTTO_ROOT"), "tests/pages");
  const names = (await readdir(folder, { recursive: true })).filter((name) =>
    /^(?!.*demo-).*expected\.txt$/u.test(name),
  );
  const texts = await Promise.all(names.toSorted().map(async (name) => readFile(join(folder, name), "utf8")));
  const chapters: string[] = [];
  for (let words = 0, i = 0; words < BOOK_WORDS; i += 1) {
    const text = texts[i % texts.length] ?? "";
    words += text.split(/\s+/u).length;
    const paragraphs = text.split(/\n{2,}/u).map((paragraph) => `<p>${paragraph.replaceAll("<", "&lt;")}</p>`);
    chapters.push(`<h2>Chapter ${i + 1}</h2>${paragraphs.join("")}`);
  }
  return `<!doctype html><html lang="en"><title>A book</title><article><h1>A book</h1>${chapters.join("")}</article></html>`;
}

const squeeze = (text: string): string => text.replace(/\s+/gu, "");

describe("without a GPU", () => {
  let harness: Harness;
  before(async () => void (harness = await Harness.start({ adapter: "none" })));
  after(async () => harness.stop());

  test("the bundled article on the CPU: streamed, grounded, its sources shown, no network request", async () => {
    const page = await harness.open("article", await article());
    const text = await page.evaluate(() => document.body.innerText);
    harness.browser.proxy.forget();
    const popup = await harness.popup(page, { type: "key-points", length: "medium", choice: "auto" });
    await popup.observe();
    await popup.run();

    const growth = new Set<string>();
    const shown = await popup.until("the summary", ({ state, points }) => {
      const draft = points.find(({ status, text: written }) => status === "draft" && written.length > 0);
      if (draft) growth.add(`${draft.index} ${draft.text}`);
      return state === "done" || state === "failed";
    });
    await summary(popup);
    assert.deepEqual(harness.browser.proxy.requests, [], "nothing leaves the browser");
    assert.ok(growth.size >= 5, `text is seen to grow: ${growth.size} states`);
    assert.equal(shown.points.length, 5, "medium: five points");
    assert.match(shown.device, /CPU/u);
    assert.match(shown.device, /GPU/u, "and why it is not the GPU");

    const events = await popup.events();
    const tokens = events.filter(({ type }) => type === "token").length;
    assert.ok(tokens > 10, `${tokens} pieces of text came through runtime messages`);
    const job = await popup.job();
    assert.ok(job?.state.state === "done");
    assert.equal(job.state.stats.device.backend, "cpu");
    assert.ok(job.state.stats.decodeTps > 0 && job.state.stats.prefillTps > 0);
    assert.ok(job.state.stats.coverage > 0.9, `the whole page is read: ${job.state.stats.coverage}`);
    for (const { source } of job.sections) {
      assert.ok(source, "every point has its source");
      assert.ok(squeeze(text).includes(squeeze(source.text)), `the source stands on the page: ${source.text}`);
    }

    await popup.target.click("#output .point[data-index='0'] .source");
    await page.waitForFunction(() => CSS.highlights.has("sotto"));
    const highlighted = await page.evaluate(() => [...(CSS.highlights.get("sotto") ?? [])].join(""));
    assert.equal(squeeze(highlighted), squeeze(job.sections[0]?.source?.text ?? ""), "the page shows the source");

    await look(popup.target, "popup");
    await popup.close();
  });

  test("60,000 words are summarised whole, or it is said what was left out", async (context) => {
    const popup = await harness.popup(await harness.open("book", await book()), { type: "key-points", length: "long" });
    await popup.run();
    const shown = await summary(popup);
    const job = await popup.job();
    assert.ok(job?.state.state === "done");
    const { coverage, totalMs } = job.state.stats;
    context.diagnostic(`60,000 words: ${Math.round(totalMs)} ms, ${coverage} read`);
    const isWhole = job.leftOut.cut === 0;
    assert.equal(coverage > 0.99, isWhole, `covered: ${coverage}`);
    if (!isWhole) assert.match(shown.notes.join(), /too long to be taken whole/u);
    assert.equal(job.sections.length, 7);
    const chapters = new Set(job.sections.map(({ source }) => source?.heading));
    assert.ok(chapters.size >= 5, `from ${chapters.size} chapters`);
    await popup.close();
  });

  test("the GPU alone is asked for: the job fails and says why", async () => {
    const popup = await harness.popup(await harness.open("note", NOTE), { choice: "gpu" });
    await popup.run();
    const shown = await popup.ended();
    assert.equal(shown.state, "failed");
    assert.match(shown.error, /GPU/u);
    assert.notEqual(shown.remedy, "");
    await look(popup.target, "popup-failed");
    await popup.close();
  });
});

describe("with a software GPU", () => {
  let harness: Harness;
  before(async () => void (harness = await Harness.start({ adapter: "swiftshader" })));
  after(async () => harness.stop());

  test("a short page is summarised on the GPU", async () => {
    const page = await harness.open("ferry", FERRY);
    const popup = await harness.popup(page, { type: "tldr", length: "short", choice: "gpu" });
    await popup.run();
    const shown = await summary(popup, 540_000);
    assert.match(shown.device, /GPU/u);
    const job = await popup.job();
    assert.ok(job?.state.state === "done");
    const { device, outputTokens, decodeTps } = job.state.stats;
    assert.equal(device.backend, "gpu");
    assert.equal(device.reason ?? null, null);
    assert.ok(outputTokens > 0 && decodeTps > 0);
    assert.equal((await trusted(harness.browser)).length, 1, "it was tested before it was believed");
  });
});
