// The engine's worker: starts the WebAssembly module that suits the browser and passes messages in and out. All logic is in Rust.
import { start } from "./build";
import type { Event, Failure, Request } from "./protocol/protocol";
import { addSubgroups } from "./subgroups";

addSubgroups();

const emit = (event: Event): void => self.postMessage(event);

/** What came before the engine was up. */
const waiting: Request[] = [];
let handle = (request: Request): void => {
  waiting.push(request);
};

self.addEventListener("message", (message: MessageEvent<Request>) => handle(message.data));

/** Files come from the views by this channel: the way of the requests carries JSON only. */
interface HandedOver {
  handle: string;
  file: File;
}
const handedOver: HandedOver[] = [];
let handOver = (given: HandedOver): void => void handedOver.push(given);
new BroadcastChannel("sotto-files").addEventListener("message", ({ data }: MessageEvent<HandedOver>) => handOver(data));

// A panic inside a Rust future surfaces here. Reported, it reaches the document as this worker's `error` event.
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  self.reportError(event.reason);
});

try {
  const { engine: build, plain } = await start<typeof import("./engine.js")>(new URL(".", import.meta.url));
  const engine = new build.Engine(emit, new URL("../models/", import.meta.url).href, plain);
  handle = (request) => engine.handle(request);
  handOver = ({ handle, file }) => engine.handOver(handle, file);
} catch (error) {
  const failure: Failure = {
    code: "internal",
    message: `The engine could not start: ${error instanceof Error ? error.message : String(error)}`,
    remedy: "Update the browser, or reinstall Sotto.",
    model: undefined,
  };
  handle = () => emit({ type: "rejected", failure });
}
for (const given of handedOver.splice(0)) handOver(given);
for (const request of waiting.splice(0)) handle(request);
