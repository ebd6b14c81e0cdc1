// What of the models' abilities the views list by themselves: the operations of a rewrite, the
// languages of translations.

import type { ModelCard, RewriteOperation, RewriteOptions } from "../protocol/protocol";

/** What is asked of a rewrite. */
export function operations({ tone, length, goal, instruction }: RewriteOptions): RewriteOperation[] {
  const wanted: RewriteOperation[] = [goal, tone, length].filter(
    (option) => option !== undefined && option !== "as-is",
  );
  return instruction?.trim() ? [...wanted, "instruction"] : wanted;
}

/** The languages that some model was measured to translate into. */
export function targets(models: ModelCard[]): string[] {
  return [...new Set(models.flatMap(({ abilities }) => abilities.translate.map(({ to }) => to)))];
}

/** The languages that some model was measured to translate from. */
export function sources(models: ModelCard[]): string[] {
  return [...new Set(models.flatMap(({ abilities }) => abilities.translate.map(({ from }) => from)))];
}
