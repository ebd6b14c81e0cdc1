// The last failures by their kinds, for diagnostics. What a failure says may quote a page or an
// address: nothing of that is kept.

import type { ErrorCode } from "../protocol/protocol";
import type { Mode } from "./settings";

/** One failure, with nothing of what it was about. */
export interface FailureNote {
  kind: ErrorCode;
  task: Mode;
  /** Milliseconds since 1970. */
  at: number;
}

/** Beyond this many the oldest are dropped. */
const LIMIT = 10;

const KEY = "failures";

/** Notes a failure. Of incognito windows nothing is noted. */
export async function noteFailure(kind: ErrorCode, task: Mode): Promise<void> {
  if (chrome.extension.inIncognitoContext) return;
  const note: FailureNote = { kind, task, at: Date.now() };
  await chrome.storage.local.set({ [KEY]: [...(await failureNotes()), note].slice(-LIMIT) });
}

/** The oldest first. */
export async function failureNotes(): Promise<FailureNote[]> {
  const { [KEY]: notes } = await chrome.storage.local.get<Record<string, FailureNote[] | undefined>>(KEY);
  return notes ?? [];
}
