// Translates what comes to a page after it was translated: what is opened, loaded, or written anew.

import type { Failure, JobView } from "../../offscreen/protocol/protocol";
import { sendCommand } from "../../offscreen/view/command";
import { isActive } from "../../offscreen/view/fold";
import { JobFollower } from "../../offscreen/view/follow";
import type { TranslationSetup } from "../../offscreen/view/injected";
import { newJob } from "../../offscreen/view/new_job";
import type { Translation } from "./translation";

/** Time that a page has to come to rest. */
const REST_MS = 300;
/** Of the time at most one part in so many is spent on looking for something new. */
const LOOKING_SHARE = 10;
/** A page that never ends is followed so far. */
const BLOCKS_LIMIT = 4000;
/** Jobs in a row that come to nothing. */
const FAILURES_LIMIT = 3;

export class Follow {
  readonly #translation: Translation;
  readonly #setup: TranslationSetup;
  readonly #hasMore: () => boolean;
  readonly #onEnd: (failure: Failure) => void;
  #follower: JobFollower | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  #stirred = false;
  #isStopped = false;
  #costMs = 0;
  #blocks = 0;
  #failures = 0;

  /** `hasMore` looks whether there is anything to ask for; `onEnd` is told why nothing is followed any more. */
  constructor(
    translation: Translation,
    setup: TranslationSetup,
    hasMore: () => boolean,
    onEnd: (failure: Failure) => void,
  ) {
    this.#translation = translation;
    this.#setup = setup;
    this.#hasMore = hasMore;
    this.#onEnd = onEnd;
  }

  start(): void {
    this.#translation.onStir = () => this.#stir();
    document.addEventListener("visibilitychange", () => this.#stir());
    this.#stir();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#translation.onStir = () => undefined;
    this.#follower?.cancel();
  }

  #stir(): void {
    this.#stirred = true;
    if (this.#timer !== undefined || this.#isAsking || this.#isStopped) return;
    this.#timer = setTimeout(() => this.#look(), Math.max(REST_MS, this.#costMs * LOOKING_SHARE));
  }

  #look(): void {
    this.#timer = undefined;
    if (this.#translation.isOver || this.#blocks >= BLOCKS_LIMIT) {
      this.stop();
      return;
    }
    // Shown again, either stirs.
    if (!this.#translation.shown || document.visibilityState === "hidden") return;
    this.#stirred = false;
    const start = performance.now();
    const more = this.#hasMore();
    this.#costMs = performance.now() - start;
    if (more) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    const { from, to, choice, model } = this.#setup;
    const task = { task: "translate", from, to } as const;
    const job = newJob();
    const reply = await sendCommand({ type: "run", job, tab: undefined, task, scope: "page", choice, model });
    if (this.#isStopped) return;
    if (reply.type === "failed") {
      this.stop();
      this.#onEnd(reply.failure);
    } else if (reply.type === "started") {
      this.#blocks += this.#translation.size(reply.job);
      this.#follower = new JobFollower(
        reply.job,
        (view) => this.#update(view),
        (failure) => this.#ended(failure),
      );
    } else {
      // What was new has gone again.
      this.#ended(undefined);
    }
  }

  #update(view: JobView): void {
    this.#translation.update(view);
    if (!isActive(view)) this.#ended(view.state.state === "failed" ? view.state.failure : undefined);
  }

  #ended(failure: Failure | undefined): void {
    this.#isAsking = false;
    this.#follower = undefined;
    this.#failures = failure ? this.#failures + 1 : 0;
    if (failure && this.#failures >= FAILURES_LIMIT) {
      this.stop();
      this.#onEnd(failure);
    } else if (this.#stirred) {
      this.#stir();
    }
  }
}
