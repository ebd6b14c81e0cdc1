// The service worker: what only it can do. It may be stopped at any time, so it keeps nothing in
// memory, and its listeners are registered at once.
//
// - `commands` carries out the views' commands, and the few of what stands on a page; `run` starts
//   jobs on what `capture` reads.
// - `menus` are the context menu and the keyboard shortcuts.
// - `engine` keeps the offscreen document alive, `jobs` remembers what must outlive this worker.

import { isCommand } from "../offscreen/protocol/check";
import type { CommandReply } from "../offscreen/protocol/protocol";
import { markFailed } from "../offscreen/view/badge";
import { internalFailure } from "../offscreen/view/failures";
import { HABITS_KEY } from "../offscreen/view/habits";
import { handleCommand, handlePageCommand } from "./commands";
import { watchHabits } from "./habits";
import { tabActivated, tabRemoved } from "./marks";
import { createMenus, handleMenuClick, handleShortcut, updateMenus } from "./menus";
import { checkActivity, updateWhenIdle } from "./update";

chrome.runtime.onMessage.addListener((message: unknown, sender, sendResponse: (reply: CommandReply) => void) => {
  const reply = dispatch(message, sender);
  if (!reply) return;
  reply.then(sendResponse, (error: unknown) => sendResponse({ type: "failed", failure: internalFailure(error) }));
  return true;
});

/**
 * Sotto's own pages may ask for anything, what stands on a page for little, anyone else for
 * nothing.
 */
function dispatch(command: unknown, sender: chrome.runtime.MessageSender): Promise<CommandReply> | undefined {
  if (sender.id !== chrome.runtime.id || !isCommand(command)) return undefined;
  if (sender.url?.startsWith(chrome.runtime.getURL(""))) return handleCommand(command);
  const { tab, frameId } = sender;
  if (tab?.id === undefined || frameId === undefined) return undefined;
  return handlePageCommand(command, { tab: tab.id, frame: frameId });
}

chrome.runtime.onInstalled.addListener(({ reason }) => {
  void createMenus();
  // The browser has forgotten which pages it was to tell of.
  void watchHabits();
  // Not after an update: the reader knows Sotto then.
  if (reason === "install") void chrome.tabs.create({ url: chrome.runtime.getURL("popup/welcome.html") });
});
// The browser may have come up in another language.
chrome.runtime.onStartup.addListener(() => void createMenus());
// With a listener, the browser leaves the moment of an update to it.
chrome.runtime.onUpdateAvailable.addListener(() => void updateWhenIdle());
checkActivity().catch(console.error);
chrome.storage.local.onChanged.addListener((changes) => {
  void updateMenus();
  if (HABITS_KEY in changes) void watchHabits();
});
chrome.permissions.onAdded.addListener(() => void watchHabits());
chrome.permissions.onRemoved.addListener(() => void watchHabits());
chrome.contextMenus.onClicked.addListener(({ menuItemId, frameId }, tab) => {
  const id = tab?.id;
  if (id !== undefined) handleMenuClick(String(menuItemId), { tab: id, frame: frameId ?? 0 }).catch(notifyError(id));
});
chrome.commands.onCommand.addListener((command, tab) => {
  const id = tab?.id;
  if (id !== undefined) handleShortcut(command, id).catch(notifyError(id));
});

chrome.tabs.onActivated.addListener(({ tabId }) => void tabActivated(tabId));
chrome.tabs.onRemoved.addListener((tab) => void tabRemoved(tab));

function notifyError(tab: number): (error: unknown) => Promise<void> {
  return (error) => markFailed(tab, internalFailure(error).message);
}
