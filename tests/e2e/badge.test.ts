// The mark on the toolbar button: a job at work, one that has ended while nobody looked, until
// somebody does.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import type { Copy } from "./driver/played.ts";
import { extensionWith } from "./driver/played.ts";
import type { Popup } from "./driver/popup.ts";
import { page as article, Harness } from "./harness.ts";

describe("the mark on the button", () => {
  let copy: Copy;
  let harness: Harness;
  let inspector: Page;

  before(async () => {
    copy = await extensionWith("played");
    harness = await Harness.start({ adapter: "none", extension: copy.folder });
    inspector = await harness.browser.context.newPage();
    await inspector.goto(`chrome-extension://${harness.browser.extension}/popup/history.html`);
  });
  after(async () => {
    await harness.stop();
    await copy.remove();
  });

  /** The marks of all tabs, with the tooltip of those that have one. */
  const marks = async (): Promise<string> =>
    inspector.evaluate(async () => {
      const tabs = (await chrome.tabs.query({})).map(({ id }) => ({ tabId: id ?? 0 }));
      const all = tabs.map(async (tab) => {
        const text = await chrome.action.getBadgeText(tab);
        return text === "" ? "" : `${text} ${await chrome.action.getTitle(tab)}`;
      });
      return (await Promise.all(all)).filter(Boolean).join();
    });
  const until = async (wanted: RegExp): Promise<void> => {
    for (let tries = 0; tries < 1200 && !wanted.test(await marks()); tries += 1) await sleep(50);
    assert.match(await marks(), wanted);
  };
  const begin = async (title: string): Promise<{ page: Page; popup: Popup }> => {
    const page = await harness.open("page.html", article(title, ["Some text."]));
    const popup = await harness.popup(page);
    await popup.run();
    return { page, popup };
  };

  test("a job at work; one that is cancelled leaves none", async () => {
    const { popup } = await begin("for ever");
    await until(/^… Sotto is at work on this page$/u);
    // The played engine does not hear it: it is ended after a while.
    await popup.cancel();
    await until(/^$/u);
    await popup.close();
  });

  test("an end that nobody saw, until the popup is opened on it", async () => {
    const { page, popup } = await begin("A page");
    await popup.close();
    await until(/^✓ Sotto has finished/u);
    const again = await harness.popup(page);
    assert.equal((await again.ended()).state, "done");
    await until(/^$/u);
    await again.close();
  });

  test("an end that is seen leaves none", async () => {
    const { popup } = await begin("Another page");
    await popup.ended();
    await until(/^$/u);
    await popup.close();
  });

  test("a failure that nobody saw, with its words, until it is seen", async () => {
    const { page, popup } = await begin("the end of it");
    await popup.close();
    await until(/^! The engine stopped unexpectedly/u);
    const again = await harness.popup(page);
    await again.ended();
    await until(/^$/u);
    await again.close();
  });

  test("goes with the page it was on: what ends later marks no other", async () => {
    const { page, popup } = await begin("A last page");
    await popup.close();
    await page.goto(harness.pages.add("other.html", article("Other", ["Text."])));
    await sleep(1000);
    assert.equal(await marks(), "");
  });
});
