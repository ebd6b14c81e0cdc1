// The engine's worker: starts the WebAssembly module that suits the browser and passes messages in
// and out. All logic is in Rust.

import { start } from "./build";
import { type Alive, FILE_CHANNEL, type FileMessage, type Ping, type Unable } from "./protocol/channels";
import { isFileMessage } from "./protocol/check";
import type { Event, Failure, Request } from "./protocol/protocol";
import { addSubgroups } from "./subgroups";

addSubgroups();

const emit = (event: Event): void => self.postMessage(event);

/** What came before the engine was up. */
const waiting: Request[] = [];
let handle = (request: Request): void => {
  waiting.push(request);
};

/** What a ping is answered with. */
let alive = (): Alive => ({ type: "alive", started: false, workingOn: undefined });

self.addEventListener("message", ({ data }: MessageEvent<Request | Ping>) => {
  if (data.type === "ping") self.postMessage(alive());
  else handle(data);
});

const waitingFiles: FileMessage[] = [];
let handOver = (message: FileMessage): void => void waitingFiles.push(message);
new BroadcastChannel(FILE_CHANNEL).addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  if (isFileMessage(data)) handOver(data);
});

// A panic inside a Rust future surfaces here. Reported, it reaches the document as this worker's
// `error` event.
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  self.reportError(event.reason);
});

try {
  const { engine: build, plain } = await start<typeof import("./engine.js")>(new URL(".", import.meta.url));
  // The query comes from the document, which has it from the background: see
  // `background/engine.ts`.
  const traces = new URLSearchParams(self.location.search).has("trace");
  const engine = new build.Engine(emit, new URL("../models/", import.meta.url).href, plain, traces);
  handle = (request) => engine.handle(request);
  alive = () => ({ type: "alive", started: true, workingOn: engine.workingOn() });
  handOver = ({ handle, file }) => engine.handOver(handle, file);
} catch (error) {
  const failure: Failure = {
    code: "internal",
    message: `The engine could not start: ${error instanceof Error ? error.message : String(error)}`,
    remedy: "Update the browser, or reinstall Sotto.",
    model: undefined,
  };
  self.postMessage({ type: "unable", failure } satisfies Unable);
}
for (const message of waitingFiles.splice(0)) handOver(message);
for (const request of waiting.splice(0)) handle(request);
