// The text of a card's job: as it comes, or as changes to the original.

import type { JobView } from "../../offscreen/protocol/protocol";
import { diff } from "../../offscreen/view/diff";
import { make, setText } from "../../offscreen/view/elements";
import { message } from "../../offscreen/view/messages";

const TAGS = { same: "span", removed: "del", added: "ins" } as const;

export class Result {
  readonly element = make("div", "text");
  readonly #original: string;
  readonly #units = new Map<number, { before: Text; unit: HTMLElement }>();
  #compared = false;

  /** `original` is the text the job works on. */
  constructor(original: string) {
    this.#original = original;
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "region");
    this.element.setAttribute("aria-label", message("result"));
  }

  clear(): void {
    this.#units.clear();
    this.#compared = false;
    this.element.replaceChildren();
  }

  /** Draws the text of a job; `compare` shows what changed instead, once it is finished. */
  draw(view: JobView, compare: boolean): void {
    this.element.classList.toggle("writing", view.state.state === "running");
    if (view.task.task === "translate") this.element.lang = view.task.to;
    else this.element.removeAttribute("lang");
    this.element.dir = "auto";
    if (compare && view.state.state === "done") {
      if (!this.#compared) this.#compare(view.state.text);
      return;
    }
    if (this.#compared) this.clear();
    const following = this.element.scrollTop + this.element.clientHeight > this.element.scrollHeight - 24;
    for (const { index, before, text, status, note } of view.sections) {
      const { before: space, unit } = this.#unit(index);
      if (space.data !== before) space.data = before;
      setText(unit, text);
      unit.dataset["status"] = status;
      unit.title = note ?? "";
    }
    if (following && view.state.state === "running") this.element.scrollTop = this.element.scrollHeight;
  }

  #unit(index: number): { before: Text; unit: HTMLElement } {
    const known = this.#units.get(index);
    if (known) return known;
    const made = { before: new Text(), unit: make("span") };
    const next = [...this.#units.keys()].filter((other) => other > index).sort((a, b) => a - b)[0];
    const place = next === undefined ? null : (this.#units.get(next)?.before ?? null);
    this.#units.set(index, made);
    this.element.insertBefore(made.before, place);
    this.element.insertBefore(made.unit, place);
    return made;
  }

  #compare(text: string): void {
    this.clear();
    this.#compared = true;
    this.element.append(...diff(this.#original, text).map(({ kind, text: words }) => make(TAGS[kind], "", words)));
  }
}
