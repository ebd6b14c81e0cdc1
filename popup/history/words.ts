// What the page of the history says.

import type { HistoryEntry } from "../../offscreen/view/history";
import { count } from "../../offscreen/view/names";
import type { Mode } from "../../offscreen/view/settings";

export const TASKS: Record<Mode, string> = {
  summarize: "Summary",
  ask: "Answer",
  rewrite: "Rewritten text",
  translate: "Translation",
};
export const UNTITLED = "A page without a title";
export const SOURCES = "Sources";
export const CUT = "It was longer: only its beginning is kept.";
export const REMOVE = "Remove";
export const UNDO = "Undo";
export const ERASE_ALL = "Erase the history";

const ON = "Kept on this device until you erase it. Nothing of incognito windows is here.";
const OFF = "The history is off: results are not added to it.";

export function stateText(keepsHistory: boolean, isIncognito: boolean): string {
  if (isIncognito) return "This is an incognito window: nothing of it is kept, and it shows nothing of others.";
  return keepsHistory ? ON : OFF;
}

export function foundText(shown: number, all: number): string {
  return shown === all ? count(all, "result") : `${shown} of ${count(all, "result")}`;
}

export function erasedText(entries: number): string {
  return `Erased: ${count(entries, "result")}. `;
}

export function time(at: number): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** "Summary · 30 Nov 2026, 20:12" */
export function facts({ task, at }: HistoryEntry): string {
  return `${TASKS[task]} · ${time(at)}`;
}

export const UNREADABLE = {
  message: (reason: string) => `The history cannot be read: ${reason}`,
  remedy: "Nothing else is affected. It can be read again after it is erased.",
};

export const PARTLY_UNREADABLE = {
  message: (entries: number) => `${count(entries, "result")} cannot be read.`,
  remedy: "The others are all here.",
  erase: "Erase what cannot be read",
};

export const NOT_KEPT = {
  message: (reason: string) => `The last result could not be kept: ${reason}`,
  remedy: "What was kept before is here. If it happens again, export it, then erase it.",
};
