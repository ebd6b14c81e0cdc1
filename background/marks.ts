// When the toolbar button of a tab is marked, and until when.

import type { JobView } from "../offscreen/protocol/protocol";
import * as badge from "../offscreen/view/badge";
import { item, removeItems, setItems } from "../offscreen/view/storage";
import { placeOf, unfinished } from "./jobs";

/** Of a tab whose page holds the unseen result itself. */
const ON_PAGE = "unseenOnPage:";

/** Marks the tab of a job that has ended, unless its reader sees the end. */
export async function markEnd(view: JobView): Promise<void> {
  const place = await placeOf(view.job);
  if (!("tab" in place) || !(await badge.isMarkedWorking(place.tab))) return;
  const { tab } = place;
  if ((await unfinished()).some(({ start }) => start.tab === tab)) return;
  const { state } = view;
  const isOnPage = view.subject.subject === "blocks";
  if (state.state === "cancelled" || (await isSeen(tab, isOnPage))) return badge.unmark(tab);
  if (isOnPage) await setItems({ [ON_PAGE + tab]: true });
  if (state.state === "failed") await badge.markFailed(tab, state.failure.message);
  else await badge.markDone(tab);
}

/** The reader has come to a tab: what its page itself shows is seen. */
export async function tabActivated(tab: number): Promise<void> {
  if (!(await item<boolean>(ON_PAGE + tab))) return;
  await removeItems([ON_PAGE + tab]);
  await badge.unmarkEnded(tab);
}

export async function tabRemoved(tab: number): Promise<void> {
  await removeItems([ON_PAGE + tab]);
}

async function isSeen(tabId: number, isOnPage: boolean): Promise<boolean> {
  const tab = await chrome.tabs.get(tabId).catch(() => undefined);
  if (!tab?.active) return false;
  if (isOnPage) return true;
  const { POPUP, SIDE_PANEL } = chrome.runtime.ContextType;
  const views = await chrome.runtime.getContexts({ contextTypes: [POPUP, SIDE_PANEL] });
  // A popup belongs to no window; there is none but over the page on view.
  return views.some(({ contextType, windowId }) => contextType === POPUP || windowId === tab.windowId);
}
