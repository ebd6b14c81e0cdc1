// Follows one job: the engine's events come over a port of the job's own. When the engine is lost,
// the background starts it again and gives it the job anew; the port is made again then.

import { jobPort } from "../protocol/channels";
import type { Event, Failure, JobId, JobView, Request } from "../protocol/protocol";
import { sendCommand } from "./command";
import { applyEvent, ENGINE_LOST, initialEngineState, isActive } from "./fold";

/** Connections tried in a row without a word of the job. */
const TRIES = 6;
const RETRY_MS = 400;

export class JobFollower {
  readonly #job: JobId;
  readonly #onChange: (view: JobView) => void;
  readonly #onLost: (failure: Failure) => void;
  readonly #engine = initialEngineState();
  #port: chrome.runtime.Port | undefined;
  #tries = 0;
  #closed = false;

  /**
   * Calls `onChange` with the whole view after each change until the job has ended, or `onLost`
   * when it cannot be reached.
   */
  constructor(job: JobId, onChange: (view: JobView) => void, onLost: (failure: Failure) => void) {
    this.#job = job;
    this.#onChange = onChange;
    this.#onLost = onLost;
    this.#connect();
  }

  /** Stops the job; its end comes as a change. */
  cancel(): void {
    const request: Request = { type: "cancel", job: this.#job };
    this.#port?.postMessage(request);
  }

  /** Ends the following; the job goes on. */
  close(): void {
    this.#closed = true;
    this.#port?.disconnect();
  }

  #connect(): void {
    if (this.#closed) return;
    try {
      this.#port = chrome.runtime.connect({ name: jobPort(this.#job) });
    } catch {
      // This script has outlived the extension's version that it belongs to.
      this.#onLost(ENGINE_LOST);
      return;
    }
    this.#port.onMessage.addListener((event: Event) => this.#handleEvent(event));
    this.#port.onDisconnect.addListener(() => void this.#reconnect());
  }

  #handleEvent(event: Event): void {
    this.#tries = 0;
    applyEvent(this.#engine, event);
    const view = this.#engine.jobs.get(this.#job);
    if (!view) return;
    this.#onChange(view);
    if (!isActive(view)) this.close();
  }

  async #reconnect(): Promise<void> {
    if (this.#closed) return;
    this.#port = undefined;
    this.#tries += 1;
    const reply = this.#tries < TRIES ? await sendCommand({ type: "ensureEngine" }) : undefined;
    if (this.#closed) return;
    if (reply?.type !== "ok") {
      this.#closed = true;
      this.#onLost(reply?.type === "failed" ? reply.failure : ENGINE_LOST);
      return;
    }
    setTimeout(() => this.#connect(), RETRY_MS * (this.#tries - 1));
  }
}
