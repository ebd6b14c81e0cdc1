// The context menu and the keyboard shortcuts: the same few uses, for the text or page under the
// pointer.

import type { Offer, Task } from "../offscreen/protocol/protocol";
import { markFailed } from "../offscreen/view/badge";
import { inject, injectEverywhere, type TabFrame } from "../offscreen/view/inject";
import type { CardSetup } from "../offscreen/view/injected";
import { message } from "../offscreen/view/messages";
import { languageName } from "../offscreen/view/names";
import { newJob } from "../offscreen/view/new_job";
import { offerQuestion } from "../offscreen/view/offers";
import { REWRITE_PRESETS } from "../offscreen/view/presets";
import * as settings from "../offscreen/view/settings";
import { askOffers } from "./offers";
import { run } from "./run";

const REWRITE = "rewrite";
const PRESET = "rewrite:";
const TRANSLATE_SELECTION = "translate-selection";
const TRANSLATE_PAGE = "translate-page";
const SUMMARIZE_PAGE = "summarize-page";

let creating = Promise.resolve();

/** Makes the menu, which the browser keeps. Asked for twice at a time, it is made once after the other. */
export async function createMenus(): Promise<void> {
  creating = creating.then(create).catch(console.error);
  await creating;
}

async function create(): Promise<void> {
  await chrome.contextMenus.removeAll();
  const onText: Partial<chrome.contextMenus.CreateProperties> = { contexts: ["selection"] };
  chrome.contextMenus.create({ id: REWRITE, title: message("rewrite"), ...onText });
  for (const { id, title } of REWRITE_PRESETS) {
    chrome.contextMenus.create({ id: PRESET + id, parentId: REWRITE, title, ...onText });
  }
  const { selection, page } = await titles();
  chrome.contextMenus.create({ id: TRANSLATE_SELECTION, title: selection, ...onText });
  chrome.contextMenus.create({ id: TRANSLATE_PAGE, title: page, contexts: ["page"] });
  chrome.contextMenus.create({ id: SUMMARIZE_PAGE, title: message("summarizePage"), contexts: ["page"] });
}

/** Names the language that is translated into, as it is now set. */
export async function updateMenus(): Promise<void> {
  const { selection, page } = await titles();
  await chrome.contextMenus.update(TRANSLATE_SELECTION, { title: selection });
  await chrome.contextMenus.update(TRANSLATE_PAGE, { title: page });
}

async function titles(): Promise<{ selection: string; page: string }> {
  const language = languageName((await settings.load()).to);
  return { selection: message("translateInto", { language }), page: message("translatePageInto", { language }) };
}

export async function handleMenuClick(item: string, place: TabFrame): Promise<void> {
  // The panel opens only while the click is being handled: before anything is waited for.
  if (item === SUMMARIZE_PAGE) await openPanel(place.tab);
  const chosen = await settings.load();
  const preset = REWRITE_PRESETS.find(({ id }) => item === PRESET + id);
  if (preset) return openCard({ task: "rewrite", options: preset.options }, place);
  if (item === TRANSLATE_SELECTION) return openCard(settings.task(chosen, "translate"), place);
  if (item === TRANSLATE_PAGE) return start(settings.task(chosen, "translate"), place.tab);
  if (item === SUMMARIZE_PAGE) return start(settings.task(chosen, "summarize"), place.tab);
}

export async function handleShortcut(command: string, tab: number): Promise<void> {
  const chosen = await settings.load();
  const mode =
    command === "rewrite-selection" ? "rewrite" : command === "translate-selection" ? "translate" : undefined;
  if (mode) return openCard(settings.task(chosen, mode), { tab, frame: await focusedFrame(tab) });
}

async function start(task: Task, tab: number): Promise<void> {
  const { choice } = await settings.load();
  const reply = await run({ job: newJob(), task, scope: "page", choice, model: undefined }, { tab, card: undefined });
  if (reply.type === "failed") await markFailed(tab, reply.failure.message);
}

/** Opens a view on the page: the side panel, or where the browser refuses that, the popup. */
async function openPanel(tabId: number): Promise<void> {
  await chrome.sidePanel.open({ tabId }).catch(async () => chrome.action.openPopup());
}

/** Opens the card beside the selection; it starts the job itself. */
async function openCard(task: Task, place: TabFrame): Promise<void> {
  const { choice, to, wishes, models: chosen } = await settings.load();
  const setup: CardSetup = { task, choice, to, wishes };
  const opened = await inject(place, ["selection", "card"], (given: CardSetup) => globalThis.sottoCard?.(given), setup);
  if ("failure" in opened) return markFailed(place.tab, opened.failure.message);
  // The card is there at once; what is out of reach it learns when the engine is up.
  const questions = (opened.ok ?? []).map((possible) => offerQuestion(possible, chosen[possible.task]));
  const setOffers = (offers: Offer[]) => globalThis.sottoOpenCard?.setOffers(offers);
  await inject(place, [], setOffers, await askOffers(questions));
}

/**
 * The frame that has the keyboard: the page itself, unless one of the frames in it can be reached
 * and has it.
 */
async function focusedFrame(tab: number): Promise<number> {
  const focus = () => document.hasFocus() && !(document.activeElement instanceof HTMLIFrameElement);
  const frames = await injectEverywhere(tab, [], focus);
  return "ok" in frames ? (frames.ok.find(({ result }) => result)?.frame ?? 0) : 0;
}
