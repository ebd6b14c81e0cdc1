// What things are called on screen.

import type { JobView, Scope, ServedModel } from "../offscreen/protocol/protocol";
import type { Mode } from "../offscreen/view/settings";

export const MODES: Record<Mode, string> = {
  summarize: "Summarise",
  ask: "Ask",
  rewrite: "Rewrite",
  translate: "Translate",
};

const HINTS: Record<Mode, string> = {
  summarize: "The summary appears here, each point with its source.",
  ask: "The page’s own sentence answers, or you are told that it doesn’t say.",
  rewrite: "Select text on the page, and its new wording appears here.",
  translate: "The page is translated where it stands, a selection here.",
};

/** The main button's label. */
export function runLabel(mode: Mode, scope: Scope, again: boolean, failed: boolean): string {
  if (failed) return "Try again";
  if (mode === "ask") return MODES[mode];
  if (again) return `${MODES[mode]} again`;
  if (mode === "summarize") return MODES[mode];
  return `${MODES[mode]} ${scope === "page" ? "this page" : "selection"}`;
}

/** What will happen, and where: `server` is the one that the reader has chosen for it, if so. */
export function hint(mode: Mode, server: ServedModel | undefined): string {
  return `${HINTS[mode]} ${promise(mode, server)}`;
}

function promise(mode: Mode, server: ServedModel | undefined): string {
  if (server === undefined) return `Nothing you ${mode === "rewrite" ? "write" : "read"} leaves this device.`;
  const { host, isLocal } = server.place;
  return isLocal ? `Your server at ${host} writes it.` : `The text is sent to ${host}: it leaves this machine.`;
}

export function resultName(job: JobView | undefined): string {
  if (!job) return "Result";
  switch (job.task.task) {
    case "summarize":
      return "Summary";
    case "ask":
      return "Answer";
    case "rewrite":
      return "Rewritten text";
    case "translate":
      return "Translation";
    default:
      return job.task satisfies never;
  }
}
