// Relays between the engine's worker and the views, and sees that there is a worker. What it knows
// of the jobs it has from the events.

import type { ThreadFailure } from "./protocol/channels";
import type { Event, Failure, JobId, JobView, Request } from "./protocol/protocol";
import { applyEvent, failedJob, initialEngineState, isActive } from "./view/fold";

/** Idle time after which the document is closed, which frees the model's memory. */
const IDLE_MS = 5 * 60 * 1000;

/** What the document does for its relay. */
export interface RelayHost {
  /** Starts a worker of this name. The relay listens to it, and terminates it. */
  startWorker(name: string): Worker;
  /**
   * Tells the background of a job that has ended: it keeps the result, and need not replay the job.
   */
  reportEnd(view: JobView): void;
  /** Closes the document. When a view asks for it again, the background makes a new one. */
  close(): void;
}

export class Relay {
  readonly #host: RelayHost;
  /** Ports of the views, which see everything. */
  readonly #viewPorts = new Set<chrome.runtime.Port>();
  /** Ports of content scripts, each of which sees one job. */
  readonly #jobPorts = new Map<chrome.runtime.Port, JobId>();
  /**
   * The jobs here are those that have not ended: who needs a result has it from the engine, or from
   * the background.
   */
  readonly #engine = initialEngineState();
  #crashes = 0;
  #worker: Worker;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: RelayHost) {
    this.#host = host;
    this.#worker = this.#startWorker();
    this.#watchIdle();
  }

  send(request: Request): void {
    this.#worker.postMessage(request);
  }

  /** Serves a view: it sees everything and may ask for anything. */
  connectView(port: chrome.runtime.Port): void {
    this.#viewPorts.add(port);
    port.onMessage.addListener((request: Request) => this.send(request));
    port.onDisconnect.addListener(() => {
      this.#viewPorts.delete(port);
      this.#watchIdle();
    });
    this.#watchIdle();
  }

  /** Serves a content script, which lives in a page: it sees its own job, and may stop that. */
  connectJob(port: chrome.runtime.Port, job: JobId): void {
    this.#jobPorts.set(port, job);
    port.onMessage.addListener((request: Request) => {
      if (request.type === "cancel" && request.job === job) this.send(request);
    });
    port.onDisconnect.addListener(() => {
      this.#jobPorts.delete(port);
      this.#watchIdle();
    });
    this.send({ type: "attach" });
    this.#watchIdle();
  }

  /**
   * A thread that failed in the middle of its work is waited for in vain, by a worker that hears
   * nothing meanwhile.
   */
  handleThreadFailure({ engine, reason }: ThreadFailure): void {
    if (engine === this.#workerName()) this.#handleCrash(reason);
  }

  #startWorker(): Worker {
    const worker = this.#host.startWorker(this.#workerName());
    worker.addEventListener("message", ({ data }: MessageEvent<Event>) => this.#relay(data));
    worker.addEventListener("error", ({ message }) => this.#handleCrash(message));
    worker.addEventListener("messageerror", () => this.#handleCrash("a message could not be read"));
    return worker;
  }

  /** Of the worker that was started last. */
  #workerName(): string {
    return `engine ${this.#crashes + 1}`;
  }

  #relay(event: Event): void {
    for (const port of this.#viewPorts) port.postMessage(event);
    for (const [port, job] of this.#jobPorts) this.#forward(port, job, event);
    const { jobs } = this.#engine;
    applyEvent(this.#engine, event);
    for (const view of jobs.values()) if (!isActive(view)) jobs.delete(view.job);
    if (event.type === "job" && !isActive(event.view)) this.#host.reportEnd(event.view);
    this.#watchIdle();
  }

  /**
   * Sends a content script what an event says of its job; one whose job is not known is
   * disconnected.
   */
  #forward(port: chrome.runtime.Port, job: JobId, event: Event): void {
    switch (event.type) {
      case "snapshot": {
        const view = event.jobs.find((known) => known.job === job);
        if (view) {
          port.postMessage({ type: "job", view } satisfies Event);
        } else {
          this.#jobPorts.delete(port);
          port.disconnect();
        }
        break;
      }
      case "job":
        if (event.view.job === job) port.postMessage(event);
        break;
      case "progress":
      case "section":
      case "token":
        if (event.job === job) port.postMessage(event);
        break;
      case "model":
      case "models":
      case "offers":
      case "rejected":
        break;
      default:
        event satisfies never;
    }
  }

  /**
   * Fails the jobs the worker took with it and starts a new one; if that fails too, a fresh
   * document is needed.
   */
  #handleCrash(reason: string): void {
    console.error("engine worker:", reason);
    this.#worker.terminate();
    const failure: Failure = {
      code: "internal",
      message: `The engine stopped unexpectedly${reason ? ` (${reason})` : ""}.`,
      remedy: "Try again. If it happens again, choose another device at the bottom.",
      model: undefined,
    };
    const { jobs } = this.#engine;
    this.#relay({ type: "model", model: { state: "idle" } });
    if (jobs.size === 0) this.#relay({ type: "rejected", failure });
    for (const view of [...jobs.values()]) this.#relay({ type: "job", view: failedJob(view, failure) });
    this.#crashes += 1;
    if (this.#crashes > 1) {
      this.#host.close();
      return;
    }
    this.#worker = this.#startWorker();
    // What the views know of models that were being installed is no longer so: the new worker looks
    // for itself.
    this.send({ type: "attach" });
  }

  #watchIdle(): void {
    clearTimeout(this.#idleTimer);
    const { jobs, models } = this.#engine;
    const isInstalling = models?.some(({ state }) => state.state === "installing") ?? false;
    if (this.#viewPorts.size > 0 || this.#jobPorts.size > 0 || jobs.size > 0 || isInstalling) return;
    this.#idleTimer = setTimeout(() => this.#host.close(), IDLE_MS);
  }
}
