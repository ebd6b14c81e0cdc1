// The reader's last choices.
import type { Choice, SummaryLength, SummaryType, Task } from "../offscreen/protocol/protocol";

export interface Settings {
  summaryType: SummaryType;
  length: SummaryLength;
  choice: Choice;
}

export const DEFAULTS: Settings = { summaryType: "key-points", length: "medium", choice: "auto" };

const KEY = "settings";

export async function load(): Promise<Settings> {
  const { [KEY]: stored } = await chrome.storage.local.get<Record<string, Partial<Settings>>>(KEY);
  return { ...DEFAULTS, ...stored };
}

export async function save(settings: Settings): Promise<void> {
  await chrome.storage.local.set({ [KEY]: settings });
}

/** The task these settings ask for. */
export function task({ summaryType, length }: Settings): Task {
  return { task: "summarize", summaryType, length, format: "markdown" };
}
