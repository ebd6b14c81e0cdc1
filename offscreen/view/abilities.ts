// What the models that are there can be trusted with, and which other one could do the rest.
import type { Ability, ModelCard, RewriteGoal, RewriteLength, RewriteOperation, RewriteOptions, RewriteTone } from "../protocol/protocol";

const RANK: Record<Ability, number> = { unfit: 0, experimental: 1, good: 2 };

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

/** How far something can be trusted, by whom, and which model that is not there would do better. */
export interface Offer {
  ability: Ability;
  /** The model that is there and does it best. */
  by: ModelCard | undefined;
  /** A model to get, where none that is there does it well. */
  instead: ModelCard | undefined;
}

/** Whether a job can use the model without asking the reader first. */
export function isThere({ packaged, state }: ModelCard): boolean {
  return packaged || state.state === "installed";
}

/** What the reader does to have a model do something: it is chosen where it is there, or got first. */
export function gettingOf(model: ModelCard): string {
  return `${isThere(model) ? "Choose" : "Get"} ${model.name}`;
}

/** What is asked of a rewrite. */
export function operations({ tone, length, goal, instruction }: RewriteOptions): RewriteOperation[] {
  const wanted = [goal, tone, length].map((option) => option && OPERATIONS[option]);
  if (instruction?.trim()) wanted.push("instruction");
  return wanted.filter((operation) => operation !== undefined);
}

/** Who can rewrite in all of these ways at once: one job has one model. */
export function rewriteOffer(models: ModelCard[], chosen: string | undefined, wanted: RewriteOperation[]): Offer {
  return offer(models, chosen, (model) =>
    least(wanted.map((operation) => rewriteAbility(model, operation))),
  );
}

/** Who can translate in a direction; from any language, where that is not known yet. */
export function translateOffer(
  models: ModelCard[],
  chosen: string | undefined,
  from: string | undefined,
  to: string,
): Offer {
  return offer(models, chosen, ({ abilities }) => {
    const directions = abilities.translate.filter(
      (direction) => direction.to === to && (from === undefined || direction.from === from),
    );
    return best(directions.map(({ ability }) => ability));
  });
}

export function summarizeOffer(models: ModelCard[], chosen: string | undefined): Offer {
  return offer(models, chosen, ({ abilities }) => abilities.summarize);
}

/** The languages that some model was measured to translate into. */
export function targets(models: ModelCard[]): string[] {
  return [...new Set(models.flatMap(({ abilities }) => abilities.translate.map(({ to }) => to)))];
}

/** The languages that some model was measured to translate from. */
export function sources(models: ModelCard[]): string[] {
  return [...new Set(models.flatMap(({ abilities }) => abilities.translate.map(({ from }) => from)))];
}

function offer(models: ModelCard[], chosen: string | undefined, ability: (model: ModelCard) => Ability): Offer {
  const set = models.find(({ id }) => id === chosen);
  const there = set && isThere(set) ? [set] : models.filter(isThere);
  const by = ablest(there, ability);
  const others = models.filter((model) => !there.includes(model));
  const instead = ablest(others, ability);
  const reached = by ? ability(by) : "unfit";
  return {
    ability: reached,
    by: reached === "unfit" ? undefined : by,
    instead: instead && RANK[ability(instead)] > RANK[reached] ? instead : undefined,
  };
}

/** The model that does it best; of equals the smallest. */
function ablest(models: ModelCard[], ability: (model: ModelCard) => Ability): ModelCard | undefined {
  return models.toSorted((a, b) => RANK[ability(b)] - RANK[ability(a)] || a.bytes - b.bytes)[0];
}

function rewriteAbility({ abilities }: ModelCard, wanted: RewriteOperation): Ability {
  return abilities.rewrite.find(({ operation }) => operation === wanted)?.ability ?? "unfit";
}

function least(abilities: Ability[]): Ability {
  return abilities.toSorted((a, b) => RANK[a] - RANK[b])[0] ?? "good";
}

function best(abilities: Ability[]): Ability {
  return abilities.toSorted((a, b) => RANK[b] - RANK[a])[0] ?? "unfit";
}
