// Each permission of the manifest is needed: without it, something that Sotto does is refused. One
// browser with a copy of the extension for each, which lacks that permission alone.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { Browser, environment } from "./driver/browser.ts";
import { Pages } from "./driver/pages.ts";

const WHOLE = "nothing";

/** What is done with each permission, in a page of the extension: more can be with it than without. */
const USES: Record<string, () => Promise<boolean | number>> = {
  contextMenus: async () => typeof chrome.contextMenus?.create === "function",
  offscreen: async () => typeof chrome.offscreen?.createDocument === "function",
  scripting: async () => typeof chrome.scripting?.executeScript === "function",
  sidePanel: async () => typeof chrome.sidePanel?.open === "function",
  storage: async () => typeof chrome.storage?.session?.set === "function",
  // Room for the models; what is within no limit is not thrown away when the disk fills either.
  unlimitedStorage: async () => (await navigator.storage.estimate()).quota ?? 0,
};

describe("a permission of the manifest", () => {
  let folder: string;
  let permissions: string[];
  let browser: Browser;
  let pages: Pages;

  const copy = (without: string): string => join(folder, without);
  /** The browser makes an extension's name of where it lies. */
  const id = (without: string): string =>
    createHash("sha256")
      .update(copy(without))
      .digest("hex")
      .slice(0, 32)
      .replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sotto-"));
    const dist = environment("SOTTO_DIST");
    const { key: _, ...manifest } = JSON.parse(await readFile(join(dist, "manifest.json"), "utf8"));
    permissions = manifest.permissions;
    for (const without of [WHOLE, ...permissions]) {
      // Neither engine nor models are needed to ask.
      for (const part of ["background", "content", "popup", "_locales"]) {
        await cp(join(dist, part), join(copy(without), part), { recursive: true });
      }
      const left = permissions.filter((permission) => permission !== without);
      await writeFile(join(copy(without), "manifest.json"), JSON.stringify({ ...manifest, permissions: left }));
    }
    const extension = [WHOLE, ...permissions].map(copy).join(",");
    browser = await Browser.launch({ adapter: "none", extension });
    pages = await Pages.start();
  });
  after(async () => {
    await browser.close();
    await pages.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (without: string): Promise<Page> => {
    const page = await browser.context.newPage();
    await page.goto(`chrome-extension://${id(without)}/popup/models.html`);
    return page;
  };

  test("each has a use that is tried here", () => {
    assert.deepEqual([...permissions].sort(), ["activeTab", ...Object.keys(USES)].sort());
  });

  for (const [permission, use] of Object.entries(USES)) {
    test(`${permission}: what is done with it cannot be done without`, async () => {
      const [whole, copyWithout] = [await open(WHOLE), await open(permission)];
      const [can, cannot] = [await whole.evaluate(use), await copyWithout.evaluate(use)];
      assert.ok(can > cannot, `${can} with it, ${cannot} without`);
      await Promise.all([whole.close(), copyWithout.close()]);
    });
  }

  test("activeTab: the page is read after a click on the button, and not without", async () => {
    const page = await browser.open(pages.add("page.html", "<!doctype html><title>A page</title><p>Text"));
    const read = async (without: string): Promise<string> => {
      const popup = await browser.clickToolbar(page, id(without));
      const title = await popup.evaluate(async () => {
        const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
        const func = (): string => document.title;
        return chrome.scripting.executeScript({ target: { tabId: tab?.id ?? 0 }, func }).then(
          ([injection]) => String(injection?.result),
          (error: unknown) => String(error),
        );
      }, null);
      await popup.close();
      return title;
    };
    assert.equal(await read(WHOLE), "A page");
    assert.match(await read("activeTab"), /Cannot access|permission/);
  });
});
