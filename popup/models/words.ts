// A model in words.

import type { Ability, ModelCard, TranslateAbility } from "../../offscreen/protocol/protocol";
import { languageName, list, operationName } from "../../offscreen/view/names";
import { size, speed } from "../../offscreen/view/words";

/** "41 of 98 MB"; "41 MB" where nobody knows of how many. */
export function part(bytes: number, total: number | undefined): string {
  if (total === undefined || bytes > total) return size(bytes);
  const [number, unit] = size(bytes).split(" ");
  return size(total).endsWith(` ${unit}`) ? `${number} of ${size(total)}` : `${size(bytes)} of ${size(total)}`;
}

/** "41 of 98 MB · 3.2 MB/s · 18 s left" */
export function transferText(bytes: number, total: number | undefined, perSecond: number | undefined): string {
  const texts = [part(bytes, total)];
  if (perSecond !== undefined) {
    const rate = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 }).format(perSecond / 1e6);
    texts.push(`${rate} MB/s`);
    if (total !== undefined && perSecond > 0 && bytes < total) texts.push(`${time((total - bytes) / perSecond)} left`);
  }
  return texts.join(" · ");
}

function time(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** The host of an address: whom a request goes to. */
export function host(address: string): string | undefined {
  try {
    return new URL(address).host || undefined;
  } catch {
    return undefined;
  }
}

/** Why a model cannot be run here, or not on the processor; empty when it can. */
export function shortage({ fit }: ModelCard): string {
  switch (fit.fit) {
    case "fits":
      return "";
    case "on-gpu":
      return `Needs about ${size(fit.needs)} of memory, more than the ${size(fit.has)} that this browser gives: it takes a GPU that has as much.`;
    case "too-large":
      return `Needs about ${size(fit.needs)} of memory, more than the ${size(fit.has)} that this browser gives: it cannot be run here.`;
    default:
      return fit satisfies never;
  }
}

/** Where a model stands. */
export function stateName({ packaged, state, update }: ModelCard): string {
  switch (state.state) {
    case "available":
      return packaged ? "Comes with Sotto" : "Not installed";
    case "installing":
      return "Installing";
    case "paused":
      return `Paused: ${part(state.bytes, state.total ?? undefined)}`;
    case "installed":
      return "Installed";
    case "checking":
      return "Being checked";
    case "repairing":
      return "Being repaired";
    case "damaged":
      return "Damaged";
    case "onServer":
      return state.served.place.isLocal ? "On your server" : "On another machine";
    case "failed":
      // Of a newer version: the one before is used.
      return update == null ? "Not installed" : "Installed";
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

/** What of that is between languages of the reader's: "translating German → English, and English → German as an experiment". */
export function usesForReader({ abilities }: ModelCard, languages: ReadonlySet<string>): string {
  const mine = abilities.translate.filter(({ from, to }) => languages.has(from) && languages.has(to));
  const pairs = (ability: Ability): string => grouped(mine.filter((one) => one.ability === ability)).join("; ");
  const [good, experimental] = [pairs("good"), pairs("experimental")];
  const parts = [good, experimental && `${experimental} as an experiment`].filter(Boolean);
  return parts.length > 0 ? `translating ${parts.join(", and ")}` : "";
}

/** How fast it was here. */
export function speedHere({ kind, speed: perSecond }: ModelCard): string {
  if (perSecond == null) return "";
  return kind === "translator" ? `${Math.round(perSecond).toLocaleString("en")} words/s` : speed(perSecond);
}

/**
 * "German and French → English": targets that are reached from the same languages stand together. "between
 * German, French and English" where each is reached from all others.
 */
function grouped(directions: TranslateAbility[]): string[] {
  const languages = new Set(directions.flatMap(({ from, to }) => [from, to]));
  if (languages.size > 2 && directions.length === languages.size * (languages.size - 1)) {
    return [`between ${list([...languages].map(languageName).toSorted())}`];
  }
  const targets = new Map<string, string[]>();
  for (const to of new Set(directions.map((direction) => direction.to))) {
    const from = directions.filter((direction) => direction.to === to).map((direction) => languageName(direction.from));
    const key = list(from.toSorted());
    targets.set(key, [...(targets.get(key) ?? []), languageName(to)]);
  }
  return [...targets].map(([from, to]) => `${from} → ${list(to)}`);
}
