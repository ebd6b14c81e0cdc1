// What every surface begins with.

import type {
  BackendChoice,
  ModelCard,
  RewriteOptions,
  SummaryLength,
  SummaryType,
} from "../../offscreen/protocol/protocol";
import { operations, targets } from "../../offscreen/view/abilities";
import { COMMON_LANGUAGES, namedLanguages } from "../../offscreen/view/names";
import type { Settings } from "../../offscreen/view/settings";
import { byId } from "../dom";
import { unreached } from "./words";

/** The lists of a rewrite, and where each stands in the wish as a whole. */
const REWRITE = { goal: "goal", rewriteLength: "length", tone: "tone" } as const;

type Name = "summaryType" | "length" | keyof typeof REWRITE | "to" | "choice";

export class Defaults {
  readonly #form = byId<HTMLFormElement>("defaults");
  readonly #names = new Map<HTMLOptionElement, string>();
  #settings: Settings;
  #models: ModelCard[] | undefined;

  constructor(settings: Settings, changed: (change: Partial<Settings>) => void) {
    this.#settings = settings;
    this.#form.addEventListener("change", ({ target }) => {
      const change = this.#change((target as HTMLSelectElement).name as Name);
      Object.assign(this.#settings, change);
      changed(change);
    });
    this.show(settings);
  }

  /** Shows what was chosen, here or elsewhere. */
  show(settings: Settings): void {
    this.#settings = settings;
    this.#list();
    const { summaryType, length, rewrite, choice, to } = settings;
    const values: Record<Name, string> = {
      summaryType,
      length,
      goal: rewrite.goal ?? "as-is",
      rewriteLength: rewrite.length ?? "as-is",
      tone: rewrite.tone ?? "as-is",
      to,
      choice,
    };
    for (const [name, value] of Object.entries(values)) this.#select(name as Name).value = value;
  }

  /** Lists the languages that can be translated into, and marks what no model that is here can do. */
  draw(models: ModelCard[] | undefined): void {
    this.#models = models;
    this.show(this.#settings);
  }

  #list(): void {
    const languages = new Set([...(this.#models ? targets(this.#models) : COMMON_LANGUAGES), this.#settings.to]);
    const options = namedLanguages(languages).map(({ tag, name }) => new Option(name, tag));
    this.#select("to").replaceChildren(...options);
    if (this.#models) this.#markReach(this.#models.filter(({ here }) => here));
  }

  #markReach(models: ModelCard[]): void {
    const rewrites = models.flatMap(({ abilities }) => abilities.rewrite);
    const done = new Set(rewrites.filter(({ ability }) => ability !== "unfit").map(({ operation }) => operation));
    for (const [name, part] of Object.entries(REWRITE)) {
      for (const option of this.#select(name as Name).options) {
        const text = this.#names.get(option) ?? option.text;
        this.#names.set(option, text);
        const reached = operations({ [part]: option.value }).every((operation) => done.has(operation));
        option.text = reached ? text : unreached(text);
      }
    }
  }

  #change(name: Name): Partial<Settings> {
    const { value } = this.#select(name);
    switch (name) {
      case "summaryType":
        return { summaryType: value as SummaryType };
      case "length":
        return { length: value as SummaryLength };
      case "to":
        return { to: value };
      case "choice":
        return { choice: value as BackendChoice };
      case "goal":
      case "rewriteLength":
      case "tone":
        return { rewrite: { ...this.#settings.rewrite, [REWRITE[name]]: value } satisfies RewriteOptions };
      default:
        return name satisfies never;
    }
  }

  #select(name: Name): HTMLSelectElement {
    return this.#form.elements.namedItem(name) as HTMLSelectElement;
  }
}
