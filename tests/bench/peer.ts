// Another engine on the same file, as many tokens and in the same page: wllama (llama.cpp in
// WebAssembly).

import { LoggerWithoutDebug, Wllama } from "@wllama/wllama/esm/index.js";
import type { Length } from "./engine.ts";

/** Tokens a second of one run. */
export interface Speed {
  prefillTps: number;
  decodeTps: number;
}

/**
 * What it did, by its own clock: it is told neither of the page's messages nor of what it waits
 * for.
 */
export interface PeerRun extends Speed {
  /** Tokens that it read. */
  prompt: number;
  prefillMs: number;
}

/**
 * The only token that it chooses, which takes the time of any: it fails at text that is no UTF-8,
 * as random weights write. " the" in the tokenizer that those are given, ASCII in others.
 */
const WRITTEN = 260;

/** How keys and values are kept. */
export type CacheType = "f16" | "f32" | "q8_0";

interface Load {
  model: string;
  backend: string;
  threads: number;
  cache: CacheType;
  /** Tokens of its context. */
  context: number;
}

export class Peer {
  readonly #wllama: Wllama;
  readonly loadMs: number;
  /** Tokens that its prompts have beyond their words, as the last one told. */
  #extra = 0;
  #runs = 0;

  private constructor(wllama: Wllama, loadMs: number) {
    this.#wllama = wllama;
    this.loadMs = loadMs;
  }

  static async load({ model, backend, threads, cache, context }: Load): Promise<Peer> {
    const quiet = { suppressNativeLog: true, logger: LoggerWithoutDebug };
    const wllama = new Wllama({ default: new URL("wllama.wasm", import.meta.url).href }, quiet);
    const file = await (await fetch(model)).blob();
    const start = performance.now();
    // One conversation: by default it keeps room for four.
    const place = { n_threads: threads, n_gpu_layers: backend === "cpu" ? 0 : 999 };
    const room = { n_ctx: context, n_parallel: 1, cache_type_k: cache, cache_type_v: cache };
    await wllama.loadModel([file], { ...place, ...room });
    const peer = new Peer(wllama, performance.now() - start);
    if (peer.threads !== threads) throw new Error(`wllama runs on ${peer.threads} threads, not on ${threads}`);
    return peer;
  }

  get threads(): number {
    return this.#wllama.getNumThreads();
  }

  /** Every run begins with another word, so that nothing of an earlier one is reused. */
  async run({ prompt, decode }: Pick<Length, "prompt" | "decode">): Promise<PeerRun> {
    this.#runs += 1;
    const words = `${this.#runs} ${"time and the river ".repeat(Math.ceil(prompt / 4))}`.split(" ");
    const text = words.slice(0, prompt - this.#extra).join(" ");
    // Its types demand two at once that exclude each other.
    const bias = { [WRITTEN]: 1000 } as never;
    const options = { prompt: text, max_tokens: decode, temperature: 0, ignore_eos: true, logit_bias: bias };
    const { timings } = await this.#wllama.createCompletion(options);
    if (!timings) throw new Error("wllama gave no timings");
    this.#extra += timings.prompt_n - prompt;
    const { prompt_n, prompt_ms, prompt_per_second, predicted_per_second } = timings;
    return { prompt: prompt_n, prefillMs: prompt_ms, prefillTps: prompt_per_second, decodeTps: predicted_per_second };
  }

  async stop(): Promise<void> {
    await this.#wllama.exit();
  }
}
