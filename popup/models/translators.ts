// The translators: dozens of them, of which a reader wants the few between two languages. Those
// that are installed, or on the way, are always listed.

import type { ModelCard } from "../../offscreen/protocol/protocol";
import { setText } from "../../offscreen/view/elements";
import { languageName } from "../../offscreen/view/names";
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
    const named = [...tags].map((tag) => ({ tag, name: languageName(tag) }));
    const sorted = named.toSorted((a, b) => a.name.localeCompare(b.name));
    select.replaceChildren(new Option("Choose", ""), ...sorted.map(({ tag, name: text }) => new Option(text, tag)));
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
  if (from === "" || to === "") return "Choose two languages to see what translates between them.";
  const direction = `${languageName(from)} into ${languageName(to)}`;
  if (from === to) return "These are the same.";
  if (found < needed) return `There is no translator for ${direction}.`;
  return needed === 1
    ? `One translator for ${direction}.`
    : `${direction} goes through English: it takes both of these.`;
}
