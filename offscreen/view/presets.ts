// The rewrites that the menu and the card offer; one in the reader's own words is for the popup.

import type { RewriteOptions } from "../protocol/protocol";

export const REWRITE_PRESETS: { id: string; title: string; options: RewriteOptions }[] = [
  { id: "fix-grammar", title: "Fix grammar", options: { goal: "fix-grammar" } },
  { id: "simplify", title: "Simplify", options: { goal: "simplify" } },
  { id: "shorter", title: "Make shorter", options: { length: "shorter" } },
  { id: "longer", title: "Make longer", options: { length: "longer" } },
  { id: "more-formal", title: "Make more formal", options: { tone: "more-formal" } },
  { id: "more-casual", title: "Make more casual", options: { tone: "more-casual" } },
  { id: "bullets", title: "Turn into bullets", options: { goal: "bullets" } },
];
