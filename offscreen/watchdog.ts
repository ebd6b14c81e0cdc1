// Sees whether the engine's worker still hears: it answers a ping between any two pieces of its
// work. Time is counted in turns of this document's own timer, not by the clock: a machine that
// slept has not made anybody deaf.

import type { Alive } from "./protocol/channels";
import type { JobId } from "./protocol/protocol";

const TURN_MS = 1000;

/**
 * Turns without an answer after which a worker that was working counts as deaf. Its work is cut into
 * pieces of some 20 ms. What cannot be cut takes longest with a model of 4 GB on one slow core (a
 * token: 8 s) or with a slow disk (a flush of 64 MB: 6 s): this is nearly four times that.
 */
const DEAF = 30;

/** Its script and module are loaded from the package: a second or two. */
const STARTING = 60;

/**
 * Turns after which a cancelled job must have been heard of. It takes 200 ms as a rule; whoever
 * cancels wants an end, and a model that is loaded again for nothing costs seconds.
 */
const CANCEL_HEARD = 5;

/**
 * Turns after which a worker that answers must have let go of a cancelled job: it may wait for a GPU
 * that compiles, but not for ever.
 */
const CANCEL_DONE = 15;

/** What makes a worker count as lost. */
export type Loss = "deaf" | "starting" | "cancel";

/** What the watchdog does for its relay. */
export interface Watched {
  ping(): void;
  lost(loss: Loss): void;
}

export class Watchdog {
  readonly #watched: Watched;
  #timer: ReturnType<typeof setInterval> | undefined;
  #started = false;
  #isExpecting = false;
  /** Whether the worker was given something to answer, and whether a ping went after it. */
  #asked: "no" | "asked" | "pinged" = "no";
  /** Turns since the ping that is not answered yet; undefined when none is. */
  #silent: number | undefined;
  /** Turns since each cancel whose job is still worked on, as far as is known. */
  readonly #cancels = new Map<JobId, number>();

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** Another worker is to be watched. */
  reset(): void {
    this.#started = false;
    this.#silent = undefined;
    this.#asked = "no";
    this.#cancels.clear();
    this.watch(false);
  }

  /** Watches while something is expected of the worker; what nobody waits for may take its time. */
  watch(isExpecting: boolean): void {
    this.#isExpecting = isExpecting;
    this.#setTimer();
  }

  /** The worker was given something: that it was heard is expected, whatever comes of it. */
  asked(): void {
    this.#asked = "asked";
    this.#setTimer();
  }

  /** A job is to stop. */
  cancelled(job: JobId): void {
    if (!this.#cancels.has(job)) this.#cancels.set(job, 0);
    this.#setTimer();
  }

  answered({ started, workingOn }: Alive): void {
    this.#silent = undefined;
    this.#started = started;
    // What came before the engine was up waits until it is.
    if (this.#asked === "pinged" && started) this.#asked = "no";
    for (const [job] of this.#cancels) if (job !== workingOn) this.#cancels.delete(job);
    this.#setTimer();
  }

  #setTimer(): void {
    if (this.#isExpecting || this.#asked !== "no" || this.#cancels.size > 0) {
      this.#timer ??= setInterval(() => this.#turn(), TURN_MS);
    } else {
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.#silent = undefined;
    }
  }

  #turn(): void {
    for (const [job, turns] of this.#cancels) this.#cancels.set(job, turns + 1);
    const longest = Math.max(-1, ...this.#cancels.values());
    if (this.#silent === undefined) {
      this.#silent = 0;
      if (this.#asked === "asked") this.#asked = "pinged";
      this.#watched.ping();
    } else {
      this.#silent += 1;
    }
    const silent = this.#silent ?? 0;
    if (longest >= (silent > 0 && this.#started ? CANCEL_HEARD : CANCEL_DONE)) this.#watched.lost("cancel");
    else if (silent > (this.#started ? DEAF : STARTING)) this.#watched.lost(this.#started ? "deaf" : "starting");
  }
}
