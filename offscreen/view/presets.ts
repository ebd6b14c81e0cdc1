// The rewrites that the menu and the card offer everybody; one in the reader's own words is for the popup, until it is kept.

import type { RewriteOptions } from "../protocol/protocol";
import { message } from "./messages";

export const REWRITE_PRESETS: { id: string; title: string; options: RewriteOptions }[] = [
  { id: "fix-grammar", title: message("fixGrammar"), options: { goal: "fix-grammar" } },
  { id: "simplify", title: message("simplify"), options: { goal: "simplify" } },
  { id: "shorter", title: message("makeShorter"), options: { length: "shorter" } },
  { id: "longer", title: message("makeLonger"), options: { length: "longer" } },
  { id: "more-formal", title: message("makeMoreFormal"), options: { tone: "more-formal" } },
  { id: "more-casual", title: message("makeMoreCasual"), options: { tone: "more-casual" } },
  { id: "bullets", title: message("turnIntoBullets"), options: { goal: "bullets" } },
];
