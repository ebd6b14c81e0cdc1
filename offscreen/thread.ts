// A thread that helps the engine: its own worker, with the engine's module and memory. Its script
// lies in the package, because an extension may start no worker from anything else.

import { THREAD_CHANNEL, type ThreadFailure } from "./protocol/channels";

/** The first and only message to it. */
interface ThreadInit {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
}

/** What it takes from the engine's script. */
interface Engine {
  default(options: {
    module_or_path: WebAssembly.Module;
    memory: WebAssembly.Memory;
    thread_stack_size: number;
  }): Promise<unknown>;
  /** Works for the engine, for ever. */
  serve(): never;
}

/** Bytes of the thread's stack, in whole pages: it calls kernels, and nothing deep. */
const STACK = 512 * 1024;

const failures = new BroadcastChannel(THREAD_CHANNEL);

async function run({ module, memory }: ThreadInit): Promise<void> {
  const engine = (await import(new URL("threads/engine.js", import.meta.url).href)) as Engine;
  await engine.default({ module_or_path: module, memory, thread_stack_size: STACK });
  self.postMessage(null);
  try {
    engine.serve();
  } catch (error) {
    failures.postMessage({ engine: self.name, reason: String(error) } satisfies ThreadFailure);
  }
}

self.addEventListener(
  "message",
  ({ data }: MessageEvent<ThreadInit>) => {
    run(data).catch((error: unknown) => self.postMessage(String(error)));
  },
  { once: true },
);
