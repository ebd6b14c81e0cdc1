// The page of the history. What it erases can be brought back until it is closed.

import "./localize";
import { make, setText } from "../offscreen/view/elements";
import * as store from "../offscreen/view/history";
import * as settings from "../offscreen/view/settings";
import { byId } from "./dom";
import { entryElement } from "./history/entry";
import { markdown } from "./history/markdown";
import * as words from "./history/words";

const search = byId<HTMLInputElement>("search");
let entries: store.HistoryEntry[] = [];
/** What was erased last. */
let erased: store.HistoryEntry[] = [];

async function load(): Promise<void> {
  const { keepsHistory } = await settings.load();
  setText(byId("state"), words.stateText(keepsHistory, chrome.extension.inIncognitoContext));
  try {
    const read = await store.history();
    entries = read.entries;
    const { unreadable } = read;
    const reason = await store.historyTrouble();
    if (unreadable.length > 0) {
      const { message, remedy, erase } = words.PARTLY_UNREADABLE;
      showTrouble(message(unreadable.length), remedy, erase, async () => store.removeEntries(unreadable));
    } else if (reason !== undefined) {
      showTrouble(words.NOT_KEPT.message(reason), words.NOT_KEPT.remedy, words.ERASE_ALL, store.eraseHistory);
    } else {
      byId("trouble").hidden = true;
    }
  } catch (error) {
    entries = [];
    const { message, remedy } = words.UNREADABLE;
    showTrouble(message(String(error)), remedy, words.ERASE_ALL, store.eraseHistory);
  }
  draw();
}

function showTrouble(message: string, remedy: string, label: string, act: () => Promise<void>): void {
  byId("trouble").hidden = false;
  setText(byId("trouble-text"), message);
  setText(byId("trouble-remedy"), remedy);
  const button = byId<HTMLButtonElement>("trouble-erase");
  setText(button, label);
  button.onclick = async () => {
    await act();
    await load();
    byId("title").focus();
  };
}

function draw(): void {
  const wanted = search.value.toLowerCase().split(/\s+/u).filter(Boolean);
  const shown = entries.filter(({ title, url, text }) => {
    const all = `${title} ${url} ${text}`.toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
  setText(byId("found"), words.foundText(shown.length, entries.length));
  for (const id of ["export", "erase"]) byId<HTMLButtonElement>(id).hidden = entries.length === 0;
  byId("entries").replaceChildren(...shown.map((entry) => entryElement(entry, () => void erase([entry]))));
}

async function erase(which: store.HistoryEntry[]): Promise<void> {
  if (which === entries) await store.eraseHistory();
  else await store.removeEntries(which.map(({ job }) => job));
  erased = which;
  const button = make("button", "get", words.UNDO);
  button.type = "button";
  button.addEventListener("click", () => void undo());
  await load();
  byId("undo").replaceChildren(words.erasedText(which.length), button);
  button.focus();
}

async function undo(): Promise<void> {
  await store.putEntries(erased);
  byId("undo").replaceChildren();
  await load();
  byId("title").focus();
}

function exportAll(): void {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([markdown(entries)], { type: "text/markdown" }));
  link.download = "sotto-history.md";
  link.click();
  URL.revokeObjectURL(link.href);
}

search.addEventListener("input", draw);
byId("find").addEventListener("submit", (event) => event.preventDefault());
byId("export").addEventListener("click", exportAll);
byId("erase").addEventListener("click", () => void erase(entries));
await load();
