// What things are called on screen.

import type { Scope, ServedModel } from "../offscreen/protocol/protocol";
import { message } from "../offscreen/view/messages";
import type { Mode } from "../offscreen/view/settings";

const HINTS: Record<Mode, string> = {
  summarize: message("summaryHint"),
  ask: message("answerHint"),
  rewrite: message("rewriteHint"),
  translate: message("translationHint"),
};

/** The main button's label. */
export function runLabel(mode: Mode, scope: Scope, again: boolean, failed: boolean): string {
  if (failed) return message("tryAgain");
  switch (mode) {
    case "ask":
      return message("ask");
    case "summarize":
      return message(again ? "summarizeAgain" : "summarize");
    case "rewrite":
      return message(again ? "rewriteAgain" : "rewriteSelection");
    case "translate":
      if (again) return message("translateAgain");
      return message(scope === "page" ? "translatePage" : "translateSelection");
    default:
      return mode satisfies never;
  }
}

/** What will happen, and where: `server` is the one that the reader has chosen for it, if so. */
export function hint(mode: Mode, server: ServedModel | undefined): string {
  return `${HINTS[mode]} ${promise(mode, server)}`;
}

function promise(mode: Mode, server: ServedModel | undefined): string {
  if (server === undefined) return message(mode === "rewrite" ? "writtenStaysHere" : "readStaysHere");
  const { host, isLocal } = server.place;
  return message(isLocal ? "serverWrites" : "textLeaves", { host });
}

/** What comes of each mode. */
export const RESULTS: Record<Mode, string> = {
  summarize: message("summary"),
  ask: message("answer"),
  rewrite: message("rewrittenText"),
  translate: message("translation"),
};
