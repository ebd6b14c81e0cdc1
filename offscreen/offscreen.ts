// The offscreen document: keeps the engine's worker alive and relays between it and the views. What it knows of the jobs it
// has from the events; a lost document is made anew by the background, which replays the jobs that had not ended.
import { ENGINE_PORT, type EngineMessage, jobOfPort, THREAD_CHANNEL, type ThreadFailure } from "./protocol/channels";
import type { Command, Event, Failure, JobId, JobView, Request } from "./protocol/protocol";
import { applyEvent, failedJob, initialEngineState, isActive } from "./view/fold";

/** Idle time after which the document closes itself and frees the model's memory. */
const IDLE_MS = 5 * 60 * 1000;

/** Ports of the views, which see everything. */
const viewPorts = new Set<chrome.runtime.Port>();
/** Ports of content scripts, each of which sees one job. */
const jobPorts = new Map<chrome.runtime.Port, JobId>();
/** The jobs here are those that have not ended: who needs a result has it from the engine, or from the background. */
const engine = initialEngineState();
let crashes = 0;
let idleTimer: ReturnType<typeof setTimeout> | undefined;
let worker = startWorker();

function startWorker(): Worker {
  const started = new Worker(new URL("worker.js", import.meta.url), { type: "module", name: workerName() });
  started.addEventListener("message", (message: MessageEvent<Event>) => relay(message.data));
  started.addEventListener("error", (event) => handleCrash(event.message));
  started.addEventListener("messageerror", () => handleCrash("a message could not be read"));
  return started;
}

/** Of the worker that was started last. */
function workerName(): string {
  return `engine ${crashes + 1}`;
}

// A thread that failed in the middle of its work is waited for in vain, by a worker that hears nothing meanwhile.
new BroadcastChannel(THREAD_CHANNEL).addEventListener("message", ({ data }: MessageEvent<ThreadFailure>) => {
  if (data.engine === workerName()) handleCrash(data.reason);
});

function post(request: Request): void {
  worker.postMessage(request);
}

function relay(event: Event): void {
  for (const port of viewPorts) port.postMessage(event);
  for (const [port, job] of jobPorts) forward(port, job, event);
  applyEvent(engine, event);
  for (const view of engine.jobs.values()) if (!isActive(view)) engine.jobs.delete(view.job);
  if (event.type === "job" && !isActive(event.view)) reportEnd(event.view);
  watchIdle();
}

/** Sends a content script what an event says of its job. */
function forward(port: chrome.runtime.Port, job: JobId, event: Event): void {
  switch (event.type) {
    case "snapshot": {
      const view = event.jobs.find((known) => known.job === job);
      if (view) port.postMessage({ type: "job", view } satisfies Event);
      else disconnect(port);
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
    case "rejected":
      break;
    default:
      event satisfies never;
  }
}

/** Tells a content script that its job is not known. */
function disconnect(port: chrome.runtime.Port): void {
  jobPorts.delete(port);
  port.disconnect();
}

/** Tells the background, which keeps the result and need not replay the job. */
function reportEnd(view: JobView): void {
  const ended: Command = { type: "ended", view };
  chrome.runtime.sendMessage(ended).catch(console.error);
}

/** Fails the jobs the worker took with it and starts a new one; if that fails too, a fresh document is needed. */
function handleCrash(reason: string): void {
  console.error("engine worker:", reason);
  worker.terminate();
  const failure: Failure = {
    code: "internal",
    message: `The engine stopped unexpectedly${reason ? ` (${reason})` : ""}.`,
    remedy: "Try again. If it happens again, choose another device at the bottom.",
    model: undefined,
  };
  relay({ type: "model", model: { state: "idle" } });
  if (engine.jobs.size === 0) relay({ type: "rejected", failure });
  for (const view of [...engine.jobs.values()]) relay({ type: "job", view: failedJob(view, failure) });
  crashes += 1;
  if (crashes > 1) {
    window.close();
    return;
  }
  worker = startWorker();
  // What the views know of models that were being installed is no longer so: the new worker looks for itself.
  post({ type: "attach" });
}

function watchIdle(): void {
  clearTimeout(idleTimer);
  const installing = engine.models?.some(({ state }) => state.state === "installing") ?? false;
  if (viewPorts.size > 0 || jobPorts.size > 0 || engine.jobs.size > 0 || installing) return;
  idleTimer = setTimeout(() => window.close(), IDLE_MS);
}

/** Only Sotto's own pages may ask the engine for anything. */
function isTrusted(sender: chrome.runtime.MessageSender | undefined): boolean {
  return sender?.url?.startsWith(chrome.runtime.getURL("")) ?? false;
}

chrome.runtime.onConnect.addListener((port) => {
  const job = jobOfPort(port.name);
  if (port.name === ENGINE_PORT && isTrusted(port.sender)) connectView(port);
  else if (job !== undefined && port.sender?.id === chrome.runtime.id) connectJob(port, job);
});

/** Serves a view: it sees everything and may ask for anything. */
function connectView(port: chrome.runtime.Port): void {
  viewPorts.add(port);
  port.onMessage.addListener(post);
  port.onDisconnect.addListener(() => {
    viewPorts.delete(port);
    watchIdle();
  });
  watchIdle();
}

/** Serves a content script, which lives in a page: it sees its own job, and may stop that. */
function connectJob(port: chrome.runtime.Port, job: JobId): void {
  jobPorts.set(port, job);
  port.onMessage.addListener((request: Request) => {
    if (request.type === "cancel" && request.job === job) post(request);
  });
  port.onDisconnect.addListener(() => {
    jobPorts.delete(port);
    watchIdle();
  });
  post({ type: "attach" });
  watchIdle();
}

chrome.runtime.onMessage.addListener((message: EngineMessage, sender, sendResponse) => {
  if (message.target !== "engine" || !isTrusted(sender)) return;
  post(message.request);
  sendResponse(true);
});

watchIdle();
