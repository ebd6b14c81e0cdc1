// What things are called on screen.

import type { RewriteOperation } from "../protocol/protocol";

const OPERATIONS: Record<RewriteOperation, string> = {
  "fix-grammar": "Grammar",
  simplify: "Simplify",
  shorter: "Shorter",
  longer: "Longer",
  "more-formal": "More formal",
  "more-casual": "More casual",
  bullets: "Bullets",
  instruction: "Your own wish",
};

/**
 * Offered where it is not known, or does not matter, in which languages the models were measured.
 */
export const COMMON_LANGUAGES = ["en", "de", "fr", "es", "it"];

const languages = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

export function operationName(operation: RewriteOperation): string {
  return OPERATIONS[operation];
}

/** "German" for `de` or `de-AT`. */
export function languageName(tag: string): string {
  try {
    return languages.of(primarySubtag(tag)) ?? tag;
  } catch {
    return tag;
  }
}

/** "Grammar, Longer, and Bullets" */
export function list(names: string[]): string {
  return new Intl.ListFormat("en", { type: "conjunction" }).format(names);
}

/** "1 sentence", "3 sentences" */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** `de` of `de-AT`. */
export function primarySubtag(tag: string): string {
  return tag.split("-", 1)[0]?.toLowerCase() ?? "";
}
