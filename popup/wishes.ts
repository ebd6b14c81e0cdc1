// The wish in the reader's own words: those that are kept are at hand in its field, and a button keeps or forgets the
// one that stands there.

import { setText } from "../offscreen/view/elements";
import { message } from "../offscreen/view/messages";
import type { Settings } from "../offscreen/view/settings";
import { MOST_WISHES, withoutWish, withWish } from "../offscreen/view/wishes";
import { byId } from "./dom";

export class Wishes {
  readonly #list = byId("wishes");
  readonly #button = byId<HTMLButtonElement>("keep-wish");
  #wishes: string[] = [];
  #wish = "";

  constructor(changed: (wishes: string[]) => void) {
    this.#button.addEventListener("click", () => {
      const change = this.#isKept ? withoutWish : withWish;
      changed(change(this.#wishes, this.#wish));
    });
  }

  draw({ wishes, rewrite }: Settings): void {
    if (wishes !== this.#wishes) this.#list.replaceChildren(...wishes.map((wish) => new Option("", wish)));
    this.#wishes = wishes;
    this.#wish = rewrite.instruction?.trim() ?? "";
    const isFull = !this.#isKept && wishes.length >= MOST_WISHES;
    setText(this.#button, message(this.#isKept ? "forget" : "keepWish"));
    this.#button.disabled = this.#wish === "" || isFull;
    this.#button.title = isFull ? message("wishesFull", { count: MOST_WISHES }) : "";
  }

  get #isKept(): boolean {
    return this.#wishes.includes(this.#wish);
  }
}
