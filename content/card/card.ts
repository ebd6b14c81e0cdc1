// A card: the jobs done on one selection, one after the other.

import type { JobId, Offer, Task } from "../../offscreen/protocol/protocol";
import { sendCommand } from "../../offscreen/view/command";
import { isActive } from "../../offscreen/view/fold";
import { JobFollower } from "../../offscreen/view/follow";
import type { CardSetup } from "../../offscreen/view/injected";
import { message, plural } from "../../offscreen/view/messages";
import { newJob } from "../../offscreen/view/new_job";
import { explainReplaceError, NOT_UNDONE } from "../../offscreen/view/replacement";
import { document } from "../page/dom";
import type { ReadSelection } from "../selection/read";
import { boxIn } from "../surface/room";
import { copy } from "./copy";
import { missingModel, sameTask, taskOptions } from "./options";
import { positionCard } from "./position";
import { type CardState, CardView } from "./view";

/** Pause between two drawings of a text that is being written. */
const FRAME_MS = 40;
/** How long "Copied" stands. */
const MESSAGE_MS = 2000;

export class Card {
  readonly #setup: CardSetup;
  readonly #selection: ReadSelection | undefined;
  readonly #options;
  readonly #view: CardView;
  readonly #state: CardState;
  readonly #focusedBefore = document.activeElement;
  #follower: JobFollower | undefined;
  /** Counts what was started: an answer that comes for an earlier one is not wanted any more. */
  #attempt = 0;
  #job: JobId | undefined;
  #drawing: ReturnType<typeof setTimeout> | undefined;

  constructor(setup: CardSetup, selection: ReadSelection | undefined) {
    this.#setup = setup;
    this.#selection = selection;
    const { rewrite, translate } = taskOptions(setup.task, setup.to, setup.wishes);
    this.#options = [...rewrite, ...translate];
    const selected = this.#options.findIndex(({ task }) => sameTask(task, setup.task));
    const editable = selection?.place.editable ?? false;
    this.#state = {
      title: "",
      selected,
      view: undefined,
      failure: undefined,
      compare: false,
      editable,
      undoable: false,
      message: "",
    };
    this.#view = new CardView(selection?.place.text ?? "", [rewrite, translate], {
      close: () => this.close(),
      cancel: () => this.#cancel(),
      retry: () => void this.#start(),
      replace: () => void this.#replace(),
      undo: () => void this.#undo(),
      copy: () => void this.#copy(),
      compare: () => this.#compare(),
      choose: (index) => {
        this.#state.selected = index;
        void this.#start();
      },
    });
  }

  open(): void {
    const { surface, card } = this.#view;
    surface.open();
    void this.#start();
    const position = (): void => {
      const about = this.#selection?.place.box();
      positionCard(card, about && boxIn(surface.view, about));
    };
    position();
    surface.view.addEventListener("resize", position, { signal: surface.signal });
    window.addEventListener("pagehide", () => this.close(), { signal: surface.signal });
    window.addEventListener("keydown", (event) => this.#view.handleOutsideKey(event), {
      capture: true,
      signal: surface.signal,
    });
    // A field may close when it loses the focus: the card takes it when it is asked to.
    if (!this.#selection?.place.editable) this.#view.focus();
  }

  /** What it can do with the text. */
  get tasks(): Task[] {
    return this.#options.map(({ task }) => task);
  }

  /** Marks which of its tasks no model that is there can do. */
  setOffers(offers: Offer[]): void {
    this.#view.setMissing(this.#options.map((_, i) => missingModel(offers[i])));
  }

  /** Stops what is under way, closes, and gives the page its focus back. */
  close(): void {
    this.#abandon();
    clearTimeout(this.#drawing);
    const { surface } = this.#view;
    const hadFocus = surface.focused !== null;
    surface.close();
    if (!hadFocus) return;
    if (this.#selection?.place.editable) this.#selection.place.focus();
    else if (this.#focusedBefore instanceof HTMLElement) this.#focusedBefore.focus({ preventScroll: true });
  }

  get #task(): Task {
    return this.#options[this.#state.selected]?.task ?? this.#setup.task;
  }

  async #start(): Promise<void> {
    this.#abandon();
    const attempt = this.#attempt;
    const title = this.#options[this.#state.selected]?.label ?? "Sotto";
    const fresh = { view: undefined, failure: undefined, compare: false, undoable: false, message: "" };
    Object.assign(this.#state, { title, ...fresh });
    this.#view.result.clear();
    this.#draw();
    const { choice } = this.#setup;
    const reply = await sendCommand({
      type: "run",
      job: newJob(),
      tab: undefined,
      task: this.#task,
      scope: "selection",
      choice,
      model: undefined,
    });
    if (attempt !== this.#attempt) {
      // Nobody waits for it.
      if (reply.type === "started") void sendCommand({ type: "cancel", job: reply.job });
      return;
    }
    if (reply.type === "started") {
      this.#follow(reply.job);
    } else if (reply.type === "failed") {
      this.#state.failure = reply.failure;
      this.#draw();
    }
  }

  #follow(job: JobId): void {
    this.#job = job;
    this.#follower = new JobFollower(
      job,
      (view) => {
        this.#state.view = view;
        if (view.state.state === "failed") this.#state.failure = view.state.failure;
        if (isActive(view)) this.#drawing ??= setTimeout(() => this.#draw(), FRAME_MS);
        else this.#draw();
      },
      (failure) => {
        this.#state.failure = failure;
        this.#draw();
      },
    );
  }

  /** Stops what is under way; what still comes of it is not wanted. */
  #abandon(): void {
    this.#attempt += 1;
    const { view } = this.#state;
    if (!view || isActive(view)) this.#follower?.cancel();
    this.#follower?.close();
    this.#follower = undefined;
  }

  #cancel(): void {
    if (this.#follower) {
      this.#follower.cancel();
      return;
    }
    // The background has not answered yet: when it does, the job is stopped.
    this.#attempt += 1;
    this.#state.failure = { message: message("cancelledSentence"), remedy: "" };
    this.#draw();
  }

  async #replace(): Promise<void> {
    const { view } = this.#state;
    if (view?.state.state !== "done" || this.#job === undefined) return;
    const error = await globalThis.sottoAccept?.(this.#job, view.state.text);
    if (error) {
      this.#state.failure = explainReplaceError(error);
      this.#state.editable = false;
      this.#draw();
      this.#view.focus();
      return;
    }
    this.#abandon();
    const undos = this.#selection?.place.undos ?? 1;
    if (undos <= 1) {
      this.#view.surface.close();
      return;
    }
    // The page would undo it place by place.
    this.#state.undoable = true;
    this.#state.message = plural("replacedInPlaces", undos);
    this.#draw();
  }

  /** Brings back what was replaced. */
  async #undo(): Promise<void> {
    if (await this.#selection?.place.undo()) {
      this.#view.surface.close();
      return;
    }
    this.#state.undoable = false;
    this.#state.editable = false;
    this.#state.failure = NOT_UNDONE;
    this.#draw();
  }

  async #copy(): Promise<void> {
    const { view } = this.#state;
    if (view?.state.state !== "done") return;
    const copied = await copy(view.state.text, this.#view.card);
    this.#showMessage(message(copied ? "copied" : "copyingForbidden"));
  }

  #compare(): void {
    this.#state.compare = !this.#state.compare;
    this.#draw();
  }

  #showMessage(text: string): void {
    this.#state.message = text;
    this.#draw();
    setTimeout(() => {
      this.#state.message = "";
      this.#draw();
    }, MESSAGE_MS);
  }

  #draw(): void {
    clearTimeout(this.#drawing);
    this.#drawing = undefined;
    this.#view.draw(this.#state);
  }
}
