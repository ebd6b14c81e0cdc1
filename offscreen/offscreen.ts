// The offscreen document: keeps the engine's worker alive and relays between it and the views. It holds no state that
// matters: a lost document is made anew by the background, which replays the jobs that had not ended.
import type { Command, Event, JobId, JobView, Request } from "./protocol/protocol";
import type { ThreadFailure } from "./thread";

/** Idle time after which the document closes itself and frees the model's memory. */
const IDLE_MS = 5 * 60 * 1000;

/** What the name of a content script's port begins with; the job's id follows. */
const JOB = "job:";

/** Ports of the views, which see everything. */
const views = new Set<chrome.runtime.Port>();
/** Ports of content scripts, each of which sees one job. */
const onlookers = new Map<chrome.runtime.Port, JobId>();
/** Jobs queued or running, as last seen whole. */
const unfinished = new Map<JobId, JobView>();
let installing = false;
let crashes = 0;
let idle: ReturnType<typeof setTimeout> | undefined;
let worker = startWorker();

function startWorker(): Worker {
  const started = new Worker(new URL("worker.js", import.meta.url), { type: "module", name: engineName() });
  started.addEventListener("message", (message: MessageEvent<Event>) => relay(message.data));
  started.addEventListener("error", (event) => crashed(event.message));
  started.addEventListener("messageerror", () => crashed("a message could not be read"));
  return started;
}

/** Of the worker that was started last. */
function engineName(): string {
  return `engine ${crashes + 1}`;
}

// A thread that failed in the middle of its work is waited for in vain, by a worker that hears nothing meanwhile.
new BroadcastChannel("sotto-threads").addEventListener("message", ({ data }: MessageEvent<ThreadFailure>) => {
  if (data.engine === engineName()) crashed(data.reason);
});

function relay(event: Event): void {
  if (event.type === "job") note(event.view);
  if (event.type === "models" || event.type === "snapshot") {
    installing = event.models.some(({ state }) => state.state === "installing");
    watchIdle();
  }
  for (const port of views) port.postMessage(event);
  for (const [port, job] of onlookers) show(port, job, event);
}

/** Shows a content script what an event says of its job. */
function show(port: chrome.runtime.Port, job: JobId, event: Event): void {
  switch (event.type) {
    case "snapshot": {
      const view = event.jobs.find((known) => known.job === job);
      if (view) port.postMessage({ type: "job", view } satisfies Event);
      else dismiss(port);
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
function dismiss(port: chrome.runtime.Port): void {
  onlookers.delete(port);
  port.disconnect();
  watchIdle();
}

/** Follows which jobs are under way, and tells the background of each that has ended. */
function note(view: JobView): void {
  if (view.state.state === "queued" || view.state.state === "running") {
    unfinished.set(view.job, view);
  } else {
    unfinished.delete(view.job);
    const ended: Command = { type: "ended", view };
    chrome.runtime.sendMessage(ended).catch(console.error);
  }
  watchIdle();
}

/** Fails the jobs the worker took with it and starts a new one; if that fails too, a fresh document is needed. */
function crashed(reason: string): void {
  console.error("engine worker:", reason);
  worker.terminate();
  const failure = {
    code: "internal",
    message: `The engine stopped unexpectedly${reason ? ` (${reason})` : ""}.`,
    remedy: "Try again. If it happens again, choose another device at the bottom.",
    model: undefined,
  } as const;
  relay({ type: "model", model: { state: "idle" } });
  if (unfinished.size === 0) relay({ type: "rejected", failure });
  for (const view of [...unfinished.values()]) {
    relay({ type: "job", view: { ...view, state: { state: "failed", failure } } });
  }
  crashes += 1;
  if (crashes > 1) window.close();
  else worker = startWorker();
}

function watchIdle(): void {
  clearTimeout(idle);
  const watched = views.size > 0 || onlookers.size > 0;
  if (!watched && !installing && unfinished.size === 0) idle = setTimeout(() => window.close(), IDLE_MS);
}

/** Only Sotto's own pages may ask the engine for anything. */
function trusted(sender: chrome.runtime.MessageSender | undefined): boolean {
  return sender?.url?.startsWith(chrome.runtime.getURL("")) ?? false;
}

chrome.runtime.onConnect.addListener((port) => {
  if (port.name === "engine" && trusted(port.sender)) watch(port);
  else if (port.name.startsWith(JOB) && port.sender?.id === chrome.runtime.id) onlook(port, port.name.slice(JOB.length));
});

/** Serves a view: it sees everything and may ask for anything. */
function watch(port: chrome.runtime.Port): void {
  views.add(port);
  port.onMessage.addListener((request: Request) => worker.postMessage(request));
  port.onDisconnect.addListener(() => {
    views.delete(port);
    watchIdle();
  });
  watchIdle();
}

/** Serves a content script, which lives in a page: it sees its own job, and may stop that. */
function onlook(port: chrome.runtime.Port, job: JobId): void {
  onlookers.set(port, job);
  port.onMessage.addListener((request: Request) => {
    if (request.type === "cancel" && request.job === job) worker.postMessage(request);
  });
  port.onDisconnect.addListener(() => {
    onlookers.delete(port);
    watchIdle();
  });
  worker.postMessage({ type: "attach" } satisfies Request);
  watchIdle();
}

chrome.runtime.onMessage.addListener((message: { target?: string; request: Request }, sender, reply) => {
  if (message.target !== "engine" || !trusted(sender)) return;
  worker.postMessage(message.request);
  reply(true);
});

watchIdle();
