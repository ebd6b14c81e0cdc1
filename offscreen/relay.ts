// Relays between the engine's worker and the views, and sees that there is a worker: one that ends,
// or hears nothing any more, is replaced, and the jobs that waited go on in its successor. What it
// knows of the jobs it has from their starts and from the events.

import type { Alive, Ping, ThreadFailure, Unable } from "./protocol/channels";
import { isRequest } from "./protocol/check";
import type { Event, Failure, JobId, JobView, ModelCardState, Request } from "./protocol/protocol";
import { applyEvent, cancelledJob, failedJob, initialEngineState, isActive } from "./view/fold";
import { queuedJob, type Start } from "./view/start";
import { type Loss, Watchdog } from "./watchdog";

/** Idle time after which the document is closed, which frees the model's memory. */
const IDLE_MS = 5 * 60 * 1000;

/** Workers in a row that end without a job to blame, after which no other is started by itself. */
const MOST_CRASHES = 3;

/** States in which something is being done to a model's files, which the engine has to stay for. */
const UNDER_WAY: ReadonlySet<ModelCardState["state"]> = new Set(["installing", "checking", "repairing"]);

/** What the document does for its relay. */
export interface RelayHost {
  /** Starts a worker of this name. The relay listens to it, and terminates it. */
  startWorker(name: string): Worker;
  /**
   * Tells the background of a job that has ended: it keeps the result, and need not replay the job.
   */
  reportEnd(view: JobView): void;
  /** Tells the background whether a job or an installation is under way, when that changes. */
  reportActivity(isBusy: boolean): void;
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
  /** What the jobs that have not ended were started with, in their order. */
  readonly #starts = new Map<JobId, Start>();
  /** Those of them that are to stop. */
  readonly #cancelled = new Set<JobId>();
  readonly #watchdog = new Watchdog({
    ping: () => this.#worker.postMessage({ type: "ping" } satisfies Ping),
    lost: (loss) => this.#replaceWorker(lossFailure(loss)),
  });
  #workers = 0;
  /** Workers that ended since a job did. */
  #crashes = 0;
  /** Why there is no worker, where there is none. */
  #unable: Failure | undefined;
  #worker: Worker;
  #wasBusy = false;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: RelayHost) {
    this.#host = host;
    this.#worker = this.#startWorker();
    this.#watch();
  }

  /** Whether a job or an installation is under way, or a model is checked or repaired. */
  get isBusy(): boolean {
    const isTended = this.#engine.models?.some(({ state }) => UNDER_WAY.has(state.state)) ?? false;
    return this.#engine.jobs.size > 0 || this.#starts.size > 0 || isTended;
  }

  /** Hands a request to the engine. */
  send(request: Request): void {
    if (request.type === "start") {
      // The reader asks once more: perhaps it works now.
      if (this.#unable) this.#worker = this.#startWorker();
      if (!this.#starts.has(request.job)) this.#starts.set(request.job, request);
    } else if (this.#unable) {
      this.#tell({ type: "rejected", failure: this.#unable, job: undefined });
      return;
    }
    if (request.type === "cancel" && this.#starts.has(request.job)) {
      this.#cancelled.add(request.job);
      this.#watchdog.cancelled(request.job);
    }
    this.#worker.postMessage(request);
    this.#watchdog.asked();
    this.#watch();
  }

  /** Ends a job that the engine does not get to see. */
  end(view: JobView): void {
    this.#relay({ type: "job", view });
  }

  /** Serves a view: it sees everything and may ask for anything. */
  connectView(port: chrome.runtime.Port): void {
    this.#viewPorts.add(port);
    port.onMessage.addListener((message: unknown) => {
      if (isRequest(message)) this.send(message);
    });
    port.onDisconnect.addListener(() => {
      this.#viewPorts.delete(port);
      this.#watch();
    });
    this.#watch();
  }

  /** Serves a content script, which lives in a page: it sees its own job, and may stop that. */
  connectJob(port: chrome.runtime.Port, job: JobId): void {
    this.#jobPorts.set(port, job);
    port.onMessage.addListener((message: unknown) => {
      if (isRequest(message) && message.type === "cancel" && message.job === job) this.send(message);
    });
    port.onDisconnect.addListener(() => {
      this.#jobPorts.delete(port);
      this.#watch();
    });
    // At once, whatever the engine is at.
    const start = this.#starts.get(job);
    const view = this.#engine.jobs.get(job) ?? (start && queuedJob(start));
    if (view) port.postMessage({ type: "job", view } satisfies Event);
    else if (this.#unable) this.#dismiss(port);
    else this.send({ type: "attach" });
    this.#watch();
  }

  /**
   * A thread that failed in the middle of its work is waited for in vain, by a worker that hears
   * nothing meanwhile.
   */
  handleThreadFailure({ engine, reason }: ThreadFailure): void {
    if (engine === this.#workerName) this.#crashed(reason);
  }

  #startWorker(): Worker {
    this.#workers += 1;
    this.#unable = undefined;
    const worker = this.#host.startWorker(this.#workerName);
    worker.addEventListener("message", ({ data }: MessageEvent<Event | Alive | Unable>) => {
      if (worker === this.#worker) this.#handleMessage(data);
    });
    worker.addEventListener("error", ({ message }) => {
      if (worker === this.#worker) this.#crashed(message);
    });
    worker.addEventListener("messageerror", () => {
      if (worker === this.#worker) this.#crashed("a message could not be read");
    });
    return worker;
  }

  /** Of the worker that was started last. */
  get #workerName(): string {
    return `engine ${this.#workers}`;
  }

  #handleMessage(message: Event | Alive | Unable): void {
    if (message.type === "alive") this.#watchdog.answered(message);
    else if (message.type === "unable") this.#giveUp(message.failure);
    else this.#relay(message);
  }

  #relay(event: Event): void {
    const start = event.type === "rejected" && event.job !== undefined ? this.#starts.get(event.job) : undefined;
    if (event.type === "rejected" && start) {
      // Never to be given to an engine again.
      this.#relay({ type: "job", view: failedJob(this.#viewOf(start), event.failure) });
      return;
    }
    this.#tell(event);
    const { jobs } = this.#engine;
    applyEvent(this.#engine, event);
    for (const view of jobs.values()) if (!isActive(view)) jobs.delete(view.job);
    if (event.type === "job" && !isActive(event.view)) {
      this.#starts.delete(event.view.job);
      this.#cancelled.delete(event.view.job);
      if (event.view.state.state === "done") this.#crashes = 0;
      this.#host.reportEnd(event.view);
    }
    this.#watch();
  }

  #tell(event: Event): void {
    for (const port of this.#viewPorts) port.postMessage(event);
    for (const [port, job] of this.#jobPorts) this.#forward(port, job, event);
  }

  /**
   * Sends a content script what an event says of its job; one whose job is not known is
   * disconnected.
   */
  #forward(port: chrome.runtime.Port, job: JobId, event: Event): void {
    switch (event.type) {
      case "snapshot": {
        const view = event.jobs.find((known) => known.job === job);
        if (view) port.postMessage({ type: "job", view } satisfies Event);
        // A job whose start is on its way is not in the snapshot yet.
        else if (!this.#starts.has(job)) this.#dismiss(port);
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
      case "server":
      case "installEnded":
      case "unused":
      case "freed":
      case "rejected":
        break;
      default:
        event satisfies never;
    }
  }

  #dismiss(port: chrome.runtime.Port): void {
    this.#jobPorts.delete(port);
    port.disconnect();
  }

  #crashed(reason: string): void {
    this.#replaceWorker({
      code: "internal",
      message: `The engine stopped unexpectedly${reason ? ` (${reason})` : ""}.`,
      remedy: "Try again. If it happens again, choose another device at the bottom, or another model.",
      model: undefined,
    });
  }

  /**
   * Ends the worker and starts another. The job that it was at fails; those that waited are started
   * in its successor, in their order.
   */
  #replaceWorker(failure: Failure): void {
    console.error("engine worker:", failure.message);
    const guilty = [...this.#engine.jobs.values()].find(({ state }) => state.state === "running");
    this.#crashes = guilty ? 0 : this.#crashes + 1;
    if (this.#crashes >= MOST_CRASHES) {
      this.#giveUp(failure);
      return;
    }
    this.#stopWorker();
    for (const job of [...this.#cancelled]) {
      const start = this.#starts.get(job);
      if (start) this.#relay({ type: "job", view: cancelledJob(this.#viewOf(start)) });
    }
    if (guilty && this.#engine.jobs.has(guilty.job)) this.#relay({ type: "job", view: failedJob(guilty, failure) });
    else if (!guilty) this.#relay({ type: "rejected", failure, job: undefined });
    this.#worker = this.#startWorker();
    for (const start of this.#starts.values()) this.#worker.postMessage(start);
    // What the views know of models that were being installed is no longer so: the new worker looks
    // for itself. Asked after the starts, so that its snapshot has them.
    this.send({ type: "attach" });
  }

  /** Leaves it at that until the reader asks for a job again: nothing is waited for in vain. */
  #giveUp(failure: Failure): void {
    console.error("no engine:", failure.message);
    this.#stopWorker();
    this.#unable = failure;
    this.#crashes = 0;
    for (const start of [...this.#starts.values()]) {
      this.#relay({ type: "job", view: failedJob(this.#viewOf(start), failure) });
    }
    this.#relay({ type: "rejected", failure, job: undefined });
    for (const [port] of this.#jobPorts) this.#dismiss(port);
    this.#watch();
  }

  #stopWorker(): void {
    this.#worker.terminate();
    this.#watchdog.reset();
    this.#relay({ type: "model", model: { state: "idle" } });
    const stopped = this.#engine.models?.map((model) =>
      UNDER_WAY.has(model.state.state) ? { ...model, state: { state: "available" } as const } : model,
    );
    if (stopped) this.#relay({ type: "models", models: stopped });
  }

  #viewOf(start: Start): JobView {
    return this.#engine.jobs.get(start.job) ?? queuedJob(start);
  }

  /** Watches the worker while something is expected of it, and the time while nothing is. */
  #watch(): void {
    const { isBusy } = this;
    if (this.#wasBusy !== isBusy) this.#host.reportActivity(isBusy);
    this.#wasBusy = isBusy;
    this.#watchdog.watch(!this.#unable && (isBusy || this.#engine.model.state === "loading"));
    clearTimeout(this.#idleTimer);
    if (this.#viewPorts.size > 0 || this.#jobPorts.size > 0 || isBusy) return;
    this.#idleTimer = setTimeout(() => this.#host.close(), IDLE_MS);
  }
}

function lossFailure(loss: Loss): Failure {
  const texts: Record<Loss, string> = {
    deaf: "The engine did not answer any more, and was started anew.",
    starting: "The engine did not start.",
    cancel: "The engine did not stop in time, and was started anew.",
  };
  return {
    code: "internal",
    message: texts[loss],
    remedy:
      loss === "starting"
        ? "Update the browser, or reinstall Sotto."
        : "Try again with a shorter text, another device or another model.",
    model: undefined,
  };
}
