// What the page of the history says.

import type { HistoryEntry } from "../../offscreen/view/history";
import { LOCALE, message, plural } from "../../offscreen/view/messages";
import { RESULTS } from "../names";

export const UNTITLED = message("untitled");
export const SOURCES = message("sources");
export const CUT = message("cutEntry");
export const REMOVE = message("remove");
export const UNDO = message("undo");
export const ERASE_ALL = message("eraseHistory");

const ON = message("historyOn");
const OFF = message("historyOff");

export function stateText(keepsHistory: boolean, isIncognito: boolean): string {
  if (isIncognito) return message("historyIncognito");
  return keepsHistory ? ON : OFF;
}

export function foundText(shown: number, all: number): string {
  return shown === all ? plural("results", all) : plural("resultsOf", all, { shown });
}

export function erasedText(entries: number): string {
  return `${plural("erased", entries)} `;
}

export function removeText(entry: string): string {
  return message("removeEntry", { entry });
}

export function time(at: number): string {
  return new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** "Summary · 30 Nov 2026, 20:12" */
export function facts({ task, at }: HistoryEntry): string {
  return `${RESULTS[task]} · ${time(at)}`;
}

export const UNREADABLE = {
  message: (reason: string) => message("historyUnreadable", { reason }),
  remedy: message("historyUnreadableRemedy"),
};

export const PARTLY_UNREADABLE = {
  message: (entries: number) => plural("entriesUnreadable", entries),
  remedy: message("othersAreHere"),
  erase: message("eraseUnreadable"),
};

export const NOT_KEPT = {
  message: (reason: string) => message("notKept", { reason }),
  remedy: message("notKeptRemedy"),
};
