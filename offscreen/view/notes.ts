// What the reader should know about a result: what of the page was not read, what of a text was
// left as it was and why, and what got lost.

import type { JobView, Section } from "../protocol/protocol";
import { isSettled } from "./fold";
import { leftOutText } from "./left_out";
import { message, type PluralKey, plural } from "./messages";
import { shape } from "./shape";

export interface Note {
  kind: "lost" | "kept" | "left-out";
  text: string;
}

/** What there is to know about a job, however it is shown. */
export function notesOn(job: JobView): Note[] {
  const form = shape(job);
  const missing = leftOutText(job).map((text): Note => ({ kind: "left-out", text }));
  const settled = job.sections.filter(isSettled);
  if (form === "points" || form === "prose") return [...common(settled), ...missing];
  return [...lost(settled), ...kept(settled, form === "blocks" ? "blocks" : "passages"), ...missing];
}

/** What is said of every part of a summary that is in the page's own words. */
function common([first, ...others]: Section[]): Note[] {
  const note = first?.status === "quoted" ? first.note : undefined;
  return note && others.every((other) => other.note === note) ? [{ kind: "kept", text: note }] : [];
}

function lost(sections: Section[]): Note[] {
  const names = [...new Set(sections.flatMap((section) => section.lost))];
  return names.length === 0 ? [] : [{ kind: "lost", text: message("lostFromOriginal", { names: names.join(", ") }) }];
}

function kept(sections: Section[], what: PluralKey): Note[] {
  const reasons = sections.flatMap(({ note }) => (note ? [note] : []));
  return [...new Set(reasons)].map((reason) => {
    const number = reasons.filter((other) => other === reason).length;
    return { kind: "kept", text: `${plural(what, number)}: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}` };
  });
}
