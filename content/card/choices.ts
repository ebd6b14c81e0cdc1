// What a card can do with the text it was opened on.
import type { Task } from "../../offscreen/protocol/protocol";
import { languageName } from "../../popup/names";
import { WAYS } from "./ways";

/** One of them. */
export interface Choice {
  label: string;
  task: Task;
}

/** Languages offered beside the one the reader translates into. */
const LANGUAGES = ["en", "de", "fr", "es", "it"];

/** The ways of rewriting, then the languages; what the card was opened for is among them. */
export function choices(given: Task, to: string): { rewrite: Choice[]; translate: Choice[] } {
  const rewrite = WAYS.map(({ title, options }): Choice => ({ label: title, task: { task: "rewrite", options } }));
  const translate = [...new Set([to, ...LANGUAGES])].map(
    (language): Choice => ({
      label: `Translate to ${languageName(language)}`,
      task: { task: "translate", from: undefined, to: language },
    }),
  );
  if (![...rewrite, ...translate].some(({ task }) => same(task, given))) {
    const list = given.task === "translate" ? translate : rewrite;
    list.unshift({ label: given.task === "translate" ? "Translate" : "As last chosen", task: given });
  }
  return { rewrite, translate };
}

/** Whether two tasks ask for the same. */
export function same(one: Task, other: Task): boolean {
  return key(one) === key(other);
}

function key(task: Task): string {
  switch (task.task) {
    case "summarize":
      return "summarize";
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
