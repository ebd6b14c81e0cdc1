// A model in words.

import type { Ability, ModelCard, TranslateAbility } from "../../offscreen/protocol/protocol";
import { languageName, list, operationName } from "../../offscreen/view/names";

/** Where a model stands. */
export function stateName({ packaged, state }: ModelCard): string {
  switch (state.state) {
    case "available":
      return packaged ? "Comes with Sotto" : "Not installed";
    case "installing":
      return "Installing";
    case "installed":
      return "Installed";
    case "damaged":
      return "Damaged";
    case "failed":
      return "Not installed";
    default:
      return state satisfies never;
  }
}

/**
 * What it was measured to do: a line for what it does well, one for what it does as an experiment.
 */
export function uses({ abilities }: ModelCard): { name: string; text: string }[] {
  const lines: { name: string; text: string }[] = [];
  for (const ability of ["good", "experimental"] satisfies Ability[]) {
    const parts = [];
    if (abilities.summarize === ability) parts.push("summaries");
    const operations = abilities.rewrite
      .filter((one) => one.ability === ability)
      .map((one) => operationName(one.operation));
    if (operations.length > 0) parts.push(`rewriting (${operations.join(", ").toLowerCase()})`);
    const directions = abilities.translate.filter((direction) => direction.ability === ability);
    const pairs = grouped(directions);
    if (pairs.length > 0) parts.push(`translating ${pairs.join("; ")}`);
    const name = ability === "good" ? "Does well" : "Experimental";
    if (parts.length > 0) lines.push({ name, text: parts.join(" · ") });
  }
  return lines;
}

/**
 * "German and French → English": targets that are reached from the same languages stand together.
 */
function grouped(directions: TranslateAbility[]): string[] {
  const targets = new Map<string, string[]>();
  for (const to of new Set(directions.map((direction) => direction.to))) {
    const from = directions.filter((direction) => direction.to === to).map((direction) => languageName(direction.from));
    const key = list(from.toSorted());
    targets.set(key, [...(targets.get(key) ?? []), languageName(to)]);
  }
  return [...targets].map(([from, to]) => `${from} → ${list(to)}`);
}
