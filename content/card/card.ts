// A card: the jobs done on one selection, one after the other.
import type { JobId, ModelCard, ModelId, Task } from "../../offscreen/protocol/protocol";
import type { CardSetup } from "../globals";
import { isActive } from "../../offscreen/view/fold";
import { command } from "../../offscreen/view/command";
import { Following } from "../../offscreen/view/follow";
import { explain } from "../../offscreen/view/replacement";
import type { Read } from "../selection/read";
import { choices, lacking, same } from "./choices";
import { copy } from "./copy";
import { place } from "./position";
import { View, type Shown } from "./view";

/** Pause between two drawings of a text that is being written. */
const FRAME_MS = 40;
/** How long "Copied" is to be read. */
const SAID_MS = 2000;

export class Card {
  readonly #setup: CardSetup;
  readonly #read: Read | undefined;
  readonly #choices;
  readonly #view: View;
  readonly #shown: Shown;
  readonly #before = document.activeElement;
  #following: Following | undefined;
  /** Counts what was started: an answer that comes for an earlier one is not wanted any more. */
  #attempt = 0;
  #job: JobId | undefined;
  #drawing: ReturnType<typeof setTimeout> | undefined;

  /** `read` is what is selected. */
  constructor(setup: CardSetup, read: Read | undefined) {
    this.#setup = setup;
    this.#read = read;
    const { rewrite, translate } = choices(setup.task, setup.to);
    this.#choices = [...rewrite, ...translate];
    const choice = this.#choices.findIndex(({ task }) => same(task, setup.task));
    const editable = read?.place.editable ?? false;
    this.#shown = { title: "", choice, view: undefined, failure: undefined, compare: false, editable, done: "" };
    this.#view = new View(read?.place.text ?? "", [rewrite, translate], {
      close: () => this.close(),
      cancel: () => this.#cancel(),
      again: () => void this.#start(),
      replace: () => void this.#replace(),
      copy: () => void this.#copy(),
      compare: () => this.#compare(),
      choose: (index) => {
        this.#shown.choice = index;
        void this.#start();
      },
    });
  }

  open(): void {
    const { surface, card } = this.#view;
    surface.open();
    void this.#start();
    const stand = (): void => place(card, this.#read?.place.box());
    stand();
    window.addEventListener("resize", stand, { signal: surface.signal });
    window.addEventListener("pagehide", () => this.close(), { signal: surface.signal });
    this.#view.focus();
  }

  /** Marks what no model that is there can do. */
  offer(models: ModelCard[], chosen: Partial<Record<Task["task"], ModelId>>): void {
    this.#view.limit(this.#choices.map(({ task }) => lacking(task, models, chosen)));
  }

  /** Stops what is under way, closes, and gives the page its focus back. */
  close(): void {
    this.#leave();
    clearTimeout(this.#drawing);
    this.#view.surface.close();
    if (this.#read?.place.editable) this.#read.place.focus();
    else if (this.#before instanceof HTMLElement) this.#before.focus({ preventScroll: true });
  }

  get #task(): Task {
    return this.#choices[this.#shown.choice]?.task ?? this.#setup.task;
  }

  async #start(): Promise<void> {
    this.#leave();
    const attempt = this.#attempt;
    const title = this.#choices[this.#shown.choice]?.label ?? "Sotto";
    Object.assign(this.#shown, { title, view: undefined, failure: undefined, compare: false, done: "" });
    this.#view.result.clear();
    this.#draw();
    const { choice } = this.#setup;
    const reply = await command({ type: "run", task: this.#task, scope: "selection", choice, model: undefined });
    if (attempt !== this.#attempt) {
      if (reply.type === "started") cancel(reply.job);
      return;
    }
    if (reply.type === "started") {
      this.#follow(reply.job);
    } else if (reply.type === "failed") {
      this.#shown.failure = reply.failure;
      this.#draw();
    }
  }

  #follow(job: JobId): void {
    this.#job = job;
    this.#following = new Following(
      job,
      (view) => {
        this.#shown.view = view;
        if (view.state.state === "failed") this.#shown.failure = view.state.failure;
        if (isActive(view)) this.#drawing ??= setTimeout(() => this.#draw(), FRAME_MS);
        else this.#draw();
      },
      (failure) => {
        this.#shown.failure = failure;
        this.#draw();
      },
    );
  }

  /** Stops what is under way and turns away from it. */
  #leave(): void {
    this.#attempt += 1;
    const { view } = this.#shown;
    if (!view || isActive(view)) this.#following?.cancel();
    this.#following?.close();
    this.#following = undefined;
  }

  #cancel(): void {
    if (this.#following) {
      this.#following.cancel();
      return;
    }
    // The background has not answered yet: when it does, the job is stopped.
    this.#attempt += 1;
    this.#shown.failure = { message: "Cancelled.", remedy: "" };
    this.#draw();
  }

  async #replace(): Promise<void> {
    const { view } = this.#shown;
    if (view?.state.state !== "done" || this.#job === undefined) return;
    const problem = await globalThis.sottoAccept?.(this.#job, view.state.text);
    if (problem) {
      this.#shown.failure = explain(problem);
      this.#shown.editable = false;
      this.#draw();
      this.#view.focus();
      return;
    }
    this.#leave();
    this.#view.surface.close();
  }

  async #copy(): Promise<void> {
    const { view } = this.#shown;
    if (view?.state.state !== "done") return;
    const copied = await copy(view.state.text, this.#view.card);
    this.#say(copied ? "Copied" : "The page does not allow copying: select the text and copy it yourself.");
  }

  #compare(): void {
    this.#shown.compare = !this.#shown.compare;
    this.#draw();
  }

  #say(words: string): void {
    this.#shown.done = words;
    this.#draw();
    setTimeout(() => {
      this.#shown.done = "";
      this.#draw();
    }, SAID_MS);
  }

  #draw(): void {
    clearTimeout(this.#drawing);
    this.#drawing = undefined;
    this.#view.draw(this.#shown);
  }
}

/** Stops a job nobody waits for. */
function cancel(job: JobId): void {
  new Following(job, () => undefined, () => undefined).cancel();
}
