// What a card can do with the text it was opened on.

import type { Offer, Task } from "../../offscreen/protocol/protocol";
import { message } from "../../offscreen/view/messages";
import { COMMON_LANGUAGES, languageName } from "../../offscreen/view/names";
import { REWRITE_PRESETS } from "../../offscreen/view/presets";

export interface TaskOption {
  label: string;
  task: Task;
}

/** Characters of a wish that are shown of it. */
const WISH_LENGTH = 60;

/** The rewrites, with the wishes that the reader keeps, then the languages; what the card was opened for is among them. */
export function taskOptions(
  given: Task,
  to: string,
  wishes: string[],
): { rewrite: TaskOption[]; translate: TaskOption[] } {
  const presets = REWRITE_PRESETS.map(
    ({ title, options }): TaskOption => ({ label: title, task: { task: "rewrite", options } }),
  );
  const kept = wishes.map(
    (instruction): TaskOption => ({ label: short(instruction), task: { task: "rewrite", options: { instruction } } }),
  );
  const rewrite = [...presets, ...kept];
  const translate = [...new Set([to, ...COMMON_LANGUAGES])].map(
    (language): TaskOption => ({
      label: message("translateInto", { language: languageName(language) }),
      task: { task: "translate", from: undefined, to: language },
    }),
  );
  if (![...rewrite, ...translate].some(({ task }) => sameTask(task, given))) {
    const list = given.task === "translate" ? translate : rewrite;
    list.unshift({ label: message(given.task === "translate" ? "translate" : "asLastChosen"), task: given });
  }
  return { rewrite, translate };
}

function short(wish: string): string {
  return wish.length > WISH_LENGTH ? `${wish.slice(0, WISH_LENGTH).trimEnd()}…` : wish;
}

/**
 * What a task needs that is not there; undefined when a model that is there can do it, or nothing
 * is known.
 */
export function missingModel(offer: Offer | undefined): string | undefined {
  if (offer?.ability !== "unfit") return undefined;
  return offer.instead ? message("needsModelNote", { model: offer.instead.name }) : message("needsLargerModelNote");
}

/** Whether two tasks ask for the same. */
export function sameTask(one: Task, other: Task): boolean {
  return key(one) === key(other);
}

function key(task: Task): string {
  switch (task.task) {
    case "summarize":
      return "summarize";
    case "ask":
      return `ask ${task.question}`;
    case "rewrite": {
      const { goal, tone, length, instruction } = task.options;
      return ["rewrite", goal ?? "as-is", tone ?? "as-is", length ?? "as-is", instruction?.trim() ?? ""].join(" ");
    }
    case "translate":
      return `translate ${task.from ?? ""} ${task.to}`;
    default:
      return task satisfies never;
  }
}
