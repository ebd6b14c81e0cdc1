// Everything done to a page: reading it and showing a passage on it. Needs the reader's click (`activeTab`).
import type { Failure, PageCapture } from "../offscreen/protocol/protocol";
import { noTab, notFound, notText, refused } from "./failures";

/** A value, or why there is none. */
export type Outcome<T> = { ok: T } | { failure: Failure };

/** Reads the active tab's page. */
export async function capture(): Promise<Outcome<{ tab: number; page: PageCapture }>> {
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  if (tab?.id === undefined) return { failure: noTab() };
  const target = { tabId: tab.id };
  try {
    await chrome.scripting.executeScript({ target, files: ["content/capture.js"] });
    const [injection] = await chrome.scripting.executeScript({ target, func: () => globalThis.sottoCapture?.() });
    const captured = injection?.result;
    if (!captured) return { failure: refused(tab.url, "") };
    if ("contentType" in captured) return { failure: notText(captured.contentType) };
    return { ok: { tab: tab.id, page: captured } };
  } catch (error) {
    return { failure: refused(tab.url, String(error)) };
  }
}

/** Scrolls a tab to a passage and highlights it. */
export async function reveal(tab: number, text: string): Promise<Failure | undefined> {
  const target = { tabId: tab, allFrames: true };
  let url: string | undefined;
  try {
    const { active, url: address } = await chrome.tabs.get(tab);
    url = address;
    if (!active) await chrome.tabs.update(tab, { active: true });
    const style: chrome.scripting.CSSInjection = { target, files: ["content/highlight.css"] };
    await chrome.scripting.removeCSS(style);
    await chrome.scripting.insertCSS(style);
    await chrome.scripting.executeScript({ target, files: ["content/highlight.js"] });
    const found = await chrome.scripting.executeScript({
      target,
      func: (passage: string) => globalThis.sottoHighlight?.(passage) ?? false,
      args: [text],
    });
    return found.some(({ result }) => result) ? undefined : notFound();
  } catch (error) {
    return refused(url, String(error));
  }
}
