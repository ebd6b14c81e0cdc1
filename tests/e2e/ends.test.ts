// Engines that never start, and engines that go deaf under a page: nobody waits for ever, and no
// tab's job suffers for another's.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Content } from "./driver/content.ts";
import { pressShortcut } from "./driver/menu.ts";
import { ModelsPage } from "./driver/models.ts";
import { extensionWith } from "./driver/played.ts";
import { Harness, page } from "./harness.ts";

const SENTENCES = ["The harbour was closed for the winter.", "It opened again in the spring of that year."];

/** A browser whose extension has this engine. */
async function withEngine(engine: "played" | "none", use: (harness: Harness) => Promise<void>): Promise<void> {
  const copy = await extensionWith(engine);
  try {
    const harness = await Harness.start({ adapter: "none", extension: copy.folder });
    try {
      await use(harness);
    } finally {
      await harness.stop();
    }
  } finally {
    await copy.remove();
  }
}

describe("engines that end", () => {
  test("one that cannot start says so in the popup and on the page of the models", async () => {
    await withEngine("none", async (harness) => {
      const popup = await harness.popup(await harness.open("harbour", page("The harbour", [SENTENCES.join(" ")])));
      const shown = await popup.until("the failure", ({ state }) => state === "failed");
      assert.match(shown.error, /engine could not start/iu);
      assert.match(shown.remedy, /reinstall/iu);
      const models = await harness.browser.context.newPage();
      await models.goto(`chrome-extension://${harness.browser.extension}/popup/models.html`);
      await models.locator("#starting .error").waitFor();
      assert.match(await models.locator("#starting").innerText(), /engine could not start/iu);
    });
  });

  test("one that a page makes deaf is ended by a cancel, and the job that waited is done by the next", async () => {
    await withEngine("played", async (harness) => {
      const first = await harness.popup(await harness.open("deaf", page("This makes deaf", [SENTENCES.join(" ")])));
      await first.run();
      await first.until("the job at work", ({ points }) => points.length > 0);
      await first.close();

      const second = await harness.popup(await harness.open("other", page("The other page", [SENTENCES.join(" ")])));
      await second.run();
      const deaf = await second.target.waitFor(
        "both jobs to be known",
        async () => {
          const kept = await chrome.storage.session.get<Record<string, unknown>>(null);
          const starts = Object.keys(kept).filter((key) => key.startsWith("start:"));
          if (starts.length < 2) return undefined;
          return starts.find((key) => JSON.stringify(kept[key]).includes("makes deaf"))?.slice("start:".length);
        },
        null,
      );
      await second.target.evaluate(async (job) => {
        await chrome.runtime.sendMessage({ type: "cancel", job });
      }, deaf ?? "");
      const shown = await second.until("the other job's end", ({ state }) => state === "done" || state === "failed");
      assert.equal(shown.state, "done", shown.error);
      const results = await second.target.evaluate(async () => {
        const kept =
          await chrome.storage.session.get<Record<string, { view: { title: string; state: { state: string } } }>>(null);
        return Object.entries(kept)
          .filter(([key]) => key.startsWith("result:"))
          .map(([, { view }]) => view);
      }, null);
      const cancelled = results.find(({ title }) => title.includes("makes deaf"));
      assert.equal(cancelled?.state.state, "cancelled");
      await second.close();
    });
  });

  test("one that ends under a job: what was checked stays on view, what only stood for it goes", async () => {
    await withEngine("played", async (harness) => {
      const popup = await harness.popup(await harness.open("end", page("The end of it", [SENTENCES.join(" ")])));
      await popup.run();
      const shown = await popup.ended();
      assert.equal(shown.state, "failed");
      assert.match(shown.error, /stopped unexpectedly/u);
      assert.deepEqual(
        shown.points.map(({ status, text }) => [status, text]),
        [["checked", "What was checked."]],
      );
      await popup.close();
      // Opened again it shows the same: the background has kept it.
      const again = await harness.popup(harness.browser.context.pages()[0] ?? assert.fail());
      const kept = await again.until("the kept result", ({ state }) => state === "failed");
      assert.deepEqual(kept.points, shown.points);
    });
  });

  test("a card whose extension is reloaded says so", async () => {
    await withEngine("played", async (harness) => {
      const { browser } = harness;
      const tab = await harness.open("ever", page("This takes for ever", [SENTENCES.join(" ")]));
      const content = await Content.of(browser.context, tab, browser.extension);
      await tab.evaluate(() => getSelection()?.selectAllChildren(document.querySelector("p") ?? document));
      await pressShortcut(browser, tab, "translate-selection");
      await content.until("card", "the job at work", ({ state }) => state === "running");
      // Kept while the extension's interfaces can still be asked: they go with it.
      await content.evaluate(() => {
        const hosts = [...document.querySelectorAll<HTMLElement>("html > div, dialog > div")];
        const roots = hosts.map((host) => chrome.dom.openOrClosedShadowRoot(host));
        Object.assign(globalThis, { sottoKept: roots.find((root) => root?.querySelector(".card")) });
      }, null);
      const worker = await browser.target("/background/background.js");
      await worker.evaluate(() => void setTimeout(() => chrome.runtime.reload()), null);
      const told = await content.evaluate(async () => {
        const { sottoKept: root } = globalThis as unknown as { sottoKept: ShadowRoot };
        const problem = (): string => root.querySelector(".problem")?.textContent ?? "";
        while (problem() === "") await new Promise((later) => setTimeout(later, 50));
        return problem();
      }, null);
      assert.match(told, /updated or switched off/u);
    });
  });

  test("each form on the page of the models tells of its own installation", async () => {
    await withEngine("played", async (harness) => {
      const models = await ModelsPage.open(harness.browser);
      await models.page
        .locator("#file")
        .setInputFiles({ name: "mine.gguf", mimeType: "application/octet-stream", buffer: Buffer.from("GGUF") });
      await models.enterAddress("https://example.org/other.gguf");
      assert.equal(await models.outcome("by-address"), "What was fetched is installed.");
      assert.equal(await models.page.locator("#by-file .outcome").innerText(), "Installing mine.gguf…");
    });
  });
});
