// The one view and its three modes: remembered, worked by keyboard, honest about what is out of
// reach, the same in the side panel.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { press, tabTo } from "./driver/keys.ts";
import { ModelsPage } from "./driver/models.ts";
import type { Popup } from "./driver/popup.ts";
import { Harness, summary } from "./harness.ts";
import { look } from "./look.ts";
import { LIGHTHOUSE, NOTE } from "./pages.ts";

const SMALL = "smollm2-135m-instruct";
const TRANSLATOR = "gemma-3-270m";
const SENTENCES = [
  "I am writing to you today in order to let you know about the fact that the bridge on Mill Road has been closed.",
  "It would be really very helpful for all of us if you could possibly tell us when it is going to be opened again.",
];

/** A letter in a field, all of it selected. */
const LETTER = `<!doctype html><html lang="en"><title>A letter</title>
<textarea id="letter" rows="8" cols="80">${SENTENCES.join("\n\n")}</textarea></html>`;

const STATION = `<!doctype html><html lang="de"><title>Der alte Bahnhof</title><h1>Der alte Bahnhof</h1>
<p>Der Stadtrat hat beschlossen, den alten Bahnhof in einen Park umzuwandeln.</p>
<p>Die Arbeiten beginnen im Frühling und dauern zwei Jahre.</p></html>`;

/** Which of the radio buttons of this name is chosen. */
async function chosen(popup: Popup, name: string): Promise<string> {
  return popup.target.evaluate(
    (wanted) => document.querySelector<HTMLInputElement>(`input[name="${wanted}"]:checked`)?.value ?? "",
    name,
  );
}

describe("three modes in one view", () => {
  let harness: Harness;
  before(async () => void (harness = await Harness.start({ adapter: "none" })));
  after(async () => harness.stop());

  /** Opens a page with a field whose text is selected. */
  async function letter(): Promise<Page> {
    const page = await harness.open("letter", LETTER);
    await page.locator("#letter").focus();
    await page.locator("#letter").selectText();
    return page;
  }

  test("the popup opens in the mode it was left in, with its choices", async () => {
    const first = await harness.popup(await letter(), { mode: "rewrite", goal: "as-is", rewriteLength: "shorter" });
    const shown = await first.target.waitFor(
      "what is selected",
      () => document.querySelector<HTMLElement>("#selection")?.innerText,
      null,
    );
    assert.match(shown ?? "", /\d+ words: “I am writing to you today/u);
    await first.choose({ mode: "translate", to: "fr" });
    await first.choose({ mode: "rewrite" });
    await first.close();

    const second = await harness.popup(await harness.open("note", NOTE));
    assert.equal(await chosen(second, "mode"), "rewrite");
    assert.equal(await chosen(second, "goal"), "as-is");
    assert.equal(await chosen(second, "rewriteLength"), "shorter");
    await second.choose({ mode: "translate" });
    const to = await second.target.evaluate(() => document.querySelector<HTMLSelectElement>("#to")?.value, null);
    assert.equal(to, "fr");
    await second.choose({ mode: "summarize" });
    await second.close();
  });

  test("by keyboard alone: to another mode, a choice, the job, its end", async () => {
    const { target } = await harness.popup(await letter());
    await tabTo(target, "input[name=mode]", true);
    while ((await target.evaluate(() => document.body.dataset["mode"], null)) !== "rewrite") {
      await press(target, "ArrowRight");
    }
    await tabTo(target, "input[name=rewriteLength]");
    while (
      !(await target.evaluate(() => document.querySelector<HTMLInputElement>("input[value=shorter]")?.checked, null))
    ) {
      await press(target, "ArrowRight");
    }
    await tabTo(target, "#run");
    await press(target, "Enter");
    await target.waitFor("the end", () => document.body.dataset["state"] === "done", null, 180_000);
    const focus = await target.evaluate(() => document.activeElement?.id, null);
    assert.equal(focus, "run", "the focus is where the next step is");
    await tabTo(target, "#apply");
    await tabTo(target, "#copy");
    await target.close();
  });

  test("a selection is rewritten, compared, put in its place, and undone by one undo", async () => {
    const page = await letter();
    harness.browser.proxy.forget();
    const popup = await harness.popup(page, { mode: "rewrite", goal: "as-is", rewriteLength: "shorter" });
    await popup.run();
    const shown = await summary(popup);
    assert.equal(shown.state, "done");
    const job = await popup.job();
    assert.ok(job?.state.state === "done" && job.task.task === "rewrite");
    assert.deepEqual(job.subject, { subject: "selection", editable: true });
    const { text } = job.state;
    const output = await popup.target.evaluate(
      () => document.querySelector<HTMLElement>("#output")?.textContent ?? "",
      null,
    );
    assert.equal(output.trim(), text.trim(), "the popup shows the text as it will stand");
    assert.match(text, /\n\n/u, "what stood between the paragraphs is kept");

    await popup.target.click("#changes");
    const original = await popup.target.evaluate(() => {
      const output = document.querySelector("#output")?.cloneNode(true) as HTMLElement;
      for (const added of output.querySelectorAll("ins")) added.remove();
      return output.textContent;
    }, null);
    assert.equal(
      original?.replaceAll(/\s+/gu, " ").trim(),
      SENTENCES.join(" "),
      "without what was added it is the original",
    );
    await look(popup.target, "popup-rewrite");

    await popup.target.click("#apply");
    await page.waitForFunction(
      (wanted) => document.querySelector<HTMLTextAreaElement>("#letter")?.value === wanted,
      text,
    );
    await popup.target.waitFor(
      "the word of it",
      () => document.querySelector("#apply")?.textContent === "Replaced",
      null,
    );
    assert.deepEqual(harness.browser.proxy.requests, [], "nothing leaves the browser");
    await popup.close();
    await page.keyboard.press("Control+z");
    assert.equal(await page.locator("#letter").inputValue(), SENTENCES.join("\n\n"));
  });

  test("without a selection a rewrite says what is missing", async () => {
    const popup = await harness.popup(await harness.open("note", NOTE), { mode: "rewrite", rewriteLength: "shorter" });
    await popup.run();
    const shown = await popup.ended();
    assert.equal(shown.state, "failed");
    assert.match(`${shown.error} ${shown.remedy}`, /select/iu);
    await popup.close();
  });

  test("a page that draws its text is said to, with what helps there", async () => {
    const drawn = `<!doctype html><html lang="en"><title>Document</title><body style="margin:0">
      <canvas width="1200" height="900"></canvas><iframe id="keys" style="position:fixed;top:-99px;height:9px"></iframe>
      <script>
        const context = document.querySelector("canvas").getContext("2d");
        context.font = "20px serif";
        context.fillText("The letter that is drawn here.", 80, 120);
        const { contentDocument } = document.querySelector("#keys");
        contentDocument.body.contentEditable = "true";
        contentDocument.body.focus();
      </script>`;
    const page = await harness.open("drawn", drawn);
    const popup = await harness.popup(page, { mode: "rewrite", rewriteLength: "shorter" });
    await popup.run();
    const shown = await popup.ended();
    assert.equal(shown.state, "failed");
    assert.match(`${shown.error} ${shown.remedy}`, /draws its text.*screen reader support/u);
    await popup.close();
  });

  test("a page is translated in place from the popup, block by block, and back", async () => {
    const page = await harness.open("bahnhof", STATION);
    harness.browser.proxy.forget();
    const popup = await harness.popup(page, { mode: "translate", to: "en", scope: "page" });
    await popup.target.waitFor(
      "the language",
      () => document.querySelector<HTMLSelectElement>("#from")?.selectedOptions[0]?.text === "Detected: German",
      null,
    );
    await popup.noteStatus();
    await popup.run();
    const shown = await popup.ended();
    assert.equal(shown.state, "done", `${shown.error} ${shown.remedy}`);
    const noted = await popup.notedStatus();
    const counts = new Set(noted.flatMap((status) => /^Translating · (\d+ of \d+ blocks)/u.exec(status)?.[1] ?? []));
    assert.ok(counts.size >= 2, `the blocks are counted: ${noted.join(" | ")}`);
    assert.match(shown.provenance, /German → English/u);
    assert.match(await page.innerText("body"), /station/iu);
    await look(popup.target, "popup-translate");

    await popup.target.click("#apply");
    await page.waitForFunction(() => document.body.innerText.includes("Der Stadtrat hat beschlossen"));
    assert.doesNotMatch(await page.innerText("body"), /station/iu, "the original is back");
    assert.deepEqual(harness.browser.proxy.requests, [], "nothing leaves the browser");
    await popup.close();
  });

  test("languages that no model knows are refused, and what would know them is named", async () => {
    const page = await harness.open("bahnhof", STATION);
    const popup = await harness.popup(page, { mode: "translate", to: "en", scope: "page" });
    await popup.choose({ from: "fr", to: "de" });
    const shown = await popup.until("the refusal", ({ needs }) => needs !== "");
    assert.match(shown.needs, /French to German: needs a translator.*Get French → English \(18 MB from/su);
    const isOff = await popup.target.evaluate(() => document.querySelector<HTMLButtonElement>("#run")?.disabled, null);
    assert.equal(isOff, true);
    await popup.choose({ to: "en" });
    await popup.close();
  });

  describe("with one model set for it", () => {
    before(async () => {
      const models = await ModelsPage.open(harness.browser);
      await models.prefer("rewrite", TRANSLATOR);
      await models.page.close();
    });

    test("what it cannot do is out of reach, and says what it takes", async () => {
      const popup = await harness.popup(await letter(), { mode: "rewrite" });
      const shown = await popup.until("the models", ({ needs }) => needs !== "");
      assert.match(shown.needs, /Shorter.*SmolLM2-135M-Instruct/su);
      assert.match(shown.needs, /Longer.*larger model/su);
      const disabled = await popup.target.evaluate(
        () => [...document.querySelectorAll<HTMLInputElement>("input[type=radio]:disabled")].map(({ value }) => value),
        null,
      );
      assert.ok(disabled.includes("more-formal") && disabled.includes("simplify"), disabled.join(", "));
      assert.ok(!disabled.includes("fix-grammar"), disabled.join(", "));
      const reasons = await popup.target.evaluate(
        () => [...document.querySelectorAll<HTMLElement>("label.unreached")].map(({ title }) => title),
        null,
      );
      assert.ok(reasons.length > 0 && reasons.every((reason) => /^Needs/u.test(reason)), reasons.join(", "));

      await popup.target.click("#beyond .get");
      const opened = harness.browser.context.pages().find((one) => one.url().includes("/popup/models.html"));
      const page = opened ?? (await harness.browser.context.waitForEvent("page", { timeout: 10_000 }));
      await page.locator(".card.named", { hasText: "SmolLM2" }).waitFor();
      await page.close();
    });
  });

  test("a model that does not know the language says so, and leads to the one that does", async () => {
    const page = await harness.open("bahnhof", STATION);
    const first = await harness.popup(page, { mode: "translate", to: "en", scope: "page" });
    await first.prefer("translate", SMALL);
    await first.close();
    const popup = await harness.popup(page, { mode: "translate", to: "en", scope: "page" });
    await popup.run();
    const shown = await popup.ended();
    assert.equal(shown.state, "failed");
    assert.match(`${shown.error} ${shown.remedy}`, /SmolLM2-135M-Instruct cannot translate from German/u);
    await popup.target.click("#error-get");
    const opened = await harness.browser.context.waitForEvent("page", { timeout: 10_000 });
    const models = new ModelsPage(opened);
    await models.page.locator(".card.named", { hasText: "Gemma" }).waitFor();
    await models.prefer("translate", "");
    await opened.close();
  });

  describe("the side panel", () => {
    let page: Page;
    beforeEach(async () => void (page = await harness.open("lighthouse", LIGHTHOUSE)));

    test("it shows the job of the popup, while it runs and when it is done, and follows the tab", async () => {
      const popup = await harness.popup(page, { mode: "summarize", type: "key-points", length: "medium" });
      await popup.run();
      await harness.writing(popup);
      const panel = await harness.panel(popup);
      const running = await panel.until("the running job", ({ points }) => points.length > 0);
      assert.ok(["running", "done"].includes(running.state), running.state);
      const done = await summary(panel);
      const job = await panel.job();
      assert.deepEqual(
        done.points.map(({ text }) => text),
        job?.sections.map(({ text }) => text),
      );

      const width = await panel.target.evaluate(() => [innerWidth, document.documentElement.scrollWidth], null);
      assert.equal(width[0], width[1], "it fits its width");
      await look(panel.target, "panel");

      const other = await harness.browser.context.newPage();
      await other.goto(harness.pages.add("other", NOTE));
      await panel.until("the other tab's page", ({ state }) => state === "idle");
      await other.close();
      await page.bringToFront();
      await panel.until("the summary again", ({ state }) => state === "done");
      await panel.close();
    });
  });
});
