// The controls: the reader's choices on screen.

import type { BackendChoice, RewriteOptions, Scope, SummaryLength, SummaryType } from "../offscreen/protocol/protocol";
import type { Mode, Settings } from "../offscreen/view/settings";
import { byId } from "./dom";

/** What is chosen for this time only. */
export interface OneTimeOptions {
  scope: Scope;
  /** The language of the text; what is detected, when undefined. */
  from: string | undefined;
  /** What is asked, possibly nothing. */
  question: string;
}

export class Controls {
  readonly form = byId<HTMLFormElement>("task");
  readonly #choice = byId<HTMLSelectElement>("choice");
  readonly #instruction = byId<HTMLInputElement>("instruction");
  readonly #question = byId<HTMLInputElement>("question");
  readonly #from = byId<HTMLSelectElement>("from");
  readonly #to = byId<HTMLSelectElement>("to");

  /** Calls back on every change the reader makes; with each letter of the free instruction and of a question too. */
  constructor(changed: (part: EventTarget | null) => void) {
    this.form.addEventListener("change", ({ target }) => changed(target));
    this.#instruction.addEventListener("input", ({ target }) => changed(target));
    this.#question.addEventListener("input", ({ target }) => changed(target));
    this.#choice.addEventListener("change", ({ target }) => changed(target));
  }

  /** What is remembered. The models, the wishes that are kept and the history are chosen elsewhere. */
  read(): Omit<Settings, "models" | "wishes" | "keepsHistory"> {
    const radio = (name: string): string => this.#radio(name)?.value ?? "";
    const instruction = this.#instruction.value.trim();
    return {
      mode: radio("mode") as Mode,
      summaryType: radio("summaryType") as SummaryType,
      length: radio("length") as SummaryLength,
      choice: this.#choice.value as BackendChoice,
      rewrite: {
        goal: radio("goal") as NonNullable<RewriteOptions["goal"]>,
        length: radio("rewriteLength") as NonNullable<RewriteOptions["length"]>,
        tone: radio("tone") as NonNullable<RewriteOptions["tone"]>,
        instruction: instruction === "" ? undefined : instruction,
      },
      to: this.#to.value,
    };
  }

  oneTime(): OneTimeOptions {
    return {
      scope: this.#radio("scope")?.value as Scope,
      from: this.#from.value || undefined,
      question: this.#question.value.trim(),
    };
  }

  /** Sets the controls. The languages must have been listed. */
  show({ mode, summaryType, length, choice, rewrite, to }: Settings): void {
    this.#check("mode", mode);
    this.#check("summaryType", summaryType);
    this.#check("length", length);
    this.#check("goal", rewrite.goal ?? "as-is");
    this.#check("rewriteLength", rewrite.length ?? "as-is");
    this.#check("tone", rewrite.tone ?? "as-is");
    this.#instruction.value = rewrite.instruction ?? "";
    this.#choice.value = choice;
    this.#to.value = to;
  }

  /** Makes room for the next question: the one that was asked stands above its answer. */
  clearQuestion(): void {
    this.#question.value = "";
  }

  setMode(mode: Mode): void {
    this.#check("mode", mode);
  }

  setScope(scope: Scope): void {
    this.#check("scope", scope);
  }

  #radio(name: string): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`);
  }

  #check(name: string, value: string): void {
    const radio = this.form.querySelector<HTMLInputElement>(`input[name="${name}"][value="${value}"]`);
    if (radio) radio.checked = true;
  }
}
