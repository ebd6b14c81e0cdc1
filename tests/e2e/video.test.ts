// A video's page: what is said is read from the transcript that the page shows, points lead to their
// time, and a page without one says how to have it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import type { Section } from "../../offscreen/protocol/protocol";
import { environment } from "./driver/browser.ts";
import type { Popup } from "./driver/popup.ts";
import { artifact, Harness, summary } from "./harness.ts";
import { LISTS, SEGMENT, videoPage } from "./videos.ts";

const squeeze = (text: string): string => text.replace(/\s+/gu, "");

const facts = async (popup: Popup): Promise<string> =>
  popup.target.evaluate(() => document.querySelector("#facts")?.textContent ?? "", null);

/** The text of the bundled article without its headings. */
async function said(): Promise<string> {
  const text = await readFile(join(environment("SOTTO_ROOT"), "tests/pages/demo/expected.txt"), "utf8");
  const paragraphs = text.split("\n\n").filter((paragraph) => /[.”]$/u.test(paragraph.trim()));
  return paragraphs.join(" ").replace(/\s+/gu, " ").trim();
}

describe("videos", () => {
  let harness: Harness;
  let text: string;
  before(async () => {
    harness = await Harness.start({ adapter: "none" });
    text = await said();
  });
  after(async () => harness.stop());

  const open = async (name: string, html: string): Promise<Page> => {
    const page = await harness.open(name, html);
    await page.waitForFunction(() => Number.isFinite(document.querySelector("video")?.duration));
    return page;
  };

  /** The time that a passage must have: that of the segment in which its first word stands. */
  const timeOf = (passage: string): number => {
    const before = text.slice(0, text.indexOf(passage.slice(0, 40))).split(/\s+/u).length - 1;
    return Math.floor(before / SEGMENT.words) * SEGMENT.seconds;
  };

  const assertTimed = ({ source }: Section): void => {
    assert.ok(source && squeeze(text).includes(squeeze(source.text)), `said in the video: ${source?.text}`);
    assert.deepEqual(source.place, { place: "time", seconds: timeOf(source.text) }, source.text);
  };

  for (const [name, list] of Object.entries(LISTS)) {
    test(`an open transcript (${name}): summarised, each point at its time, nothing asked of the network`, async () => {
      const page = await open(`${name}.html`, videoPage(text, list));
      const popup = await harness.popup(page, { mode: "summarize", type: "key-points", length: "medium" });
      harness.browser.proxy.forget();
      await popup.run();
      await summary(popup);
      assert.deepEqual(harness.browser.proxy.requests, []);
      const job = await popup.job();
      assert.ok(job?.state.state === "done" && job.sections.length === 5);
      assert.equal(job.video, "transcript");
      job.sections.forEach(assertTimed);
      assert.ok(job.coverage && job.coverage > 0.99, `covered: ${job.coverage}`);
      assert.match(await facts(popup), /Read 100\s% of transcript/u);
      await popup.target.screenshot(artifact(`popup-video-${name}.png`));
      await popup.close();
    });
  }

  test("a point's time is on its button; a click sets the video to it and shows what is said there", async () => {
    const page = await open("seek.html", videoPage(text, LISTS["renderer"]));
    const popup = await harness.popup(page, { mode: "summarize", type: "key-points", length: "short" });
    await popup.run();
    await summary(popup);
    const last = (await popup.job())?.sections.at(-1);
    assert.ok(last?.source?.place?.place === "time");
    const { seconds } = last.source.place;
    const button = `#output .point[data-index='${last.index}'] .source`;
    const label = await popup.target.evaluate((selector) => document.querySelector(selector)?.textContent, button);
    assert.equal(label, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    await popup.target.click(button);
    await page.waitForFunction((time) => document.querySelector("video")?.currentTime === time, seconds);
    await page.waitForFunction(() => CSS.highlights.has("sotto"));
    const highlighted = await page.evaluate(() => [...(CSS.highlights.get("sotto") ?? [])].join(""));
    const shown = squeeze(highlighted.replace(/\d+:\d\d/gu, ""));
    assert.equal(shown, squeeze(last.source.text), "what is said there, and the times between it");
    await page.screenshot({ path: artifact("page-video.png") });
    await popup.close();
  });

  test("a transcript as a machine hears it, without punctuation: its points are what is said in a few segments", async () => {
    const heard = text.toLowerCase().replace(/[^\p{L}\p{N}' ]+/gu, "");
    const page = await open("heard.html", videoPage(heard, LISTS["viewModel"]));
    const popup = await harness.popup(page, { mode: "summarize", type: "key-points", length: "medium" });
    await popup.run();
    await summary(popup);
    const job = await popup.job();
    assert.ok(job && job.sections.length >= 3, `${job?.sections.length} points`);
    for (const { source } of job.sections) {
      assert.ok(source && squeeze(heard).includes(squeeze(source.text)), source?.text);
      assert.ok(source.place?.place === "time" && source.text.split(" ").length <= 60, source.text);
    }
    await popup.target.screenshot(artifact("popup-video-heard.png"));
    await popup.close();
  });

  test("a question is answered at its time", async () => {
    const page = await open("asked.html", videoPage(text, LISTS["viewModel"]));
    const popup = await harness.popup(page, { mode: "ask", question: "How much has the sea risen?" });
    await popup.run();
    await popup.ended();
    const [answer] = (await popup.job())?.sections ?? [];
    assert.ok(answer, "there is an answer");
    assertTimed(answer);
    await popup.close();
  });

  test("without a transcript the text around the video is read, and it is said how to have what is said", async () => {
    const about = `${text.split(". ").slice(0, 12).join(". ")}.`;
    const page = await open("closed.html", videoPage(text, undefined).replace("three years ago", about));
    const popup = await harness.popup(page, { mode: "summarize", type: "key-points", length: "short" });
    await popup.run();
    await summary(popup);
    assert.equal((await popup.job())?.video, "unread");
    const notes = await popup.target.evaluate(() => document.querySelector("#notes")?.textContent, null);
    assert.match(notes ?? "", /video was not read.*transcript/u);
    await popup.target.screenshot(artifact("popup-video-closed.png"));
    await popup.close();
  });
});
