// The service worker: what only it can do. It may be stopped at any time, so it keeps nothing in memory, and its listeners
// are registered at once.
//
// - `obey` carries out the views' commands, and the few of what stands on a page; `run` starts jobs on what `capture` reads.
// - `menus` are the context menu and the keyboard shortcuts.
// - `engine` keeps the offscreen document alive, `jobs` remembers what must outlive this worker, `settings` the choices.
import type { Command, CommandReply } from "../offscreen/protocol/protocol";
import { internal } from "./failures";
import { chosen, createMenus, pressed, renameMenus } from "./menus";
import { obey, obeyPage } from "./obey";
import { tell } from "./tell";

chrome.runtime.onMessage.addListener((command: Command, sender, reply: (reply: CommandReply) => void) => {
  const answer = carryOut(command, sender);
  if (!answer) return;
  answer.then(reply, (error: unknown) => reply({ type: "failed", failure: internal(error) }));
  return true;
});

/** Sotto's own pages may ask for anything, what stands on a page for little, anyone else for nothing. */
function carryOut(command: Command, sender: chrome.runtime.MessageSender): Promise<CommandReply> | undefined {
  if (sender.id !== chrome.runtime.id) return undefined;
  if (sender.url?.startsWith(chrome.runtime.getURL(""))) return obey(command);
  const { tab, frameId } = sender;
  if (tab?.id === undefined || frameId === undefined) return undefined;
  return obeyPage(command, { tab: tab.id, frame: frameId });
}

chrome.runtime.onInstalled.addListener(() => void createMenus());
chrome.storage.local.onChanged.addListener((changes) => {
  if (changes["settings"]) void renameMenus();
});
chrome.contextMenus.onClicked.addListener(({ menuItemId, frameId }, tab) => {
  const id = tab?.id;
  if (id !== undefined) chosen(String(menuItemId), { tab: id, frame: frameId ?? 0 }).catch(telling(id));
});
chrome.commands.onCommand.addListener((command, tab) => {
  const id = tab?.id;
  if (id !== undefined) pressed(command, id).catch(telling(id));
});

function telling(tab: number): (error: unknown) => Promise<void> {
  return (error) => tell(tab, internal(error).message);
}
