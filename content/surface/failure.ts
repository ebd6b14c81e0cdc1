// A failure as it is shown on a page, with the way to its remedy.

import type { Failure } from "../../offscreen/protocol/protocol";
import { sendCommand } from "../../offscreen/view/command";
import { make } from "../../offscreen/view/elements";
import { message } from "../../offscreen/view/messages";
import { button, type Surface } from "./surface";

/** A failure's words; the model that would help is one click away. */
export type FailureText = Pick<Failure, "message" | "remedy"> & { model?: Failure["model"] };

export class FailureBox {
  readonly element = make("div", "problem");
  readonly #surface: () => Surface;

  constructor(surface: () => Surface) {
    this.#surface = surface;
    this.element.setAttribute("role", "alert");
    this.element.hidden = true;
  }

  show(failure: FailureText | undefined): void {
    this.element.hidden = failure === undefined;
    if (!failure) {
      this.element.replaceChildren();
      return;
    }
    this.element.replaceChildren(make("strong", "", failure.message), make("span", "", failure.remedy));
    const { model } = failure;
    if (!model) return;
    const get = button(message("chooseModels"), "primary");
    this.#surface().onClick(get, () => void sendCommand({ type: "openModels", model }));
    this.element.append(make("br"), get);
  }
}
