// Follows one job: the engine's events come over a port of the job's own. When the engine is lost,
// the background starts it again and gives it the job anew; the port is made again then. Nothing is
// waited for in vain: neither an engine that says nothing, nor an extension that is gone.

import { jobPort } from "../protocol/channels";
import type { Event, Failure, JobId, JobView, Request } from "../protocol/protocol";
import { EXTENSION_GONE, sendCommand } from "./command";
import { isExtensionGone } from "./deliver";
import { applyEvent, cancelledJob, ENGINE_LOST, ENGINE_SILENT, initialEngineState, isActive } from "./fold";

/** Connections tried in a row without a word of the job. */
const TRIES = 6;
const RETRY_MS = 400;

/** The first word comes at once, or after an engine that was deaf has been replaced (half a minute). */
const FIRST_WORD_MS = 60_000;

/** How often it is looked whether the extension is still there: its end is no event here. */
const LOOK_MS = 1000;

export class JobFollower {
  readonly #job: JobId;
  readonly #onChange: (view: JobView) => void;
  readonly #onLost: (failure: Failure) => void;
  readonly #engine = initialEngineState();
  #port: chrome.runtime.Port | undefined;
  #tries = 0;
  #closed = false;
  #silence: ReturnType<typeof setTimeout> | undefined;
  readonly #looking: ReturnType<typeof setInterval>;

  /**
   * Calls `onChange` with the whole view after each change until the job has ended, or `onLost`
   * when it cannot be reached.
   */
  constructor(job: JobId, onChange: (view: JobView) => void, onLost: (failure: Failure) => void) {
    this.#job = job;
    this.#onChange = onChange;
    this.#onLost = onLost;
    this.#looking = setInterval(() => {
      if (isExtensionGone()) this.#lose(EXTENSION_GONE);
    }, LOOK_MS);
    this.#connect();
  }

  /** Stops the job, for good; its end comes as a change. */
  cancel(): void {
    if (this.#closed) return;
    const request: Request = { type: "cancel", job: this.#job };
    // The quick way, while there is an engine, and the sure one.
    this.#port?.postMessage(request);
    void sendCommand(request);
    if (this.#port) return;
    const view = this.#engine.jobs.get(this.#job);
    this.close();
    if (view) this.#onChange(cancelledJob(view));
  }

  /** Ends the following; the job goes on. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#silence);
    clearInterval(this.#looking);
    this.#port?.disconnect();
  }

  #lose(failure: Failure): void {
    if (this.#closed) return;
    this.close();
    this.#onLost(failure);
  }

  #connect(): void {
    if (this.#closed) return;
    try {
      this.#port = chrome.runtime.connect({ name: jobPort(this.#job) });
    } catch {
      // This script has outlived the extension's version that it belongs to.
      this.#lose(EXTENSION_GONE);
      return;
    }
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lose(ENGINE_SILENT), FIRST_WORD_MS);
    this.#port.onMessage.addListener((event: Event) => this.#handleEvent(event));
    this.#port.onDisconnect.addListener(() => void this.#reconnect());
  }

  #handleEvent(event: Event): void {
    this.#tries = 0;
    clearTimeout(this.#silence);
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
      this.#lose(reply?.type === "failed" ? reply.failure : ENGINE_LOST);
      return;
    }
    setTimeout(() => this.#connect(), RETRY_MS * (this.#tries - 1));
  }
}
