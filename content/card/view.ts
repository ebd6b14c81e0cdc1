// The card's elements.
import type { JobView } from "../../offscreen/protocol/protocol";
import { isActive } from "../../offscreen/view/fold";
import { notesOn } from "../../offscreen/view/notes";
import { announcement, told } from "../../offscreen/view/words";
import { make, setText } from "../../offscreen/view/elements";
import { Problem, type Said } from "../surface/problem";
import { button, Surface } from "../surface/surface";
import type { Choice } from "./choices";
import { Result } from "./result";
import { STYLE } from "./style";

/** What the reader can do. */
export interface Actions {
  close(): void;
  cancel(): void;
  again(): void;
  replace(): void;
  copy(): void;
  compare(): void;
  choose(index: number): void;
}

/** What is to be seen. */
export interface Shown {
  title: string;
  /** Which of the choices is on view. */
  choice: number;
  view: JobView | undefined;
  failure: Said | undefined;
  compare: boolean;
  editable: boolean;
  /** A word on what was just done. */
  done: string;
}

/** What the buttons depend on. */
interface Buttons {
  busy: boolean;
  finished: boolean;
  /** Whether the changes are on view. */
  compare: boolean;
  comparable: boolean;
  replaceable: boolean;
}

export class View {
  readonly surface: Surface;
  readonly result: Result;
  readonly #card = make("section", "surface card");
  readonly #name = make("h1", "name");
  readonly #doing = make("div");
  readonly #doingRow = make("div", "doing");
  readonly #spoken = make("div", "spoken");
  readonly #progress = make("progress");
  readonly #notes = make("ul", "notes");
  readonly #problem = new Problem(() => this.surface);
  readonly #select = make("select");
  readonly #cancel = button("Cancel");
  readonly #again = button("Try again");
  readonly #compare = button("Changes", "plain");
  readonly #copy = button("Copy");
  readonly #replace = button("Replace", "primary");

  readonly #original: string;
  readonly #labels: string[];

  constructor(original: string, choices: Choice[][], actions: Actions) {
    this.#original = original;
    this.#labels = choices.flat().map(({ label }) => label);
    this.result = new Result(original);
    this.surface = new Surface(this.#card, STYLE, (event) => this.#key(event, actions));
    this.#card.setAttribute("role", "dialog");
    this.#card.tabIndex = -1;
    const close = button("✕", "close");
    close.setAttribute("aria-label", "Close");
    const header = make("header");
    header.append(this.#name, close);
    this.#spoken.setAttribute("role", "status");
    this.#doingRow.append(this.#doing, this.#progress, this.#spoken);
    const footer = make("footer");
    footer.append(this.#select, this.#cancel, this.#again, this.#compare, this.#copy, this.#replace);
    const rest = [this.result.element, this.#notes, this.#problem.element, footer];
    this.#card.append(header, this.#doingRow, ...rest);

    this.#select.setAttribute("aria-label", "Do something else with this text");
    this.#select.append(...groups(choices));
    // Not composed: this event never leaves the shadow tree.
    this.#select.addEventListener("change", () => actions.choose(Number(this.#select.value)));
    this.surface.on(close, actions.close);
    this.surface.on(this.#cancel, actions.cancel);
    this.surface.on(this.#again, actions.again);
    this.surface.on(this.#compare, actions.compare);
    this.surface.on(this.#copy, actions.copy);
    this.surface.on(this.#replace, actions.replace);
  }

  get card(): HTMLElement {
    return this.#card;
  }

  /** Marks the choices that are out of reach with what they lack. */
  limit(lacks: (string | undefined)[]): void {
    this.#select.querySelectorAll("option").forEach((option, i) => {
      const lack = lacks[i];
      option.disabled = lack !== undefined;
      option.text = [this.#labels[i], lack && `(${lack})`].filter(Boolean).join(" ");
    });
  }

  draw({ title, choice, view, failure, compare, editable, done }: Shown): void {
    const state = failure ? "failed" : (view?.state.state ?? "queued");
    const busy = !failure && (!view || isActive(view));
    const finished = view?.state.state === "done";
    this.#card.dataset["state"] = state;
    this.#card.setAttribute("aria-label", `Sotto: ${title}`);
    this.#card.setAttribute("aria-busy", String(busy));
    setText(this.#name, title);
    this.#select.value = String(choice);

    const now = done || (failure ? "" : told(view));
    setText(this.#doing, now);
    this.#doingRow.classList.toggle("empty", now === "");
    setText(this.#spoken, finished && !done ? "Done" : announcement(now));
    if (view?.state.state === "done") {
      const { adapter, reason } = view.state.stats.device;
      this.#doing.title = reason ?? adapter;
    }
    this.#progress.hidden = !busy;
    const share = view?.progress?.fraction;
    if (share == null) this.#progress.removeAttribute("value");
    else this.#progress.value = share;

    if (view) this.result.draw(view, compare);
    this.result.element.hidden = failure !== undefined && !view?.sections.length;
    this.#drawNotes(failure ? undefined : view);
    this.#problem.show(failure);
    const changed = view?.state.state === "done" && view.state.text.trim() !== this.#original.trim();
    // A translation has no word in common with its original.
    const comparable = changed && view.task.task === "rewrite";
    this.#buttons({ busy, finished, compare, comparable, replaceable: editable && changed });
  }

  #drawNotes(view: JobView | undefined): void {
    const notes = view ? notesOn(view) : [];
    const known = [...this.#notes.children].map(({ textContent }) => textContent);
    this.#notes.hidden = notes.length === 0;
    if (known.length === notes.length && notes.every(({ text }, i) => text === known[i])) return;
    this.#notes.replaceChildren(...notes.map(({ kind, text }) => make("li", kind, text)));
  }

  #buttons(now: Buttons): void {
    const { focused } = this.surface;
    this.#cancel.hidden = !now.busy;
    this.#again.hidden = now.busy || now.finished;
    this.#compare.hidden = !now.comparable;
    this.#compare.setAttribute("aria-pressed", String(now.compare));
    this.#copy.hidden = !now.finished;
    this.#copy.classList.toggle("primary", !now.replaceable);
    this.#replace.hidden = !now.replaceable;
    // A hidden button loses the focus: it goes to the one that took its place.
    if (focused instanceof HTMLButtonElement && focused.hidden) this.focus();
  }

  /** Puts the focus on what is most likely wanted next. */
  focus(): void {
    const next = [this.#replace, this.#copy, this.#cancel, this.#again].find(({ hidden }) => !hidden);
    (next ?? this.#card).focus({ preventScroll: true });
  }

  #key(event: KeyboardEvent, actions: Actions): void {
    if (event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      actions.close();
    } else if (event.key === "Tab") {
      this.#tab(event);
    }
  }

  /** Keeps the focus inside: the page's own order knows no place for the card. */
  #tab(event: KeyboardEvent): void {
    const all = [...this.#card.querySelectorAll<HTMLElement>("button, select, [tabindex='0']")];
    const stops = all.filter((element) => element.checkVisibility());
    const [first, last] = [stops[0], stops.at(-1)];
    const { focused } = this.surface;
    const [edge, target] = event.shiftKey ? [first, last] : [last, first];
    if (focused !== edge && focused !== this.#card) return;
    event.preventDefault();
    target?.focus();
  }
}

/** The choices as a list's options, numbered through. */
function groups(choices: Choice[][]): HTMLOptGroupElement[] {
  let number = 0;
  return choices.map((list, i) => {
    const group = make("optgroup");
    group.label = i === 0 ? "Rewrite" : "Translate";
    group.append(...list.map(({ label }) => new Option(label, String(number++))));
    return group;
  });
}
