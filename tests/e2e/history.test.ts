// The history of results: off until it is turned on, then found, exported and erased; hostile pages
// and a broken store do no harm.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import type { Copy } from "./driver/played.ts";
import { extensionWith } from "./driver/played.ts";
import { page as article, artifact, Harness } from "./harness.ts";
import { lookAtPage } from "./look.ts";

const HOSTILE = "Tides &lt;img src=x onerror=document.title=1&gt;";

describe("the history", () => {
  let copy: Copy;
  let harness: Harness;
  let history: Page;

  before(async () => {
    copy = await extensionWith("played");
    harness = await Harness.start({ adapter: "none", extension: copy.folder });
    history = await harness.browser.context.newPage();
  });
  after(async () => {
    await harness.stop();
    await copy.remove();
  });

  const open = async (file: string): Promise<void> => {
    await history.bringToFront();
    await history.goto(`chrome-extension://${harness.browser.extension}/popup/${file}`);
  };
  const titles = async (): Promise<string[]> => history.locator("#entries h2").allTextContents();
  const summarize = async (name: string, title: string): Promise<void> => {
    const page = await harness.open(name, article(title, ["Some text."]));
    const popup = await harness.popup(page);
    await popup.run();
    assert.equal((await popup.ended()).state, "done");
    await popup.close();
  };

  test("is off at first: nothing is kept", async () => {
    await summarize("off.html", "Unkept");
    await open("history.html");
    await history.getByText("The history is off").waitFor();
    assert.deepEqual(await titles(), []);
  });

  test("turned on, each result stands there with time, page and sources; a page's HTML is text", async () => {
    await open("options.html");
    await history.getByLabel("Keep results on this device").check();
    await summarize("harbour.html", "The harbour");
    await summarize("tides.html", HOSTILE);
    await open("history.html");
    await history.locator("article").nth(1).waitFor();
    assert.deepEqual(await titles(), ["Tides <img src=x onerror=document.title=1>", "The harbour"]);
    const text = await history.locator("article").nth(1).innerText();
    assert.match(text, /Summary · .*\s+\S+\/harbour\.html\s+What was checked\./u);
    assert.equal(await history.title(), "History · Sotto");
    assert.equal(await history.locator("article img").count(), 0);
  });

  test("is searched by words of titles, addresses and results", async () => {
    await history.getByLabel("Find in titles").fill("HARBOUR checked");
    assert.deepEqual(await titles(), ["The harbour"]);
    await history.getByText("1 of 2 results").waitFor();
    await history.getByLabel("Find in titles").fill("nowhere");
    assert.deepEqual(await titles(), []);
    await history.getByLabel("Find in titles").fill("");
  });

  test("is exported as Markdown, in which a page's words are only words", async () => {
    const downloading = history.waitForEvent("download");
    await history.getByRole("button", { name: "Export as Markdown" }).click();
    const download = await downloading;
    assert.equal(download.suggestedFilename(), "sotto-history.md");
    const text = await readFile(await download.path(), "utf8");
    assert.match(text, /^## The harbour$/mu);
    assert.match(text, /^## Tides \\<img src\\=x onerror\\=document\.title\\=1\\>$/mu);
  });

  test("nothing is wrong for those who hear it or need contrast; nothing is cut off at 400 %", async () => {
    await lookAtPage(history, "history");
  });

  test("is erased entry by entry, and as a whole with one click, by keys too; both can be undone", async () => {
    await history.getByRole("button", { name: /^Remove .*The harbour$/u }).press("Enter");
    await history.getByText("Erased: 1 result.").waitFor();
    assert.equal((await titles()).length, 1);
    const focused = await history.evaluate(() => document.activeElement?.textContent);
    assert.equal(focused, "Undo");
    await history.keyboard.press("Enter");
    await history.locator("article").nth(1).waitFor();
    await history.getByRole("button", { name: "Erase all" }).click();
    await history.getByText("Erased: 2 results.").waitFor();
    assert.deepEqual(await titles(), []);
    await history.getByRole("button", { name: "Undo" }).click();
    await history.locator("article").nth(1).waitFor();
  });

  test("an entry that cannot be read is told of, and loses nothing else", async () => {
    await history.evaluate(async () => {
      const opening = indexedDB.open("history");
      await new Promise((done) => (opening.onsuccess = done));
      const transaction = opening.result.transaction("history", "readwrite");
      transaction.objectStore("history").put({ title: 7 }, "broken");
      await new Promise((done) => (transaction.oncomplete = done));
      opening.result.close();
    });
    await history.reload();
    await history.getByText("1 result cannot be read.").waitFor();
    assert.equal((await titles()).length, 2);
    await lookAtPage(history, "history-unreadable");
    await history.getByRole("button", { name: "Erase what cannot be read" }).click();
    await history.locator("#trouble").waitFor({ state: "hidden" });
    assert.equal((await titles()).length, 2);
  });

  test("a store that cannot be opened says so; jobs go on, and it works again once it is erased", async () => {
    await history.evaluate(async () => {
      await new Promise((done) => (indexedDB.deleteDatabase("history").onsuccess = done));
      const opening = indexedDB.open("history", 9);
      await new Promise((done) => (opening.onsuccess = done));
      opening.result.close();
    });
    await summarize("later.html", "Later");
    await open("history.html");
    await history.getByText(/^The history cannot be read: VersionError/u).waitFor();
    await history.screenshot({ path: artifact("history-unreadable.png"), fullPage: true });
    await history.getByRole("button", { name: "Erase the history" }).click();
    await history.locator("#trouble").waitFor({ state: "hidden" });
    await summarize("again.html", "Again");
    await open("history.html");
    await history.locator("article").first().waitFor();
    assert.deepEqual(await titles(), ["Again"]);
  });
});
