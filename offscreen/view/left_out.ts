// What of a page or a selection was not captured: counted, and in words.

import type { JobView, LeftOut } from "../protocol/protocol";
import { message, type PluralKey, plural } from "./messages";

const COUNT_LIMIT = 2 ** 32 - 1;

/** Counts as a message holds them. */
export function leftOut({ cut = 0, hidden = 0, frames = 0 }: Partial<LeftOut>): LeftOut {
  const bounded = (number: number): number => Math.min(Math.max(Math.ceil(number), 0), COUNT_LIMIT);
  return { cut: bounded(cut), hidden: bounded(hidden), frames: bounded(frames) };
}

const CUT: Record<JobView["subject"]["subject"], PluralKey> = {
  page: "pageCut",
  blocks: "pageCut",
  selection: "selectionCut",
  document: "documentCut",
};

/** One line for each kind of thing that was left out. */
export function leftOutText({ subject, leftOut: { cut, hidden, frames }, video }: JobView): string[] {
  const lines: string[] = [];
  if (video === "unread") lines.push(message("videoUnread"));
  if (cut > 0) lines.push(plural(CUT[subject.subject], cut));
  if (frames > 0) lines.push(plural("framesUnread", frames));
  if (hidden > 0) lines.push(plural("hiddenLeftOut", hidden));
  return lines;
}
