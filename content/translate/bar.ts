// The bar that goes with a page's translation: how far it is, and the way back.

import type { Failure, JobId, JobView } from "../../offscreen/protocol/protocol";
import { make, setText } from "../../offscreen/view/elements";
import { isActive } from "../../offscreen/view/fold";
import { JobFollower } from "../../offscreen/view/follow";
import type { TranslationSetup } from "../../offscreen/view/injected";
import { leftOutText } from "../../offscreen/view/left_out";
import { message, plural } from "../../offscreen/view/messages";
import { languageName } from "../../offscreen/view/names";
import { progressText, settledBlocks, statsText, writtenBy } from "../../offscreen/view/words";
import { FailureBox } from "../surface/failure";
import { button, Surface } from "../surface/surface";
import { Follow } from "./follow";
import { Peek } from "./peek";
import { STYLE } from "./style";
import type { Translation } from "./translation";

export class Bar {
  readonly translation: Translation;
  readonly #direction: TranslationSetup;
  readonly #job: JobId;
  readonly #follower: JobFollower;
  readonly #follow: Follow;
  readonly #peek: Peek;
  readonly #surface: Surface;
  readonly #body = make("section", "surface bar");
  readonly #name = make("div", "name");
  readonly #detail = make("div", "detail");
  readonly #spoken = make("div", "spoken");
  readonly #progress = make("progress");
  readonly #failureBox = new FailureBox(() => this.#surface);
  readonly #cancel = button(message("cancel"));
  readonly #beside = button(message("sideBySide"));
  readonly #toggle = button(message("showOriginal"));
  #view: JobView | undefined;
  #failure: Failure | undefined;

  /** `hasMore` looks whether something has come to the page that has to be asked for. */
  constructor(job: JobId, translation: Translation, setup: TranslationSetup, hasMore: () => boolean) {
    this.translation = translation;
    this.#job = job;
    this.#direction = setup;
    this.#follow = new Follow(translation, setup, hasMore, (failure) => this.#fail(failure));
    this.#peek = new Peek(translation);
    const close = button("✕", "close");
    close.setAttribute("aria-label", message("close"));
    const row = make("div", "row");
    row.append(this.#name, this.#cancel, this.#beside, this.#toggle, close);
    this.#spoken.setAttribute("role", "status");
    this.#body.setAttribute("role", "region");
    this.#body.setAttribute("aria-label", message("translationOfPage"));
    this.#body.append(row, this.#detail, this.#progress, this.#failureBox.element, this.#spoken);
    this.#surface = new Surface(this.#body, STYLE, (event) => {
      if (event.key === "Escape") this.close();
    });
    this.#surface.onClick(this.#cancel, () => this.#follower.cancel());
    this.#surface.onClick(this.#beside, () => {
      translation.setBeside(!translation.beside);
      this.#draw();
    });
    this.#surface.onClick(this.#toggle, () => this.toggle());
    this.#surface.onClick(close, () => this.close());
    this.#follower = new JobFollower(
      job,
      (view) => this.#update(view),
      (failure) => this.#fail(failure),
    );
  }

  open(): void {
    this.#surface.open();
    // Nobody will see what is translated on a page that is left.
    window.addEventListener("pagehide", () => {
      this.#follower.cancel();
      this.#follow.stop();
    });
    this.#draw();
  }

  /**
   * Takes the bar away; what is under way is stopped, what has been translated stays. A page that
   * was translated whole is so further on.
   */
  close(): void {
    if (!this.#view || isActive(this.#view)) this.#follower.cancel();
    this.#peek.stop();
    this.#surface.close();
  }

  /** Shows the original instead of the translation, or the other way round. */
  toggle(): void {
    this.translation.show(!this.translation.shown);
    this.#draw();
  }

  #update(view: JobView): void {
    this.#view = view;
    if (view.state.state === "failed") this.#failure = view.state.failure;
    this.translation.update(view);
    if (view.state.state === "done") this.#follow.start();
    this.#draw();
  }

  #fail(failure: Failure): void {
    this.#failure = failure;
    this.#draw();
  }

  #draw(): void {
    const view = this.#view;
    const state = this.#failure ? "failed" : (view?.state.state ?? "queued");
    const busy = state === "queued" || state === "running";
    this.#body.dataset["state"] = state;
    setText(this.#name, this.translation.shown ? this.#directionText("fromTo") : message("originalText"));
    setText(this.#detail, this.#detailText(view, busy));
    setText(this.#spoken, this.#announcement(busy));
    this.#cancel.hidden = !busy;
    this.#toggle.hidden = busy || !this.translation.started;
    this.#beside.hidden = this.#toggle.hidden || !this.translation.shown;
    this.#beside.setAttribute("aria-pressed", String(this.translation.beside));
    setText(this.#toggle, message(this.translation.shown ? "showOriginal" : "showTranslation"));
    this.#progress.hidden = !busy;
    const fraction = this.#fraction(view);
    if (fraction === undefined) this.#progress.removeAttribute("value");
    else this.#progress.value = fraction;
    this.#failureBox.show(this.#failure);
  }

  #directionText(key: "fromTo" | "fromInto"): string {
    const to = languageName(this.#direction.to);
    const { from } = this.#direction;
    return from == null ? message("toLanguage", { language: to }) : message(key, { from: languageName(from), to });
  }

  /** What is said once of each stage. */
  #announcement(busy: boolean): string {
    if (busy) return message("translatingPage", { direction: this.#directionText("fromInto") });
    if (this.#view?.state.state === "done")
      return message(this.translation.shown ? "translationShown" : "originalShown");
    return this.#failure ? "" : message("translationCancelled");
  }

  #detailText(view: JobView | undefined, busy: boolean): string {
    const progress = view?.progress;
    if (busy && progress && (progress.phase === "installing" || progress.phase === "loading")) {
      return progressText(progress, view);
    }
    const [done, kept] = this.#counts(view);
    const reached = plural("blocksOf", this.translation.size(this.#job), { done });
    if (busy) return done === 0 ? message("starting") : reached;
    const ended = view?.state.state === "cancelled" ? message("cancelledAfter", { blocks: reached }) : reached;
    const lines = [view?.state.state === "done" ? statsText(view.state.stats, view.server) : ended];
    if (view?.server && view.state.state !== "done") lines.push(writtenBy(view.server));
    if (kept > 0) lines.push(plural("blocksInOriginal", kept));
    if (view) lines.push(...leftOutText(view));
    if (this.translation.shown && done > 0) lines.push(message("holdShift"));
    return lines.join("\n");
  }

  #fraction(view: JobView | undefined): number | undefined {
    const loading = view?.progress?.phase === "installing" || view?.progress?.phase === "loading";
    if (loading) return view?.progress?.fraction ?? undefined;
    const [done] = this.#counts(view);
    return done === 0 ? undefined : done / this.translation.size(this.#job);
  }

  /** Blocks that are finished, and those of them with words that could not be translated. */
  #counts(view: JobView | undefined): [number, number] {
    const kept = view?.sections.filter(({ note }) => note != null) ?? [];
    return [(view && settledBlocks(view)?.done) ?? 0, kept.length];
  }
}
