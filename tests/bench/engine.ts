// The page's side of the engine's worker.

import type { Answer, Loaded, Lookup, Probed, Question } from "./messages.ts";

/** What a run reads and writes, and whether it drafts. */
export interface Length {
  prompt: number;
  decode: number;
  lookup: boolean;
}

/** Milliseconds that a run took, as the page saw its tokens come. */
export interface Run {
  prefillMs: number;
  decodeMs: number;
  text: string;
  lookup: Lookup;
  probed: Probed | null;
}

export class Engine {
  readonly #worker: Worker;
  /** Takes what the worker tells. */
  #hear: (answer: Answer) => void = () => {};
  #fail: (error: Error) => void = () => {};

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => this.#hear(data));
    worker.addEventListener("error", ({ message }) => this.#fail(new Error(message)));
  }

  /** `threads` of the processor compute; null leaves their number to the engine. */
  static async start(threads: number | null): Promise<Engine> {
    const script = new URL(threads === null ? "worker.js" : `worker.js?threads=${threads}`, import.meta.url);
    const engine = new Engine(new Worker(script, { type: "module" }));
    await engine.#answer("ready");
    return engine;
  }

  /** Ends the worker; the GPU's memory is given back. */
  stop(): void {
    this.#worker.terminate();
  }

  /** Stores a model file for {@link load}, of this worker or a later one. */
  async fetch(url: string): Promise<void> {
    await this.#ask({ type: "fetch", url }, "fetched");
  }

  /** Loads what is stored. */
  async load(backend: string): Promise<Loaded> {
    return (await this.#ask({ type: "load", backend }, "loaded")).loaded;
  }

  /** Reads a prompt and writes so many tokens after the first one. */
  async run({ prompt, decode, lookup }: Length, run: number, probed = false): Promise<Run> {
    const start = performance.now();
    const times: number[] = [];
    let text = "";
    const ran = await this.#ask({ type: "run", prompt, decode, run, lookup, probed }, "ran", (token) => {
      times.push(performance.now());
      text += token;
    });
    const [first = NaN, last = NaN] = [times[0], times.at(-1)];
    return { prefillMs: first - start, decodeMs: last - first, text, lookup: ran.lookup, probed: ran.probed };
  }

  /** Bytes a second that the GPU reads, in 10⁹; null where the model is on no GPU. */
  async bandwidth(): Promise<number | null> {
    return (await this.#ask({ type: "bandwidth" }, "bandwidth")).rate;
  }

  async #ask<T extends Answer["type"]>(question: Question, type: T, onToken?: (text: string) => void) {
    const answer = this.#answer(type, onToken);
    this.#worker.postMessage(question);
    return answer;
  }

  /** The next answer, which must be of this type. */
  async #answer<T extends Answer["type"]>(type: T, onToken?: (text: string) => void): Promise<Answer & { type: T }> {
    return new Promise((done, failed) => {
      this.#fail = failed;
      this.#hear = (answer) => {
        if (answer.type === "token") onToken?.(answer.text);
        else if (answer.type === type) done(answer as Answer & { type: T });
        else failed(new Error(answer.type === "failed" ? answer.message : `expected ${type}, not ${answer.type}`));
      };
    });
  }
}
