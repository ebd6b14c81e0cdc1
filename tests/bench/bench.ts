// The engine's speed in Chromium, beside another engine if wanted: started by `cargo xtask bench --where browser` with
// its options as JSON. Rounds alternate between the engines, so that both meet the same machine.
import { chromium } from "playwright-core";
import { basename } from "node:path";
import { ADAPTERS, environment } from "../e2e/driver/browser.ts";
import type { Adapter } from "../e2e/driver/browser.ts";
import type { Bench, Run } from "./page.ts";
import { serve } from "./server.ts";
import type { Question, Timings } from "./worker.ts";

interface BenchOptions {
  model: string;
  backend: string;
  adapter: Adapter;
  prompt: number;
  decode: number;
  runs: number;
  peer: string | null;
  json: boolean;
  /** Folder with the page's scripts and the engine, built with its benchmark. */
  folder: string;
}

interface Spread {
  median: number;
  min: number;
  max: number;
}

const options = JSON.parse(process.argv[2] ?? "{}") as BenchOptions;
const say = (text: string): void => void process.stderr.write(`bench: ${text}\n`);

function spread(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1] ?? NaN, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

const server = await serve({
  "/page.js": `${options.folder}/page.js`,
  "/worker.js": `${options.folder}/worker.js`,
  "/engine/engine.js": `${options.folder}/engine.js`,
  "/engine/engine_bg.wasm": `${options.folder}/engine_bg.wasm`,
  "/wllama.wasm": `${environment("SOTTO_ROOT")}/node_modules/@wllama/wllama/esm/wasm/wllama.wasm`,
  "/model.gguf": options.model,
});
const browser = await chromium.launch({
  executablePath: environment("SOTTO_CHROMIUM"),
  headless: false,
  args: [
    "--headless=new",
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    ...ADAPTERS[options.adapter],
    ...(process.env["SOTTO_CHROMIUM_FLAGS"] ?? "").split(" ").filter(Boolean),
  ],
});
try {
  const page = await browser.newPage();
  await page.goto(server.origin);
  await page.waitForFunction(() => "sotto" in globalThis);
  const { model, ...rest } = { ...options, model: `${server.origin}/model.gguf` };
  const question: Question = { model, backend: rest.backend, prompt: rest.prompt, decode: rest.decode, runs: 2 };
  const own = (): Promise<Timings> =>
    page.evaluate((asked) => (globalThis as unknown as { sotto: Bench }).sotto.own(asked), question);
  const wllama = (round: number): Promise<Run & { threads: number }> =>
    page.evaluate(
      ([asked, at]) => (globalThis as unknown as { sotto: Bench }).sotto.wllama(asked, at),
      [question, round] as const,
    );

  const ours: Run[] = [];
  const theirs: Run[] = [];
  let last: Timings | undefined;
  let peerThreads = 0;
  for (let round = 0; round <= options.runs; round += 1) {
    last = await own();
    // Of the two runs after each load the first one warms up.
    const run = { prefillTps: perSecond(options.prompt, last.prefillMs), decodeTps: perSecond(options.decode, last.decodeMs) };
    const peer = options.peer === null ? undefined : await wllama(round);
    peerThreads = peer?.threads ?? 0;
    say(`round ${round}${round === 0 ? " (warms up)" : ""}: ${figures(run)}${peer ? `; ${options.peer} ${figures(peer)}` : ""}`);
    if (round === 0) continue;
    ours.push(run);
    if (peer) theirs.push(peer);
  }
  report(ours, theirs, last, peerThreads);
} finally {
  await browser.close();
  await server.stop();
}

function perSecond(tokens: number, ms: number[]): number {
  return (tokens * 1000) / (ms.at(-1) ?? NaN);
}

function figures({ prefillTps, decodeTps }: Run): string {
  return `reading ${prefillTps.toFixed(1)}, writing ${decodeTps.toFixed(1)} tokens/s`;
}

function report(ours: Run[], theirs: Run[], last: Timings | undefined, peerThreads: number): void {
  const of = (runs: Run[]) => ({
    prefillTps: spread(runs.map((run) => run.prefillTps)),
    decodeTps: spread(runs.map((run) => run.decodeTps)),
  });
  const own = of(ours);
  const peer = theirs.length === 0 ? null : { name: options.peer, threads: peerThreads, ...of(theirs) };
  const ratio = peer && {
    prefill: own.prefillTps.median / peer.prefillTps.median,
    decode: own.decodeTps.median / peer.decodeTps.median,
  };
  if (ratio) say(`ratio to ${options.peer}: reading ${ratio.prefill.toFixed(2)}, writing ${ratio.decode.toFixed(2)}`);
  if (!options.json) return;
  const result = {
    backend: last?.device.backend,
    adapter: last?.device.adapter,
    where: "browser",
    model: basename(options.model, ".gguf"),
    threads: 1,
    prompt: options.prompt,
    decode: options.decode,
    ...own,
    loadMs: last?.loadMs,
    dispatchesPerToken: last?.dispatchesPerToken,
    bytesPerToken: last?.weightBytes,
    peer,
    ratio,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
