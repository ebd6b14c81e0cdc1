// One page, two surfaces: the popup, of fixed size and soon gone, and the side panel, as wide as
// the reader makes it, which stays while the reader goes from tab to tab.

import { byId } from "./dom";

/** The browser makes no popup higher than this, in pixels. */
const MAX_HEIGHT = 600;
/** What the browser's own bars take of a screen's height. */
const BROWSER_HEIGHT = 100;

export const isPanel = !chrome.extension.getViews({ type: "popup" }).includes(window);

/**
 * Fits the page to its surface. In the panel, `onPageChange` is called when another page, or
 * another selection, may be on view.
 */
export function setUpSurface(onPageChange: () => void): void {
  document.documentElement.dataset["surface"] = isPanel ? "panel" : "popup";
  const button = byId("panel");
  button.hidden = isPanel;
  if (!isPanel) {
    const height = Math.min(MAX_HEIGHT, screen.availHeight - BROWSER_HEIGHT);
    document.documentElement.style.setProperty("--popup-height", `${height}px`);
    // Known before the click: the browser opens the panel during the click only, not after a pause.
    void chrome.windows.getCurrent().then(({ id }) => {
      button.addEventListener("click", () => void openPanel(id ?? chrome.windows.WINDOW_ID_CURRENT));
    });
    return;
  }
  chrome.tabs.onActivated.addListener(onPageChange);
  chrome.tabs.onUpdated.addListener((_tab, { status, title, url }) => {
    if (status === "complete" || title !== undefined || url !== undefined) onPageChange();
  });
  chrome.permissions.onAdded.addListener(onPageChange);
  window.addEventListener("focus", onPageChange);
  document.addEventListener("pointerenter", onPageChange);
}

async function openPanel(windowId: number): Promise<void> {
  await chrome.sidePanel.open({ windowId });
  window.close();
}
