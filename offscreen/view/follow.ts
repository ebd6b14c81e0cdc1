// Follows one job: the engine's events come over a port of the job's own. When the engine is lost, the background starts
// it again and gives it the job anew; the port is made again then.
import type { Event, Failure, JobId, JobView, Request } from "../protocol/protocol";
import { advance, isActive } from "./fold";
import { command } from "./command";

/** Connections tried in a row without a word of the job. */
const TRIES = 6;
const PAUSE_MS = 400;

const LOST: Failure = {
  code: "internal",
  message: "The engine stopped while it worked.",
  remedy: "Try again.",
  model: undefined,
};

export class Following {
  readonly #job: JobId;
  readonly #changed: (view: JobView) => void;
  readonly #lost: (failure: Failure) => void;
  #port: chrome.runtime.Port | undefined;
  #view: JobView | undefined;
  #tries = 0;
  #closed = false;

  /** Calls `changed` with the whole view after each change until the job has ended, or `lost` when it cannot be reached. */
  constructor(job: JobId, changed: (view: JobView) => void, lost: (failure: Failure) => void) {
    this.#job = job;
    this.#changed = changed;
    this.#lost = lost;
    this.#connect();
  }

  /** Stops the job; its end comes as a change. */
  cancel(): void {
    const request: Request = { type: "cancel", job: this.#job };
    this.#port?.postMessage(request);
  }

  /** Looks away; the job goes on. */
  close(): void {
    this.#closed = true;
    this.#port?.disconnect();
  }

  #connect(): void {
    if (this.#closed) return;
    try {
      this.#port = chrome.runtime.connect({ name: `job:${this.#job}` });
    } catch {
      // This script has outlived the extension's version that it belongs to.
      this.#lost(LOST);
      return;
    }
    this.#port.onMessage.addListener((event: Event) => this.#take(event));
    this.#port.onDisconnect.addListener(() => void this.#reconnect());
  }

  #take(event: Event): void {
    this.#tries = 0;
    this.#view = advance(this.#view, event);
    if (!this.#view) return;
    this.#changed(this.#view);
    if (!isActive(this.#view)) this.close();
  }

  async #reconnect(): Promise<void> {
    if (this.#closed) return;
    this.#port = undefined;
    this.#tries += 1;
    const reply = this.#tries < TRIES ? await command({ type: "ensureEngine" }) : undefined;
    if (this.#closed) return;
    if (reply?.type !== "ok") {
      this.#closed = true;
      this.#lost(reply?.type === "failed" ? reply.failure : LOST);
      return;
    }
    setTimeout(() => this.#connect(), PAUSE_MS * (this.#tries - 1));
  }
}
