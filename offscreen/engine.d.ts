// The interface of engine.js in both builds, which wasm-bindgen generates from the crate in src/.

import type { Event, Request } from "./protocol/protocol";

/** Loads and starts the WebAssembly module. */
export default function init(options: { module_or_path: URL }): Promise<unknown>;

/** The session: jobs, model and device. Lives as long as its worker. */
export class Engine {
  /**
   * `emit` receives every event; `models` is the address of the folder of packaged model files;
   * `plain` says why it is the build for one thread, in the one that is; with `traces`, what it
   * does is written to the console.
   */
  constructor(emit: (event: Event) => void, models: string, plain: string | undefined, traces: boolean);
  /** Takes one request; what comes of it is told through `emit`. */
  handle(request: Request): void;
  /** The job that is being worked on, or was and has not stopped yet. */
  workingOn(): string | undefined;
  /** Takes a file that a view hands over, to be named by a request soon. */
  handOver(handle: string, file: File): void;
}
