// The context menu and the keyboard shortcuts. Neither the menu nor the browser's own keys can be
// reached through DevTools: the extension's listeners are given what the browser would give them,
// in its real service worker.

import type { Page } from "playwright-core";
import type { Browser } from "./browser.ts";
import type { Target } from "./target.ts";

interface Click {
  item: string;
  url: string;
  frame: string | undefined;
}

/** Chooses an item of the menu on a page, or in its frame of that address. */
export async function chooseMenu(browser: Browser, page: Page, item: string, frame?: string): Promise<void> {
  await allow(browser, page);
  const worker = await serviceWorker(browser);
  await worker.evaluate(
    async ({ item: menuItemId, url, frame: frameUrl }: Click) => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      if (tab?.id === undefined || tab.url !== url) throw new Error(`the active tab shows ${tab?.url}, not ${url}`);
      let frameId = 0;
      if (frameUrl !== undefined) {
        const func = (): string => location.href;
        const frames = await chrome.scripting.executeScript({ target: { tabId: tab.id, allFrames: true }, func });
        frameId = frames.find(({ result }) => result === frameUrl)?.frameId ?? -1;
      }
      dispatch(chrome.contextMenus.onClicked, { menuItemId, frameId, editable: false, pageUrl: url }, tab);

      function dispatch(event: object, ...args: unknown[]): void {
        (event as { dispatch(...given: unknown[]): void }).dispatch(...args);
      }
    },
    { item, url: page.url(), frame },
  );
}

/** Presses one of the extension's own keys on a page. */
export async function pressShortcut(browser: Browser, page: Page, command: string): Promise<void> {
  await allow(browser, page);
  const worker = await serviceWorker(browser);
  await worker.evaluate(async (name: string) => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    const event = chrome.commands.onCommand as unknown as { dispatch(...given: unknown[]): void };
    event.dispatch(name, tab);
  }, command);
}

/**
 * The extension's service worker, once its script runs: the target is there before the extension's
 * own functions are.
 */
async function serviceWorker(browser: Browser): Promise<Target> {
  const worker = await browser.target("/background/background.js");
  await worker.waitFor("the service worker to run", () => "chrome" in globalThis && "storage" in chrome, null);
  return worker;
}

/**
 * A click in the menu, or a key, lets the extension at the page; here that takes a click on its
 * button.
 */
async function allow(browser: Browser, page: Page): Promise<void> {
  const popup = await browser.clickToolbar(page);
  await popup.close();
  await page.bringToFront();
}

/** Has the engine that is started next write what it does to its console. */
export async function enableTrace(browser: Browser): Promise<void> {
  const worker = await serviceWorker(browser);
  await worker.evaluate(async () => chrome.storage.local.set({ trace: true }), null);
}

/** Stores choices as if the reader had made them. */
export async function remember(browser: Browser, settings: object): Promise<void> {
  const worker = await serviceWorker(browser);
  await worker.evaluate(async (change) => chrome.storage.local.set(change), settings);
}
