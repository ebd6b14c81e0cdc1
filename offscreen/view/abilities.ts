// What of the models' abilities the views list by themselves: the operations of a rewrite, the languages of translations.
import type { ModelCard, RewriteGoal, RewriteLength, RewriteOperation, RewriteOptions, RewriteTone } from "../protocol/protocol";

const OPERATIONS: Record<RewriteGoal | RewriteTone | RewriteLength, RewriteOperation | undefined> = {
  "as-is": undefined,
  "fix-grammar": "fix-grammar",
  simplify: "simplify",
  bullets: "bullets",
  "more-formal": "more-formal",
  "more-casual": "more-casual",
  shorter: "shorter",
  longer: "longer",
};

/** What is asked of a rewrite. */
export function operations({ tone, length, goal, instruction }: RewriteOptions): RewriteOperation[] {
  const wanted = [goal, tone, length].map((option) => option && OPERATIONS[option]);
  if (instruction?.trim()) wanted.push("instruction");
  return wanted.filter((operation) => operation !== undefined);
}

/** The languages that some model was measured to translate into. */
export function targets(models: ModelCard[]): string[] {
  return [...new Set(models.flatMap(({ abilities }) => abilities.translate.map(({ to }) => to)))];
}

/** The languages that some model was measured to translate from. */
export function sources(models: ModelCard[]): string[] {
  return [...new Set(models.flatMap(({ abilities }) => abilities.translate.map(({ from }) => from)))];
}
