// The wishes that are kept, and how to forget one or all.

import { make } from "../../offscreen/view/elements";
import { message } from "../../offscreen/view/messages";
import { withoutWish } from "../../offscreen/view/wishes";
import { byId } from "../dom";

export class KeptWishes {
  readonly #changed: (wishes: string[]) => void;

  constructor(changed: (wishes: string[]) => void) {
    this.#changed = changed;
    byId("forget-wishes").addEventListener("click", () => changed([]));
  }

  show(wishes: string[]): void {
    const rows = wishes.map((wish) => this.#row(wish, wishes));
    byId("kept-wishes").replaceChildren(...(rows.length > 0 ? rows : [make("li", "soft", message("noWishes"))]));
    byId("forget-wishes").hidden = rows.length === 0;
  }

  #row(wish: string, wishes: string[]): HTMLElement {
    const line = make("li", "", `${wish} `);
    const forget = make("button", "quiet", message("forget"));
    forget.type = "button";
    forget.setAttribute("aria-label", message("forgetWhat", { what: wish }));
    forget.addEventListener("click", () => this.#changed(withoutWish(wishes, wish)));
    line.append(forget);
    return line;
  }
}
