// Another engine on the same file, as many tokens and in the same page: wllama (llama.cpp in WebAssembly).
import { Wllama } from "@wllama/wllama/esm/index.js";

/** Tokens a second of one run. */
export interface Speed {
  prefillTps: number;
  decodeTps: number;
}

export class Peer {
  readonly #wllama: Wllama;
  readonly #prompt: number;
  readonly #decode: number;

  private constructor(wllama: Wllama, prompt: number, decode: number) {
    this.#wllama = wllama;
    this.#prompt = prompt;
    this.#decode = decode;
  }

  static async load(model: string, backend: string, prompt: number, decode: number): Promise<Peer> {
    const wllama = new Wllama({ default: new URL("wllama.wasm", import.meta.url).href }, { suppressNativeLog: true });
    const file = await (await fetch(model)).blob();
    // Its default for threads is half the cores: the engine that is measured against it gets no more either.
    await wllama.loadModel([file], { n_ctx: prompt + decode + 64, n_gpu_layers: backend === "cpu" ? 0 : 999 });
    return new Peer(wllama, prompt, decode);
  }

  get threads(): number {
    return this.#wllama.getNumThreads();
  }

  async run(round: number): Promise<Speed> {
    const words = `${round} ${"time and the river ".repeat(Math.ceil(this.#prompt / 4))}`.split(" ");
    const prompt = words.slice(0, this.#prompt - 1).join(" ");
    const options = { prompt, max_tokens: this.#decode, temperature: 0, ignore_eos: true };
    const { timings } = await this.#wllama.createCompletion(options);
    if (!timings) throw new Error("wllama gave no timings");
    return { prefillTps: timings.prompt_per_second, decodeTps: timings.predicted_per_second };
  }

  async stop(): Promise<void> {
    await this.#wllama.exit();
  }
}
