// The life of the offscreen document, in which the engine runs.

import type { EngineMessage } from "../offscreen/protocol/channels";
import type { JobId, Request } from "../offscreen/protocol/protocol";
import { failedReplay, forgetStart, noteReplay, unfinished } from "./jobs";

const DOCUMENT = "offscreen/offscreen.html";

/**
 * For developers: with `chrome.storage.local.set({ trace: true })` in this worker's console, an
 * engine that is started from then on writes what it does to its own console.
 */
const TRACE_KEY = "trace";

let creating: Promise<void> | undefined;

/**
 * Sees that the engine's document is there; a new one is given the jobs that its predecessor had
 * not finished.
 */
export async function ensureEngine(): Promise<void> {
  creating ??= create().finally(() => (creating = undefined));
  await creating;
}

/** Sends the engine a request; one that is not there is started first. */
export async function send(request: Request): Promise<void> {
  await ensureEngine();
  try {
    await post(request);
  } catch {
    // The document closed itself just now: idle, or crashed.
    await ensureEngine();
    await post(request);
  }
}

/**
 * Stops a job for good: an engine that has been lost is not given it again, and none is started for
 * this.
 */
export async function cancel(job: JobId): Promise<void> {
  await forgetStart(job);
  await creating;
  if (await exists()) await post({ type: "cancel", job });
}

/** Whether a job or an installation is under way. */
export async function isBusy(): Promise<boolean> {
  await creating;
  if (!(await exists())) return false;
  return chrome.runtime.sendMessage<EngineMessage, boolean>({ target: "engine", type: "isBusy" });
}

async function post(request: Request): Promise<void> {
  await chrome.runtime.sendMessage<EngineMessage>({ target: "engine", type: "request", request });
}

async function create(): Promise<void> {
  if (await exists()) return;
  try {
    await chrome.offscreen.createDocument({
      url: (await isTraced()) ? `${DOCUMENT}?trace` : DOCUMENT,
      reasons: [chrome.offscreen.Reason.WORKERS],
      justification: "Runs the language model in a worker, so that closing the popup does not stop it.",
    });
  } catch (error) {
    // Another instance of this service worker may have been quicker.
    if (await exists()) return;
    throw error;
  }
  for (const kept of await unfinished()) {
    const ended = failedReplay(kept);
    if (ended) {
      await chrome.runtime.sendMessage<EngineMessage>({ target: "engine", type: "ended", view: ended });
    } else {
      await noteReplay(kept);
      await post(kept.start);
    }
  }
}

async function isTraced(): Promise<boolean> {
  const { [TRACE_KEY]: traced } = await chrome.storage.local.get<Record<string, boolean>>(TRACE_KEY);
  return traced === true;
}

async function exists(): Promise<boolean> {
  const contexts = await chrome.runtime.getContexts({
    contextTypes: [chrome.runtime.ContextType.OFFSCREEN_DOCUMENT],
  });
  return contexts.length > 0;
}
