// The field in which models are looked for, by languages or names.

import type { ModelCard } from "../../offscreen/protocol/protocol";
import { setText } from "../../offscreen/view/elements";
import { message, plural } from "../../offscreen/view/messages";
import { languageName } from "../../offscreen/view/names";
import { byId } from "../dom";
import type { ModelView } from "./model_view";
import { matches, readSearch, type Search } from "./search";

type Shown = { model: ModelCard; view: ModelView };

export class Finder {
  readonly #field = byId<HTMLInputElement>("search");
  readonly #more = byId<HTMLDetailsElement>("more");
  #wasOpen = false;

  /** Calls back when something else is looked for. */
  constructor(changed: () => void) {
    this.#field.addEventListener("input", changed);
    this.#field.form?.addEventListener("submit", (event) => event.preventDefault());
  }

  /** Hides what is not looked for. Where nothing is, it changes nothing. */
  filter(shown: Shown[]): void {
    const text = this.#field.value.trim();
    const isActive = text !== "";
    document.body.classList.toggle("searching", isActive);
    if (!isActive) {
      setText(byId("found"), "");
      if (this.#wasOpen) this.#more.open = false;
      this.#wasOpen = false;
      for (const { model, view } of shown) if (model.kind === "language") view.root.hidden = false;
      return;
    }
    const tags = shown.flatMap(({ model }) => model.abilities.translate.flatMap(({ from, to }) => [from, to]));
    const search = readSearch(text, tags, navigator.languages);
    let found = 0;
    let isListed = false;
    for (const { model, view } of shown) {
      const isFound = matches(model, search);
      view.root.hidden = !isFound && !isUnderWay(model);
      if (isFound) found += 1;
      if (isFound && model.estimated) isListed = true;
    }
    if (isListed && !this.#more.open) {
      this.#more.open = true;
      this.#wasOpen = true;
    }
    setText(byId("found"), plural("modelsFound", found, { search: said(search) }));
  }
}

/** What is being done to a model is always in view. */
function isUnderWay({ state }: ModelCard): boolean {
  return ["installing", "checking", "repairing", "failed"].includes(state.state);
}

/** What was understood. */
function said({ languages: [from, to], words }: Search): string {
  const direction =
    from === undefined
      ? []
      : to === undefined
        ? [languageName(from)]
        : [message("languageInto", { from: languageName(from), to: languageName(to) })];
  return [...direction, ...words.map((word) => message("quoted", { text: word }))].join(", ");
}
