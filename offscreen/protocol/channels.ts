// The names under which the extension's parts find each other.

import type { JobId, Request } from "./protocol";

/** Port of a view of Sotto's own: it sees every event and may make any request. */
export const ENGINE_PORT = "engine";

const JOB_PORT = "job:";

/** Port of a script on a page: it sees one job, and may cancel that. */
export function jobPort(job: JobId): string {
  return JOB_PORT + job;
}

/** The job that a port is for, if it is such a port. */
export function jobOfPort(name: string): JobId | undefined {
  return name.startsWith(JOB_PORT) ? name.slice(JOB_PORT.length) : undefined;
}

/**
 * The background's message to the offscreen document, which hears all messages of the extension.
 */
export interface EngineMessage {
  target: "engine";
  request: Request;
}

/**
 * Broadcast channel of files, which cannot pass through a port: from the page of the models to the
 * engine's worker.
 */
export const FILE_CHANNEL = "sotto-files";

/** A file, and the handle that a request to install it names. */
export interface FileMessage {
  handle: string;
  file: File;
}

/**
 * Broadcast channel of threads that failed at their work. The engine's worker cannot listen while
 * it waits for a thread: whoever started that worker does.
 */
export const THREAD_CHANNEL = "sotto-threads";

export interface ThreadFailure {
  /** Name of the engine's worker. */
  engine: string;
  reason: string;
}
