// The page in which engines are measured, one after the other. `bench.ts` calls what it leaves in `sotto`.
import { Wllama } from "@wllama/wllama/esm/index.js";
import type { Answer, Question, Timings } from "./worker.ts";

/** Tokens a second of one run. */
export interface Run {
  prefillTps: number;
  decodeTps: number;
}

let engine: Worker | undefined;
let peer: Wllama | undefined;

async function startEngine(): Promise<Worker> {
  const worker = new Worker("/worker.js", { type: "module" });
  await new Promise((done, failed) => {
    worker.addEventListener("message", done, { once: true });
    worker.addEventListener("error", ({ message }) => failed(new Error(message)), { once: true });
  });
  return worker;
}

/** Loads the model into our engine and measures some runs. */
async function own(question: Question): Promise<Timings> {
  engine ??= await startEngine();
  const worker = engine;
  const answer = await new Promise<Answer>((done) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => done(data), { once: true });
    worker.postMessage(question);
  });
  if ("error" in answer) throw new Error(answer.error);
  return answer.timings;
}

/** Measures one run of wllama (llama.cpp in WebAssembly) with the same file, and as many tokens as ours. */
async function wllama({ model, backend, prompt, decode }: Question, round: number): Promise<Run & { threads: number }> {
  if (!peer) {
    peer = new Wllama({ default: "/wllama.wasm" }, { suppressNativeLog: true });
    const file = await (await fetch(model)).blob();
    // Its default for threads is half the cores: the engine that is measured against it gets no more either.
    await peer.loadModel([file], { n_ctx: prompt + decode + 64, n_gpu_layers: backend === "gpu" ? 999 : 0 });
  }
  const text = `${round} ${"time and the river ".repeat(Math.ceil(prompt / 4))}`.split(" ").slice(0, prompt - 1).join(" ");
  const { timings } = await peer.createCompletion({ prompt: text, max_tokens: decode, temperature: 0, ignore_eos: true });
  if (!timings) throw new Error("wllama gave no timings");
  return {
    prefillTps: timings.prompt_per_second,
    decodeTps: timings.predicted_per_second,
    threads: peer.getNumThreads(),
  };
}

const sotto = { own, wllama };
export type Bench = typeof sotto;
Object.assign(globalThis, { sotto });
