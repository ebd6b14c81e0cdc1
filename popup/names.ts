// What things are called on screen.

import type { JobView, Scope } from "../offscreen/protocol/protocol";
import type { Mode } from "../offscreen/view/settings";

export const MODES: Record<Mode, string> = { summarize: "Summarise", rewrite: "Rewrite", translate: "Translate" };

const HINTS: Record<Mode, string> = {
  summarize: "The summary appears here, each point with its source. Nothing you read leaves this device.",
  rewrite: "Select text on the page, and its new wording appears here. Nothing you write leaves this device.",
  translate: "The page is translated where it stands, a selection here. Nothing you read leaves this device.",
};

/** The main button's label. */
export function runLabel(mode: Mode, scope: Scope, again: boolean, failed: boolean): string {
  if (failed) return "Try again";
  if (again) return `${MODES[mode]} again`;
  if (mode === "summarize") return MODES[mode];
  return `${MODES[mode]} ${scope === "page" ? "this page" : "selection"}`;
}

export function hint(mode: Mode): string {
  return HINTS[mode];
}

export function resultName(job: JobView | undefined): string {
  if (!job) return "Result";
  switch (job.task.task) {
    case "summarize":
      return "Summary";
    case "rewrite":
      return "Rewritten text";
    case "translate":
      return "Translation";
    default:
      return job.task satisfies never;
  }
}
