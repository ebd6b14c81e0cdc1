// Draws the state. Everything on screen is a function of it.

import type { JobView } from "../offscreen/protocol/protocol";
import { setText } from "../offscreen/view/elements";
import { isActive } from "../offscreen/view/fold";
import { message, plural } from "../offscreen/view/messages";
import { gettingOf } from "../offscreen/view/offers";
import { shape } from "../offscreen/view/shape";
import { Announcer } from "./announcer";
import type { Controls } from "./controls";
import { copyText } from "./copy";
import { byId } from "./dom";
import type { HabitControls } from "./habits";
import { hint, RESULTS, runLabel } from "./names";
import { Notes } from "./notes";
import type { Offers } from "./offers";
import type { Output } from "./output";
import type { Questions } from "./questions";
import { chosenServer, current, failure, phase, type State } from "./state";
import * as words from "./words";

/** Characters of the selection that are shown. */
const EXCERPT = 60;

export class PopupView {
  readonly #controls: Controls;
  readonly #offers: Offers;
  readonly #output: Output;
  readonly #questions: Questions;
  readonly #habits: HabitControls;
  readonly #notes = new Notes();
  readonly #announcer = new Announcer();
  readonly #title = byId("title");
  readonly #run = byId<HTMLButtonElement>("run");
  readonly #cancel = byId<HTMLButtonElement>("cancel");
  readonly #apply = byId<HTMLButtonElement>("apply");
  readonly #changes = byId<HTMLButtonElement>("changes");
  readonly #copy = byId<HTMLButtonElement>("copy");
  readonly #progress = byId<HTMLProgressElement>("progress");

  constructor(controls: Controls, offers: Offers, output: Output, questions: Questions, habits: HabitControls) {
    this.#controls = controls;
    this.#offers = offers;
    this.#output = output;
    this.#questions = questions;
    this.#habits = habits;
  }

  draw(state: State): void {
    const job = current(state);
    const now = phase(state);
    const busy = now === "queued" || now === "running";
    const { mode } = state.settings;
    document.body.dataset["state"] = now;
    document.body.dataset["mode"] = mode;
    if (job?.state.state === "done") document.body.dataset["stats"] = JSON.stringify(job.state.stats);
    else delete document.body.dataset["stats"];

    setText(this.#title, job?.title || state.page?.title || message("thisPage"));
    this.#title.title = this.#title.textContent ?? "";
    setText(byId("belongs"), words.belongs(state));
    byId("belongs").hidden = words.belongs(state) === "";
    const obstacle = this.#offers.draw(state, this.#controls.oneTime());
    this.#habits.draw(state, this.#controls.oneTime());
    this.#drawActions(state, job, obstacle);
    this.#drawSelection(state);

    setText(byId("status"), now === "idle" && obstacle !== undefined ? obstacle : words.status(state));
    const share = words.fraction(state);
    if (!busy) this.#progress.value = 0;
    else if (share !== undefined) this.#progress.value = share;

    this.#drawFailure(state);
    byId("result").setAttribute("aria-label", job ? RESULTS[job.task.task] : message("result"));
    setText(byId("provenance"), words.provenance(state));
    this.#output.draw(job, this.#changes.getAttribute("aria-pressed") === "true");
    this.#questions.draw(state);
    this.#notes.draw(job);
    setText(byId("hint"), hint(mode, chosenServer(state)));
    setText(byId("device"), words.device(state));
    byId("device").title = words.device(state);
    setText(byId("facts"), words.facts(state));
    this.#focus(busy);
    this.#announcer.update(state);
  }

  #drawActions(state: State, job: JobView | undefined, obstacle: string | undefined): void {
    const now = phase(state);
    const again = now === "done" || now === "cancelled";
    setText(this.#run, runLabel(state.settings.mode, scopeOf(state, this.#controls), again, now === "failed"));
    this.#run.disabled = obstacle !== undefined;
    this.#run.title = obstacle ?? "";

    const label = applyLabel(state, job);
    this.#apply.hidden = label === undefined;
    if (label !== undefined) setText(this.#apply, label);
    this.#apply.disabled = job !== undefined && state.applied.has(job.job);

    this.#copy.disabled = copyText(job) === "";
    const comparable = job?.task.task === "rewrite" && !isActive(job) && job.sections.some(({ source }) => source);
    this.#changes.hidden = !comparable;
  }

  /** What of the page's selection would be worked on. */
  #drawSelection(state: State): void {
    const place = byId("selection");
    const selection = state.page?.selection;
    place.hidden = selection === undefined || scopeOf(state, this.#controls) === "page";
    if (selection === undefined) return;
    const words = selection.text.split(/\s+/u).filter(Boolean).length;
    const excerpt = selection.text.replaceAll(/\s+/gu, " ");
    const shown = excerpt.length > EXCERPT ? `${excerpt.slice(0, EXCERPT).trimEnd()}…` : excerpt;
    setText(place, words === 0 ? message("nothingSelected") : `${plural("words", words)}: “${shown}”`);
  }

  #drawFailure(state: State): void {
    const failed = failure(state);
    byId("error").hidden = !failed;
    setText(byId("error-message"), failed?.message ?? "");
    setText(byId("error-remedy"), failed?.remedy ?? "");
    const get = byId("error-get");
    const model = failed?.model ?? undefined;
    get.hidden = model === undefined;
    get.dataset["model"] = model ?? "";
    const card = state.models?.find(({ id }) => id === model);
    setText(get, card ? gettingOf(card) : message("openModels"));
  }

  /** The buttons that start and stop share a place: the focus moves with whichever is there. */
  #focus(busy: boolean): void {
    const [gone, here] = busy ? [this.#run, this.#cancel] : [this.#cancel, this.#run];
    if (document.activeElement === gone) here.focus();
  }
}

/** What of the page the next job is to work on. */
export function scopeOf({ settings: { mode } }: State, controls: Controls): "page" | "selection" {
  switch (mode) {
    case "summarize":
    case "ask":
      return "page";
    case "rewrite":
      return "selection";
    case "translate":
      return controls.oneTime().scope;
    default:
      return mode satisfies never;
  }
}

/** What can be done with a result on its page, if anything. */
function applyLabel(state: State, job: JobView | undefined): string | undefined {
  if (!job || isActive(job)) return undefined;
  const applied = state.applied.has(job.job);
  const isDone = job.state.state === "done";
  if (shape(job) === "blocks") {
    if (!isDone && job.sections.length === 0) return undefined;
    return message(applied ? "originalShown" : "showOriginal");
  }
  const replaces = isDone && job.subject.subject === "selection" && job.subject.editable;
  return replaces ? message(applied ? "replaced" : "replace") : undefined;
}
