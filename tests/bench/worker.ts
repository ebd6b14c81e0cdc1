// Runs the engine's own benchmark in a worker, where it lives in the product too.
import { addSubgroups } from "../../offscreen/subgroups.ts";

interface Engine {
  default(options: { module_or_path: string }): Promise<unknown>;
  bench(url: string, choice: string, prompt: number, decode: number, runs: number): Promise<Timings>;
}

export interface Question {
  model: string;
  backend: string;
  prompt: number;
  decode: number;
  runs: number;
}

export interface Timings {
  device: { backend: string; adapter: string; reason?: string };
  loadMs: number;
  weightBytes: number;
  dispatchesPerToken: number;
  prefillMs: number[];
  decodeMs: number[];
}

export type Answer = { timings: Timings } | { error: string };

addSubgroups();
const address = "/engine/engine.js";
const engine = (await import(address)) as Engine;
await engine.default({ module_or_path: "/engine/engine_bg.wasm" });
self.addEventListener("message", ({ data }: MessageEvent<Question>) => {
  engine.bench(data.model, data.backend, data.prompt, data.decode, data.runs).then(
    (timings) => self.postMessage({ timings } satisfies Answer),
    (error: unknown) => self.postMessage({ error: String(error) } satisfies Answer),
  );
});
self.postMessage("ready");
