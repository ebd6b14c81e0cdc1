// The offscreen document: keeps the engine's worker alive and relays between it and the views. It holds no state that
// matters: a lost document is made anew by the background, which replays the jobs that had not ended.
import type { Command, Event, JobId, JobView, Request } from "./protocol/protocol";

/** Idle time after which the document closes itself and frees the model's memory. */
const IDLE_MS = 5 * 60 * 1000;

const ports = new Set<chrome.runtime.Port>();
/** Jobs queued or running, as last seen whole. */
const unfinished = new Map<JobId, JobView>();
let crashes = 0;
let idle: ReturnType<typeof setTimeout> | undefined;
let worker = startWorker();

function startWorker(): Worker {
  const started = new Worker(new URL("worker.js", import.meta.url), { type: "module", name: "engine" });
  started.addEventListener("message", (message: MessageEvent<Event>) => relay(message.data));
  started.addEventListener("error", (event) => crashed(event.message));
  started.addEventListener("messageerror", () => crashed("a message could not be read"));
  return started;
}

function relay(event: Event): void {
  if (event.type === "job") note(event.view);
  for (const port of ports) port.postMessage(event);
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
  if (ports.size === 0 && unfinished.size === 0) idle = setTimeout(() => window.close(), IDLE_MS);
}

/** Only Sotto's own pages may talk to the engine, no content script. */
function trusted(sender: chrome.runtime.MessageSender | undefined): boolean {
  return sender?.url?.startsWith(chrome.runtime.getURL("")) ?? false;
}

chrome.runtime.onConnect.addListener((port) => {
  if (port.name !== "engine" || !trusted(port.sender)) return;
  ports.add(port);
  port.onMessage.addListener((request: Request) => worker.postMessage(request));
  port.onDisconnect.addListener(() => {
    ports.delete(port);
    watchIdle();
  });
  watchIdle();
});

chrome.runtime.onMessage.addListener((message: { target?: string; request: Request }, sender, reply) => {
  if (message.target !== "engine" || !trusted(sender)) return;
  worker.postMessage(message.request);
  reply(true);
});

watchIdle();
