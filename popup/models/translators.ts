// The translators: dozens of them, of which a reader wants the few between two languages. Those
// that are installed, or on the way, are always listed.

import type { ModelCard } from "../../offscreen/protocol/protocol";
import { setText } from "../../offscreen/view/elements";
import { message } from "../../offscreen/view/messages";
import { languageName, namedLanguages } from "../../offscreen/view/names";
import { byId } from "../dom";
import { legs } from "./direction";
import type { ModelView } from "./model_view";

type View = { model: ModelCard; view: ModelView };

export class Translators {
  readonly #form = byId<HTMLFormElement>("pair");
  readonly #hint = byId("pair-hint");
  #views: View[] = [];
  #listed = "";

  constructor() {
    this.#form.addEventListener("change", () => this.#filter());
  }

  draw(views: View[]): void {
    this.#views = views;
    for (const name of ["from", "to"] as const) this.#fill(name);
    this.#filter();
  }

  /** Chooses the languages of one, so that it is listed. */
  choose(id: string): void {
    const [direction] = this.#views.find(({ model }) => model.id === id)?.model.abilities.translate ?? [];
    if (!direction) return;
    this.#select("from").value = direction.from;
    this.#select("to").value = direction.to;
    this.#filter();
  }

  #select(name: "from" | "to"): HTMLSelectElement {
    return this.#form.elements.namedItem(name) as HTMLSelectElement;
  }

  #fill(name: "from" | "to"): void {
    const tags = new Set(this.#views.flatMap(({ model }) => model.abilities.translate.map((one) => one[name])));
    const key = [...tags].join();
    const select = this.#select(name);
    if (select.dataset["listed"] === key) return;
    select.dataset["listed"] = key;
    const { value } = select;
    const options = namedLanguages(tags).map(({ tag, name: text }) => new Option(text, tag));
    select.replaceChildren(new Option(message("choose"), ""), ...options);
    select.value = value;
  }

  #filter(): void {
    const from = this.#select("from").value;
    const to = this.#select("to").value;
    const wanted = legs(from, to);
    let found = 0;
    for (const { model, view } of this.#views) {
      const isWanted = model.abilities.translate.some((one) =>
        wanted.some((leg) => leg.from === one.from && leg.to === one.to),
      );
      if (isWanted) found += 1;
      view.root.hidden = model.state.state === "available" && !isWanted;
    }
    const text = hint(from, to, wanted.length, found);
    if (text === this.#listed) return;
    this.#listed = text;
    setText(this.#hint, text);
  }
}

function hint(from: string, to: string, needed: number, found: number): string {
  if (from === "" || to === "") return message("choosePair");
  const direction = message("languageInto", { from: languageName(from), to: languageName(to) });
  if (from === to) return message("samePair");
  if (found < needed) return message("noTranslator", { direction });
  return message(needed === 1 ? "oneTranslator" : "throughEnglish", { direction });
}
