// The engine in its worker, as in the product: each token goes to the page as it comes.

import { start } from "../../offscreen/build.ts";
import { addSubgroups } from "../../offscreen/subgroups.ts";
import type { Answer, Loaded, Question } from "./messages.ts";
import { addTimestamps, Probe } from "./probe.ts";

interface Engine {
  default(options: { module_or_path: URL }): Promise<unknown>;
  Bench: new (plain: string | undefined, threads: number | undefined) => Bench;
}

interface Bench {
  fetch(url: string): Promise<void>;
  load(backend: string): Promise<Loaded>;
  run(prompt: number, decode: number, run: number, lookup: boolean, onText: (text: string) => void): Promise<void>;
  lookup(): Uint32Array;
  bandwidth(): Promise<number | undefined>;
}

const tell = (answer: Answer): void => self.postMessage(answer);

async function answer(bench: Bench, question: Question): Promise<Answer> {
  switch (question.type) {
    case "fetch":
      await bench.fetch(question.url);
      return { type: "fetched" };
    case "load":
      return { type: "loaded", loaded: await bench.load(question.backend) };
    case "run": {
      const { prompt, decode, run, lookup } = question;
      const probe = question.probed ? new Probe(decode) : undefined;
      await bench.run(prompt, decode, run, lookup, (text) => {
        probe?.token();
        tell({ type: "token", text });
      });
      const [drafted = 0, accepted = 0] = bench.lookup();
      return { type: "ran", lookup: { drafted, accepted }, probed: (await probe?.finish()) ?? null };
    }
    case "bandwidth":
      return { type: "bandwidth", rate: (await bench.bandwidth()) ?? null };
    default:
      return question satisfies never;
  }
}

addSubgroups();
addTimestamps();
const { engine, plain } = await start<Engine>(new URL(".", import.meta.url));
const threads = new URL(import.meta.url).searchParams.get("threads");
const bench = new engine.Bench(plain, threads === null ? undefined : Number(threads));
self.addEventListener("message", ({ data }: MessageEvent<Question>) => {
  answer(bench, data).then(tell, (error: unknown) => tell({ type: "failed", message: String(error) }));
});
tell({ type: "ready" });
