// The mark on the toolbar button of a tab: a job works on its page, or has ended unseen. The browser
// takes it away when the page changes.

import { message } from "./messages";

const WORKING = "…";
const DONE = "✓";
const FAILED = "!";

const COLOURS: Record<string, string> = { [WORKING]: "#17695d", [DONE]: "#17695d", [FAILED]: "#b3261e" };

/** A job works on the page in a tab. */
export async function markWorking(tabId: number): Promise<void> {
  await mark(tabId, WORKING, message("atWork"));
}

/** A job has ended, and nobody has seen it. */
export async function markDone(tabId: number): Promise<void> {
  await mark(tabId, DONE, message("finished"));
}

/** Something failed; `message` is the button's tooltip. */
export async function markFailed(tabId: number, message: string): Promise<void> {
  await mark(tabId, FAILED, message);
}

/** Whether the mark of a job at work is still there: it has gone with the page that it was on. */
export async function isMarkedWorking(tabId: number): Promise<boolean> {
  return (await text(tabId)) === WORKING;
}

/** Takes the mark away. */
export async function unmark(tabId: number): Promise<void> {
  await mark(tabId, "", chrome.runtime.getManifest().action?.default_title ?? "");
}

/** The reader sees what has ended in this tab: its mark goes. */
export async function unmarkEnded(tabId: number): Promise<void> {
  if ([DONE, FAILED].includes(await text(tabId))) await unmark(tabId);
}

async function text(tabId: number): Promise<string> {
  return chrome.action.getBadgeText({ tabId }).catch(() => "");
}

/** A tab that has been closed has no button. */
async function mark(tabId: number, text: string, title: string): Promise<void> {
  try {
    const color = COLOURS[text];
    if (color) await chrome.action.setBadgeBackgroundColor({ tabId, color });
    await chrome.action.setBadgeText({ tabId, text });
    await chrome.action.setTitle({ tabId, title });
  } catch (error) {
    if (!/No tab with id/u.test(String(error))) throw error;
  }
}
