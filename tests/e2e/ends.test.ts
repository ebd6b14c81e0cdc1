// Engines that never start, and engines that go deaf under a page: nobody waits for ever, and no
// tab's job suffers for another's.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
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
});
