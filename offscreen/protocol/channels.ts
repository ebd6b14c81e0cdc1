// The names under which the extension's parts find each other.

import type { Failure, JobId, JobView, Request } from "./protocol";

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
export type EngineMessage = { target: "engine" } & (
  | {
      /** Handed to the engine. */
      type: "request";
      request: Request;
    }
  | {
      /** A job that it cannot be given any more. */
      type: "ended";
      view: JobView;
    }
  | {
      /** Answered with whether a job or an installation is under way. */
      type: "isBusy";
    }
  | {
      /** Answered with the text of a file that was handed over, or why it has none. */
      type: "read";
      handle: string;
    }
);

/** To the engine's worker: does it hear? */
export interface Ping {
  type: "ping";
}

/** The answer, from between two pieces of its work. */
export interface Alive {
  type: "alive";
  /** Whether the engine is up. */
  started: boolean;
  /** The job that it is at, or was and has not stopped yet. */
  workingOn: JobId | undefined;
}

/** From the engine's worker: there will be no engine. */
export interface Unable {
  type: "unable";
  failure: Failure;
}

/**
 * Broadcast channel of files, which cannot pass through a port: from the page of the models to the
 * engine's worker.
 */
export const FILE_CHANNEL = "sotto-files";

/** Broadcast channel of files to be read: from the background or a view to the offscreen document. */
export const DOCUMENT_CHANNEL = "sotto-documents";

/** A file, and the handle by which a message names it. */
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
