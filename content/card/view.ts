// The card's elements.

import type { JobView } from "../../offscreen/protocol/protocol";
import { make, setText } from "../../offscreen/view/elements";
import { isActive } from "../../offscreen/view/fold";
import { message } from "../../offscreen/view/messages";
import { notesOn } from "../../offscreen/view/notes";
import { announcement, shortageText, statusText } from "../../offscreen/view/words";
import { FailureBox, type FailureText } from "../surface/failure";
import { roomyWindow } from "../surface/room";
import { button, Surface } from "../surface/surface";
import type { TaskOption } from "./options";
import { Result } from "./result";
import { STYLE } from "./style";

export interface Actions {
  close(): void;
  cancel(): void;
  retry(): void;
  replace(): void;
  undo(): void;
  copy(): void;
  compare(): void;
  choose(index: number): void;
}

export interface CardState {
  title: string;
  /** Index of the option on view. */
  selected: number;
  view: JobView | undefined;
  failure: FailureText | undefined;
  compare: boolean;
  editable: boolean;
  /** Whether the text was replaced, and Sotto can bring the old one back. */
  undoable: boolean;
  /** A word on what was just done; empty, the job's status stands there. */
  message: string;
}

/** What decides which buttons there are. */
interface Buttons {
  busy: boolean;
  finished: boolean;
  /** Whether the changes are on view. */
  compare: boolean;
  comparable: boolean;
  replaceable: boolean;
  undoable: boolean;
}

export class CardView {
  readonly surface: Surface;
  readonly result: Result;
  readonly #card = make("section", "surface card");
  readonly #name = make("h1", "name");
  readonly #status = make("div");
  readonly #statusRow = make("div", "doing");
  readonly #spoken = make("div", "spoken");
  readonly #progress = make("progress");
  readonly #notes = make("ul", "notes");
  readonly #failureBox = new FailureBox(() => this.surface);
  readonly #select = make("select");
  readonly #cancel = button(message("cancel"));
  readonly #retry = button(message("tryAgain"));
  readonly #compare = button(message("changes"), "plain");
  readonly #copy = button(message("copy"));
  readonly #replace = button(message("replace"), "primary");
  readonly #undo = button(message("undo"), "primary");

  readonly #original: string;
  readonly #labels: string[];
  readonly #close: () => void;

  constructor(original: string, options: TaskOption[][], actions: Actions) {
    this.#original = original;
    this.#close = () => actions.close();
    this.#labels = options.flat().map(({ label }) => label);
    this.result = new Result(original);
    this.surface = new Surface(this.#card, STYLE, (event) => this.#handleKey(event, actions), roomyWindow());
    this.#card.setAttribute("role", "dialog");
    this.#card.tabIndex = -1;
    const close = button("✕", "close");
    close.setAttribute("aria-label", message("close"));
    const header = make("header");
    header.append(this.#name, close);
    this.#spoken.setAttribute("role", "status");
    this.#statusRow.append(this.#status, this.#progress, this.#spoken);
    const footer = make("footer");
    footer.append(this.#select, this.#cancel, this.#retry, this.#compare, this.#copy, this.#replace, this.#undo);
    const rest = [this.result.element, this.#notes, this.#failureBox.element, footer];
    this.#card.append(header, this.#statusRow, ...rest);

    this.#select.setAttribute("aria-label", message("otherUse"));
    this.#select.append(...optionGroups(options));
    // Not composed: this event never leaves the shadow tree.
    this.#select.addEventListener("change", () => actions.choose(Number(this.#select.value)));
    this.surface.onClick(close, actions.close);
    this.surface.onClick(this.#cancel, actions.cancel);
    this.surface.onClick(this.#retry, actions.retry);
    this.surface.onClick(this.#compare, actions.compare);
    this.surface.onClick(this.#copy, actions.copy);
    this.surface.onClick(this.#replace, actions.replace);
    this.surface.onClick(this.#undo, actions.undo);
  }

  get card(): HTMLElement {
    return this.#card;
  }

  /** Disables the options that need a model that is not there, and says which. */
  setMissing(missing: (string | undefined)[]): void {
    this.#select.querySelectorAll("option").forEach((option, i) => {
      const needs = missing[i];
      option.disabled = needs !== undefined;
      option.text = [this.#labels[i], needs && `(${needs})`].filter(Boolean).join(" ");
    });
  }

  draw({ title, selected, view, failure, compare, editable, undoable, message: done }: CardState): void {
    const state = failure ? "failed" : (view?.state.state ?? "queued");
    const busy = !failure && (!view || isActive(view));
    const finished = view?.state.state === "done";
    this.#card.dataset["state"] = state;
    this.#card.setAttribute("aria-label", `Sotto: ${title}`);
    this.#card.setAttribute("aria-busy", String(busy));
    setText(this.#name, title);
    this.#select.value = String(selected);

    const status = done || (failure ? "" : statusText(view));
    setText(this.#status, status);
    this.#statusRow.classList.toggle("empty", status === "");
    setText(this.#spoken, finished && !done ? message("done") : announcement(status));
    if (view?.state.state === "done") {
      const { adapter, reason, shortage } = view.state.stats.device;
      this.#status.title = [reason, shortageText(shortage)].filter(Boolean).join(" ") || adapter;
    }
    this.#progress.hidden = !busy;
    const fraction = view?.progress?.fraction;
    if (fraction == null) this.#progress.removeAttribute("value");
    else this.#progress.value = fraction;

    if (view) this.result.draw(view, compare);
    this.result.element.hidden = failure !== undefined && !view?.sections.length;
    this.#drawNotes(failure ? undefined : view);
    this.#failureBox.show(failure);
    const changed = view?.state.state === "done" && view.state.text.trim() !== this.#original.trim();
    // A translation has no word in common with its original.
    const comparable = changed && view.task.task === "rewrite";
    this.#drawButtons({ busy, finished, compare, comparable, undoable, replaceable: editable && changed && !undoable });
  }

  #drawNotes(view: JobView | undefined): void {
    const notes = view ? notesOn(view) : [];
    const drawn = [...this.#notes.children].map(({ textContent }) => textContent);
    this.#notes.hidden = notes.length === 0;
    if (drawn.length === notes.length && notes.every(({ text }, i) => text === drawn[i])) return;
    this.#notes.replaceChildren(...notes.map(({ kind, text }) => make("li", kind, text)));
  }

  #drawButtons(buttons: Buttons): void {
    const { focused } = this.surface;
    this.#cancel.hidden = !buttons.busy;
    this.#retry.hidden = buttons.busy || buttons.finished;
    this.#compare.hidden = !buttons.comparable;
    this.#compare.setAttribute("aria-pressed", String(buttons.compare));
    this.#copy.hidden = !buttons.finished;
    this.#copy.classList.toggle("primary", !buttons.replaceable && !buttons.undoable);
    this.#replace.hidden = !buttons.replaceable;
    this.#undo.hidden = !buttons.undoable;
    // A hidden button loses the focus: it goes to the one that took its place.
    if (focused instanceof HTMLButtonElement && focused.hidden) this.focus();
  }

  /** Puts the focus on what is most likely wanted next. */
  focus(): void {
    const next = [this.#undo, this.#replace, this.#copy, this.#cancel, this.#retry].find(({ hidden }) => !hidden);
    (next ?? this.#card).focus({ preventScroll: true });
  }

  /** Of a key pressed while the page has the focus. */
  handleOutsideKey(event: KeyboardEvent): void {
    if (!event.isTrusted || event.isComposing || this.surface.focused) return;
    if (event.key === "Escape") this.#close();
    else if (event.key === "Tab") this.focus();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #handleKey(event: KeyboardEvent, actions: Actions): void {
    if (event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      actions.close();
    } else if (event.key === "Tab") {
      this.#handleTab(event);
    }
  }

  /** Keeps the focus inside: the page's own order knows no place for the card. */
  #handleTab(event: KeyboardEvent): void {
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
function optionGroups(options: TaskOption[][]): HTMLOptGroupElement[] {
  let number = 0;
  return options.map((list, i) => {
    const group = make("optgroup");
    group.label = message(i === 0 ? "rewrite" : "translate");
    group.append(...list.map(({ label }) => new Option(label, String(number++))));
    return group;
  });
}
