// What things are called on screen.

import type { RewriteOperation } from "../protocol/protocol";
import { LOCALE, message } from "./messages";

const OPERATIONS: Record<RewriteOperation, string> = {
  "fix-grammar": message("grammar"),
  simplify: message("simplify"),
  shorter: message("shorter"),
  longer: message("longer"),
  "more-formal": message("moreFormal"),
  "more-casual": message("moreCasual"),
  bullets: message("bullets"),
  instruction: message("ownWish"),
};

/**
 * Offered where it is not known, or does not matter, in which languages the models were measured.
 */
export const COMMON_LANGUAGES = ["en", "de", "fr", "es", "it"];

const languages = new Intl.DisplayNames([LOCALE], { type: "language", fallback: "code" });

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
  return new Intl.ListFormat(LOCALE, { type: "conjunction" }).format(names);
}

/** Languages with their names, in the order of those. */
export function namedLanguages(tags: Iterable<string>): { tag: string; name: string }[] {
  const named = [...tags].map((tag) => ({ tag, name: languageName(tag) }));
  return named.toSorted((a, b) => a.name.localeCompare(b.name, LOCALE));
}

/** `de` of `de-AT`. */
export function primarySubtag(tag: string): string {
  return tag.split("-", 1)[0]?.toLowerCase() ?? "";
}
