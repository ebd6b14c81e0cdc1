// What can be done with the models that are there: the rest is visibly out of reach, and says what
// it takes.

import type {
  ModelId,
  Offer,
  OfferedModel,
  RewriteOperation,
  RewriteOptions,
  Scope,
  Task,
} from "../offscreen/protocol/protocol";
import { operations, sources, targets } from "../offscreen/view/abilities";
import { make } from "../offscreen/view/elements";
import { message } from "../offscreen/view/messages";
import {
  COMMON_LANGUAGES,
  languageName,
  list,
  namedLanguages,
  operationName,
  primarySubtag,
} from "../offscreen/view/names";
import { gettingOf, type OfferCache } from "../offscreen/view/offers";
import * as settings from "../offscreen/view/settings";
import { size } from "../offscreen/view/words";
import type { OneTimeOptions } from "./controls";
import { byId } from "./dom";
import { detectedLanguage, type State } from "./state";

/** A remark on what is offered. */
interface Remark {
  text: string;
  /** What can be done about it on the page of the models, and at which of them. */
  remedy: { label: string; model: ModelId | undefined } | undefined;
}

/**
 * Among the smallest that were made to follow any instruction: what to look for when no model that
 * is known will do.
 */
const LARGER = "Qwen2.5-1.5B-Instruct";

/** Stands for whatever the reader asks for in words. */
const ANY_INSTRUCTION = "any";

/** The groups of options and where each stands in the wish as a whole. */
const GROUPS = { goal: "goal", rewriteLength: "length", tone: "tone" } as const;

export class Offers {
  readonly #needs = new Remarks(byId("needs"), (model) => this.#openModels(model));
  readonly #beyond = new Remarks(byId("beyond"), (model) => this.#openModels(model));
  readonly #instruction = byId<HTMLInputElement>("instruction");
  readonly #openModels: (model: ModelId | undefined) => void;
  readonly #cache: OfferCache;
  #listed = "";

  constructor(cache: OfferCache, openModels: (model: ModelId | undefined) => void) {
    this.#cache = cache;
    this.#openModels = openModels;
  }

  /** What is offered for a task; undefined while that is not known. */
  of(state: State, task: Task): Offer | undefined {
    return state.models && this.#cache.get(comparable(task), state.settings.models[task.task]);
  }

  /** Marks what is out of reach; returns why what is chosen cannot be started, if so. */
  draw(state: State, { scope, from, question }: OneTimeOptions): string | undefined {
    const { mode } = state.settings;
    this.#languages(state, scope);
    if (mode !== "rewrite") this.#beyond.draw([]);
    switch (mode) {
      case "summarize": {
        const offer = this.of(state, settings.task(state.settings));
        this.#needs.draw(offer?.ability === "unfit" ? [lacking(message("summaries"), offer.instead)] : []);
        return undefined;
      }
      case "ask":
        this.#needs.draw([]);
        return question === "" ? message("typeQuestion") : undefined;
      case "rewrite":
        return this.#rewrite(state);
      case "translate":
        return this.#translate(state, scope, from);
      default:
        return mode satisfies never;
    }
  }

  #rewrite(state: State): string | undefined {
    const { rewrite } = state.settings;
    const wanted = operations(rewrite);
    if (!state.models) return wanted.length === 0 ? message("chooseChange") : undefined;
    const lacks: { operation: RewriteOperation; instead: OfferedModel | undefined }[] = [];

    /** Why an option is out of reach, if it is. */
    const reason = (operation: RewriteOperation, options: RewriteOptions): string => {
      const offer = this.of(state, { task: "rewrite", options });
      if (offer?.ability !== "unfit") return "";
      lacks.push({ operation, instead: offer.instead });
      return offer.instead ? message("needsModel", { model: offer.instead.name }) : message("needsLargerModel");
    };
    for (const [name, part] of Object.entries(GROUPS)) {
      for (const radio of document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)) {
        const options = { [part]: radio.value };
        const [operation] = operations(options);
        if (operation) setReach(radio, reason(operation, options));
      }
    }
    setReach(this.#instruction, reason("instruction", { instruction: ANY_INSTRUCTION }));

    this.#beyond.draw(group(lacks));
    const offer = this.of(state, { task: "rewrite", options: rewrite });
    const names = list(wanted.map(operationName));
    if (offer?.ability === "experimental") {
      this.#needs.draw([
        {
          text: message("experimentOf", { what: names, model: offer.model?.name ?? "" }),
          remedy: remedy(offer.instead),
        },
      ]);
    } else {
      this.#needs.draw(offer?.ability === "unfit" ? [lacking(names, offer.instead)] : []);
    }
    if (wanted.length === 0) return message("chooseChange");
    return offer?.ability === "unfit" ? message("noModelForThis") : undefined;
  }

  #translate(state: State, scope: Scope, from: string | undefined): string | undefined {
    const { to } = state.settings;
    const detected = detectedLanguage(state, scope);
    const language = from ?? (detected === undefined ? undefined : primarySubtag(detected));
    if (!state.models || language === to) {
      this.#needs.draw(
        language === to ? [{ text: message("alreadyIn", { language: languageName(to) }), remedy: undefined }] : [],
      );
      return undefined;
    }
    const offer = this.of(state, { task: "translate", from: language, to });
    const direction =
      language === undefined
        ? message("translatingInto", { language: languageName(to) })
        : message("fromInto", { from: languageName(language), to: languageName(to) });
    if (!offer) {
      this.#needs.draw([]);
      return undefined;
    }
    switch (offer.ability) {
      case "good":
        this.#needs.draw([]);
        return undefined;
      case "experimental":
        this.#needs.draw([
          {
            text: message("experimentOfTranslating", { direction, model: offer.model?.name ?? "" }),
            remedy: remedy(offer.instead),
          },
        ]);
        return undefined;
      case "unfit":
        this.#needs.draw([lacking(direction, offer.instead)]);
        // What the browser detects may be wrong, and a selection may be in another language than
        // its page.
        return from === undefined ? undefined : message("noModelForLanguages");
      default:
        return offer.ability satisfies never;
    }
  }

  #languages(state: State, scope: Scope): void {
    const { models, settings } = state;
    const known = models
      ? { from: sources(models), to: targets(models) }
      : { from: COMMON_LANGUAGES, to: COMMON_LANGUAGES };
    const lang = detectedLanguage(state, scope);
    const detected = lang ? message("detected", { language: languageName(lang) }) : message("detectLanguage");
    const key = JSON.stringify([known, detected, settings.to]);
    if (key === this.#listed) return;
    this.#listed = key;
    const from = byId<HTMLSelectElement>("from");
    const before = from.value;
    from.replaceChildren(new Option(detected, ""), ...options(known.from));
    from.value = known.from.includes(before) ? before : "";
    const to = byId<HTMLSelectElement>("to");
    to.replaceChildren(...options([...new Set([...known.to, settings.to])]));
    to.value = settings.to;
  }
}

/** A place for remarks. */
class Remarks {
  readonly #place: HTMLElement;
  readonly #openModels: (model: ModelId | undefined) => void;
  #drawn = "";

  constructor(place: HTMLElement, openModels: (model: ModelId | undefined) => void) {
    this.#place = place;
    this.#openModels = openModels;
  }

  draw(remarks: Remark[]): void {
    const key = JSON.stringify(remarks);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#place.hidden = remarks.length === 0;
    this.#place.replaceChildren(...remarks.map((remark) => this.#line(remark)));
  }

  #line({ text, remedy }: Remark): HTMLElement {
    const line = make("p", "", text);
    if (!remedy) return line;
    const button = make("button", "get", remedy.label);
    button.type = "button";
    button.addEventListener("click", () => this.#openModels(remedy.model));
    line.append(" ", button);
    return line;
  }
}

function setReach(input: HTMLInputElement, reason: string): void {
  // What is chosen stays reachable, so that it can be left.
  const chosen = input.type === "radio" ? input.checked : input.value !== "";
  input.disabled = reason !== "" && !chosen;
  const label = input.closest<HTMLElement>("label, .row");
  if (!label) return;
  label.title = reason;
  label.classList.toggle("unreached", reason !== "");
}

/** One remark for each model that would do some of what is lacking, and one for what none would. */
function group(lacks: { operation: RewriteOperation; instead: OfferedModel | undefined }[]): Remark[] {
  const models = new Map(lacks.map(({ instead }) => [instead?.id, instead]));
  return [...models].map(([id, model]) => {
    const names = lacks.filter(({ instead }) => instead?.id === id).map(({ operation }) => operationName(operation));
    return lacking(list(names), model);
  });
}

function lacking(what: string, instead: OfferedModel | undefined): Remark {
  if (instead?.here) return { text: message("notWithChosen", { what }), remedy: remedy(instead) };
  if (instead?.kind === "translator") return { text: message("needsTranslator", { what }), remedy: remedy(instead) };
  if (instead) return { text: message("needsLarger", { what }), remedy: remedy(instead) };
  const text = message("needsLargerSuchAs", { what, model: LARGER });
  return { text, remedy: { label: message("installOne"), model: undefined } };
}

function remedy(model: OfferedModel | undefined): Remark["remedy"] {
  if (!model) return undefined;
  const { id, name, here, host, bytes } = model;
  const isFetched = !here && host;
  const label = isFetched ? message("getModelFrom", { model: name, size: size(bytes), host }) : gettingOf(model);
  return { label, model: id };
}

/**
 * The task with any instruction or question in place of the reader's: what is offered does not depend
 * on its words.
 */
function comparable(task: Task): Task {
  if (task.task === "ask") return { task: "ask", question: ANY_INSTRUCTION };
  if (task.task !== "rewrite" || !task.options.instruction?.trim()) return task;
  return { task: "rewrite", options: { ...task.options, instruction: ANY_INSTRUCTION } };
}

function options(languages: string[]): HTMLOptionElement[] {
  return namedLanguages(languages).map(({ tag, name }) => new Option(name, tag));
}
