// What of a page or a selection was not captured: counted, and in words.

import type { JobView, LeftOut } from "../protocol/protocol";
import { count } from "./names";

const COUNT_LIMIT = 2 ** 32 - 1;

/** Counts as a message holds them. */
export function leftOut({ cut = 0, hidden = 0, frames = 0 }: Partial<LeftOut>): LeftOut {
  const bounded = (number: number): number => Math.min(Math.max(Math.ceil(number), 0), COUNT_LIMIT);
  return { cut: bounded(cut), hidden: bounded(hidden), frames: bounded(frames) };
}

const WHOLE: Record<JobView["subject"]["subject"], string> = {
  page: "page",
  blocks: "page",
  selection: "selection",
  document: "document",
};

/** One line for each kind of thing that was left out. */
export function leftOutText({ subject, leftOut: { cut, hidden, frames } }: JobView): string[] {
  const whole = WHOLE[subject.subject];
  const lines: string[] = [];
  if (cut > 0) {
    lines.push(
      subject.subject === "document"
        ? `The document was not read whole: about ${characters(cut)} left out, on pages that are pictures or come later`
        : `The ${whole} is too long to be taken whole: about ${characters(cut)} left out`,
    );
  }
  if (frames > 0)
    lines.push(`${count(frames, "frame")} could not be read: the browser keeps other sites’ frames apart`);
  if (hidden > 0) lines.push(`Text that cannot be seen on the page was left out (${characters(hidden)})`);
  return lines;
}

function characters(number: number): string {
  return `${number.toLocaleString("en")} character${number === 1 ? "" : "s"}`;
}
