// The history of results: kept on this device, only if the reader has turned it on, and never of
// incognito windows. The background adds to it, a page of Sotto's shows it.

import type { JobId, JobView } from "../protocol/protocol";
import { transact } from "./database";
import { load, type Mode } from "./settings";

export interface HistoryEntry {
  job: JobId;
  task: Mode;
  /** When it ended, in milliseconds since 1970. */
  at: number;
  /** Of the page. */
  title: string;
  url: string;
  /** The result. */
  text: string;
  /** Whether that is only its beginning. */
  isCut: boolean;
  /** The pieces of the result that were made of a passage, with that. */
  points: HistoryPoint[];
}

export interface HistoryPoint {
  text: string;
  /** In the page's own words. */
  source: string;
}

/** Beyond so many entries, or characters in all of them, the oldest go. */
export const MOST_ENTRIES = 500;
export const MOST_CHARACTERS = 4_000_000;
/** Of one entry's text, and of all its points. */
const MOST_OF_ONE = 100_000;

const DATABASE = "history";

/** Why the last result could not be kept, if so. */
const TROUBLE = "historyTrouble";

/**
 * Keeps a finished result, where the reader wants that. What goes wrong is noted for the page of the
 * history: a job does not fail by it.
 */
export async function addToHistory(view: JobView): Promise<void> {
  const entry = historyEntry(view, Date.now());
  if (!entry || chrome.extension.inIncognitoContext || !(await load()).keepsHistory) return;
  try {
    await putEntries([entry]);
    await dropOldest();
    await chrome.storage.local.remove(TROUBLE);
  } catch (error) {
    await chrome.storage.local.set({ [TROUBLE]: String(error) });
  }
}

/** What of a job is kept; undefined where it has no result. */
export function historyEntry({ job, task, title, url, state, subject, sections }: JobView, at: number) {
  if (state.state !== "done") return undefined;
  // An answer says nothing without its question.
  const result = task.task === "ask" ? `${task.question}\n\n${state.text}` : state.text;
  const text = result.slice(0, MOST_OF_ONE);
  const points: HistoryPoint[] = [];
  let room = MOST_OF_ONE;
  // The source of a page that was translated in place is that page.
  for (const { text, source } of subject.subject === "blocks" ? [] : sections) {
    if (!source) continue;
    room -= text.length + source.text.length;
    if (room < 0) break;
    points.push({ text, source: source.text });
  }
  const isCut = text.length < result.length || room < 0;
  return { job, task: task.task, at, title, url, text, isCut, points } satisfies HistoryEntry;
}

/** All entries, the newest first, and the keys of those that cannot be read. */
export async function history(): Promise<{ entries: HistoryEntry[]; unreadable: IDBValidKey[] }> {
  const [keys, values] = await transact(DATABASE, "readonly", (items) => [items.getAllKeys(), items.getAll()]);
  const all = (values as unknown[]).map((value, at) => ({ key: (keys as IDBValidKey[])[at] ?? "", value }));
  const entries = all.flatMap(({ value }) => (isEntry(value) ? [value] : []));
  const unreadable = all.filter(({ value }) => !isEntry(value)).map(({ key }) => key);
  return { entries: entries.toSorted((a, b) => b.at - a.at), unreadable };
}

/** Why the last result could not be kept, if so. */
export async function historyTrouble(): Promise<string | undefined> {
  const { [TROUBLE]: trouble } = await chrome.storage.local.get<Record<string, string | undefined>>(TROUBLE);
  return trouble;
}

export async function putEntries(entries: HistoryEntry[]): Promise<void> {
  await transact(DATABASE, "readwrite", (items) => entries.map((entry) => items.put(entry, entry.job)));
}

export async function removeEntries(keys: IDBValidKey[]): Promise<void> {
  await transact(DATABASE, "readwrite", (items) => keys.map((key) => items.delete(key)));
}

/** Erases all of it, also where it cannot be read. */
export async function eraseHistory(): Promise<void> {
  const erasing = indexedDB.deleteDatabase(DATABASE);
  await new Promise<void>((resolve, reject) => {
    erasing.onsuccess = () => resolve();
    erasing.onerror = () => reject(erasing.error);
  });
  await chrome.storage.local.remove(TROUBLE);
}

async function dropOldest(): Promise<void> {
  const { entries } = await history();
  await removeEntries(beyondLimits(entries).map(({ job }) => job));
}

/** Of entries, the newest first, those that there is no room for. */
export function beyondLimits(entries: HistoryEntry[]): HistoryEntry[] {
  let characters = 0;
  const at = entries.findIndex((entry, index) => {
    characters += entryLength(entry);
    return index >= MOST_ENTRIES || characters > MOST_CHARACTERS;
  });
  return at < 0 ? [] : entries.slice(at);
}

function entryLength({ title, url, text, points }: HistoryEntry): number {
  const ofPoints = points.reduce((sum, point) => sum + point.text.length + point.source.length, 0);
  return title.length + url.length + text.length + ofPoints;
}

/** Whether what was stored is an entry: another version may have written it, or a disk changed it. */
function isEntry(value: unknown): value is HistoryEntry {
  if (typeof value !== "object" || value === null) return false;
  const { job, task, at, title, url, text, isCut, points } = value as Record<keyof HistoryEntry, unknown>;
  return (
    [job, title, url, text].every((part) => typeof part === "string") &&
    ["summarize", "ask", "rewrite", "translate"].includes(task as string) &&
    Number.isFinite(at) &&
    typeof isCut === "boolean" &&
    Array.isArray(points) &&
    points.every((point) => typeof point?.text === "string" && typeof point?.source === "string")
  );
}
