// A model in words.

import type { Ability, ModelCard, TranslateAbility } from "../../offscreen/protocol/protocol";
import { LOCALE, message } from "../../offscreen/view/messages";
import { languageName, list, namedLanguages, operationName } from "../../offscreen/view/names";
import { amount, size, speed } from "../../offscreen/view/words";

/** "41 of 98 MB"; "41 MB" where nobody knows of how many. */
export function part(bytes: number, total: number | undefined): string {
  if (total === undefined || bytes > total) return size(bytes);
  const { unit, number } = amount(bytes);
  return message("partOf", { part: unit === amount(total).unit ? number : size(bytes), whole: size(total) });
}

/** "41 of 98 MB · 3.2 MB/s · 18 s left" */
export function transferText(bytes: number, total: number | undefined, perSecond: number | undefined): string {
  const texts = [part(bytes, total)];
  if (perSecond !== undefined) {
    const rate = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 2 }).format(perSecond / 1e6);
    texts.push(message("megabytesPerSecond", { number: rate }));
    if (total !== undefined && perSecond > 0 && bytes < total) {
      texts.push(message("timeLeft", { time: time((total - bytes) / perSecond) }));
    }
  }
  return texts.join(" · ");
}

function time(seconds: number): string {
  if (seconds < 60) return message("seconds", { number: Math.max(1, Math.round(seconds)) });
  if (seconds < 3600) return message("minutes", { number: Math.round(seconds / 60) });
  return message("hours", { number: Math.round(seconds / 3600) });
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
      return message("needsGpu", { needs: size(fit.needs), has: size(fit.has) });
    case "too-large":
      return message("needsMore", { needs: size(fit.needs), has: size(fit.has) });
    default:
      return fit satisfies never;
  }
}

/** Where a model stands. */
export function stateName({ packaged, state, update }: ModelCard): string {
  switch (state.state) {
    case "available":
      return message(packaged ? "comesWithSotto" : "notInstalled");
    case "installing":
      return message("installingState");
    case "paused":
      return message("pausedAt", { part: part(state.bytes, state.total ?? undefined) });
    case "installed":
      return message("installed");
    case "checking":
      return message("beingChecked");
    case "repairing":
      return message("beingRepaired");
    case "damaged":
      return message("damaged");
    case "onServer":
      return message(state.served.place.isLocal ? "onYourServer" : "onAnotherMachine");
    case "failed":
      // Of a newer version: the one before is used.
      return message(update == null ? "notInstalled" : "installed");
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
    if (abilities.summarize === ability) parts.push(message("usesSummaries"));
    const operations = abilities.rewrite
      .filter((one) => one.ability === ability)
      .map((one) => operationName(one.operation));
    if (operations.length > 0)
      parts.push(message("usesRewriting", { operations: operations.join(", ").toLocaleLowerCase(LOCALE) }));
    const directions = abilities.translate.filter((direction) => direction.ability === ability);
    const pairs = grouped(directions);
    if (pairs.length > 0) parts.push(message("usesTranslating", { directions: pairs.join("; ") }));
    const name = message(ability === "good" ? "doesWell" : "experimental");
    if (parts.length > 0) lines.push({ name, text: parts.join(" · ") });
  }
  return lines;
}

/** What of that is between languages of the reader's: "translating German → English, and English → German as an experiment". */
export function usesForReader({ abilities }: ModelCard, languages: ReadonlySet<string>): string {
  const mine = abilities.translate.filter(({ from, to }) => languages.has(from) && languages.has(to));
  const pairs = (ability: Ability): string => grouped(mine.filter((one) => one.ability === ability)).join("; ");
  const [good, experimental] = [pairs("good"), pairs("experimental")];
  const tried = experimental && message("asExperiment", { directions: experimental });
  const directions = good && tried ? message("andAlso", { one: good, other: tried }) : good || tried;
  return directions ? message("usesTranslating", { directions }) : "";
}

/** How fast it was here. */
export function speedHere({ kind, speed: perSecond }: ModelCard): string {
  if (perSecond == null) return "";
  return kind === "translator" ? message("wordsPerSecond", { number: Math.round(perSecond) }) : speed(perSecond);
}

/**
 * "German and French → English": targets that are reached from the same languages stand together. "between
 * German, French and English" where each is reached from all others.
 */
function grouped(directions: TranslateAbility[]): string[] {
  const languages = new Set(directions.flatMap(({ from, to }) => [from, to]));
  if (languages.size > 2 && directions.length === languages.size * (languages.size - 1)) {
    return [message("between", { languages: list(namedLanguages(languages).map(({ name }) => name)) })];
  }
  const targets = new Map<string, string[]>();
  for (const to of new Set(directions.map((direction) => direction.to))) {
    const from = directions.filter((direction) => direction.to === to).map((direction) => languageName(direction.from));
    const key = list(from.toSorted((a, b) => a.localeCompare(b, LOCALE)));
    targets.set(key, [...(targets.get(key) ?? []), languageName(to)]);
  }
  return [...targets].map(([from, to]) => message("fromTo", { from, to: list(to) }));
}
