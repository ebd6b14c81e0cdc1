// The reader's last choices, remembered across every surface: popup, side panel, menus and
// shortcuts.

import type { BackendChoice, ModelId, RewriteOptions, SummaryLength, SummaryType, Task } from "../protocol/protocol";
import { primarySubtag } from "./names";

/** The jobs, as the views name them. */
export type Mode = Task["task"];

export interface Settings {
  /** The job last looked at. */
  mode: Mode;
  summaryType: SummaryType;
  length: SummaryLength;
  choice: BackendChoice;
  /** The last way of rewriting. */
  rewrite: RewriteOptions;
  /** Wishes in the reader's own words that are kept: see `wishes.ts`. */
  wishes: string[];
  /** The language to translate into (primary subtag of BCP 47). */
  to: string;
  /** The models chosen by hand; the best installed one is taken where none is. */
  models: Partial<Record<Mode, ModelId>>;
  /** Whether results are kept on the disk, in the history. */
  keepsHistory: boolean;
}

/** What holds until the reader has chosen. */
export function defaults(): Settings {
  return {
    mode: "summarize",
    summaryType: "key-points",
    length: "medium",
    choice: "auto",
    rewrite: { length: "shorter" },
    wishes: [],
    to: primarySubtag(chrome.i18n.getUILanguage()) || "en",
    models: {},
    keepsHistory: false,
  };
}

/** Each is stored under its own name: who changes one need not know the others. */
export async function load(): Promise<Settings> {
  return chrome.storage.local.get<Settings>(defaults());
}

/** Changes some of the choices, even if the page is closed at once. */
export async function save(change: Partial<Settings>): Promise<void> {
  await chrome.storage.local.set(change);
}

/** The task these settings ask for. */
export function task(settings: Settings, mode: Mode = settings.mode): Task {
  switch (mode) {
    case "summarize":
      return { task: "summarize", summaryType: settings.summaryType, length: settings.length, format: "markdown" };
    case "ask":
      // What is asked is asked once.
      return { task: "ask", question: "" };
    case "rewrite":
      return { task: "rewrite", options: settings.rewrite };
    case "translate":
      return { task: "translate", from: undefined, to: settings.to };
    default:
      mode satisfies never;
      throw new Error(`unknown mode ${JSON.stringify(mode)}`);
  }
}
