// A word to the reader where no page of Sotto's is open: on the toolbar button of the tab, until
// the page changes.

/** Marks the button; `message` is its tooltip. */
export async function notify(tabId: number, message: string): Promise<void> {
  await chrome.action.setBadgeBackgroundColor({ tabId, color: "#b3261e" });
  await chrome.action.setBadgeText({ tabId, text: "!" });
  await chrome.action.setTitle({ tabId, title: message });
}
