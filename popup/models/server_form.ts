// Adding a model of a server of the reader's. Where an address leads is the engine's to say; the browser
// is asked for the permission to reach that one host, in the reader's click.

import type { Failure, ModelCard, ServerAnswer, ServerPlace } from "../../offscreen/protocol/protocol";
import { message } from "../../offscreen/view/messages";
import { byId } from "../dom";
import { confirmLeaving } from "./confirm";
import { Form, type Install } from "./forms";

/** Asks about the server at an address; gives the key under which the answer is told. */
type Ask = (address: string, list: boolean) => string;

export class ServerForm extends Form {
  readonly #address = byId<HTMLInputElement>("server");
  readonly #models = byId("server-models");
  readonly #model = byId<HTMLSelectElement>("server-model");
  readonly #ask: Ask;
  /** Of what was asked last, until that is answered. */
  #asked: string | undefined;

  constructor(install: Install, ask: Ask) {
    const form = byId<HTMLFormElement>("by-server");
    super(form, install);
    this.#ask = ask;
    this.#address.addEventListener("input", () => {
      this.#models.hidden = true;
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#address.setAttribute("aria-invalid", "false");
      this.#asked = ask(this.#address.value.trim(), false);
    });
    byId("server-add").addEventListener("click", () => {
      const { value: model } = this.#model;
      this.begin(model, { from: "server", address: this.#address.value.trim(), model });
    });
  }

  /** Takes an answer, if it is to this form's question. */
  async answered(key: string, answer: ServerAnswer): Promise<void> {
    if (key !== this.#asked) return;
    this.#asked = undefined;
    switch (answer.answer) {
      case "place":
        await this.#connect(answer.place);
        break;
      case "models":
        this.#model.replaceChildren(...answer.models.map((name) => new Option(name, name)));
        this.#models.hidden = false;
        this.say(message("chooseServerModel", { host: answer.place.host }));
        this.#model.focus();
        break;
      case "failed":
        this.refuse(answer.failure);
        break;
      default:
        answer satisfies never;
    }
  }

  /** The engine that was asked is gone. */
  override interrupted(): void {
    if (this.#asked !== undefined) this.say(message("engineStoppedTryAgain"));
    this.#asked = undefined;
    super.interrupted();
  }

  protected override doneText(name: string): string {
    this.#models.hidden = true;
    return message("isAdded", { name });
  }

  protected override refuse(failure: Pick<Failure, "message" | "remedy"> & Partial<Failure>): void {
    super.refuse(failure);
    this.#models.hidden = true;
    if (failure.code !== "address") return;
    this.#address.setAttribute("aria-invalid", "true");
    this.#address.focus();
  }

  async #connect(place: ServerPlace): Promise<void> {
    const { address, host, isLocal, pattern } = place;
    if (!isLocal && !(await confirmLeaving(place))) {
      this.say(message("nothingSent"));
      return;
    }
    const isGranted = await chrome.permissions.request({ origins: [pattern] }).catch(() => undefined);
    if (isGranted) {
      this.say(message("askingServer", { host }));
      this.#asked = this.#ask(address, true);
      return;
    }
    this.refuse({
      message: message("serverNotAllowed", { host }),
      remedy: message(isGranted === undefined ? "pressOnceMore" : "allowWhenAsked"),
    });
  }
}

/** Gives the permission for a server's host back, unless another of the models needs it. */
export async function forgetPermission(removed: ModelCard, models: ModelCard[]): Promise<void> {
  const pattern = patternOf(removed);
  const isShared = models.some((model) => model.id !== removed.id && patternOf(model) === pattern);
  if (pattern !== undefined && !isShared) await chrome.permissions.remove({ origins: [pattern] });
}

function patternOf({ state }: ModelCard): string | undefined {
  return state.state === "onServer" ? state.served.place.pattern : undefined;
}
