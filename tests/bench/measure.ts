// One measurement: load, warm up, run, and what comes of it.

import type { Length, Run } from "./engine.ts";
import { Engine } from "./engine.ts";
import type { CacheType, PeerRun, Speed } from "./peer.ts";
import { Peer } from "./peer.ts";
import type { Spread } from "./spread.ts";
import { spread } from "./spread.ts";

/** The engine that has a page to itself, to see how much memory it takes. */
export type Alone = "own" | "peer";

export interface Options extends Length {
  /** Address of the model file. */
  model: string;
  backend: string;
  /**
   * Threads of the processor for each engine; null leaves it to ours, and gives the peer as many.
   */
  threads: number | null;
  runs: number;
  peer: string | null;
  /** How the peer keeps keys and values. */
  cache: CacheType;
}

export type Result = Awaited<ReturnType<typeof measure>>;

/**
 * Tokens of the prompt that `loadToFirstTokenMs` counts on a processor: so short that loading is
 * most of it.
 */
const SHORT_PROMPT = 32;

/** Measures the stored model. `say` is told how it goes. */
export async function measure(options: Options, say: (text: string) => void) {
  const { model, backend, prompt, decode } = options;
  const start = performance.now();
  const engine = await Engine.start(options.threads);
  const loaded = await engine.load(backend);
  const ready = performance.now();
  const threads = loaded.device.threads?.count ?? 1;
  const isGpu = loaded.device.backend === "gpu";
  const loadPrompt = isGpu ? prompt : SHORT_PROMPT;
  const short = { ...options, prompt: loadPrompt };
  const first = await engine.run(short, 0);
  const loadToFirstTokenMs = ready - start + first.prefillMs;
  say(`loaded in ${loaded.loadMs.toFixed(0)} ms; ${loadPrompt} tokens read after ${loadToFirstTokenMs.toFixed(0)} ms`);
  const warm = await engine.run(options, 1, isGpu);
  say(`first run: ${words(speed(options, warm))}`);
  const peer = options.peer === null ? null : await Peer.load(besides(options, threads));
  const peerFirst = await peer?.run(short);
  if (peer) say(`${options.peer}, first run: ${words(await peer.run(options))}`);
  const [own, theirs]: [Speed[], PeerRun[]] = [[], []];
  // Rounds alternate between the engines, so that both meet the same machine.
  let last = warm;
  for (let round = 1; round <= options.runs; round += 1) {
    last = await engine.run(options, round + 1);
    own.push(speed(options, last));
    if (peer) theirs.push(await peer.run(options));
    const beside = theirs.at(-1);
    say(`run ${round}: ${words(own.at(-1))}${beside ? `; ${options.peer}: ${words(beside)}` : ""}`);
  }
  const measured = await engine.bandwidth();
  engine.stop();
  const speeds = spreads(own);
  const rival = peer && {
    name: options.peer,
    cache: options.cache,
    threads: peer.threads,
    prompt: theirs[0]?.prompt ?? 0,
    ...spreads(theirs),
    loadMs: peer.loadMs,
    loadToFirstTokenMs: peer.loadMs + (peerFirst?.prefillMs ?? NaN),
  };
  await peer?.stop();
  const { probed } = warm;
  return {
    backend: loaded.device.backend,
    adapter: loaded.device.adapter,
    reason: loaded.device.reason ?? loaded.device.threads?.reason ?? null,
    features: loaded.features,
    where: "browser",
    model: new URL(model, location.href).pathname.replace(/^.*\/|\.gguf$/g, ""),
    threads,
    prompt,
    decode,
    ...speeds,
    loadMs: loaded.loadMs,
    loadPrompt,
    loadToFirstTokenMs,
    dispatchesPerToken: probed?.dispatches ?? loaded.dispatchesPerToken,
    submitsPerToken: probed?.submits ?? 0,
    bytesPerToken: loaded.bytesPerToken,
    gpuMsPerToken: probed?.gpuMs ?? null,
    bandwidth:
      measured === null ? null : { measured, share: (loaded.bytesPerToken * speeds.decodeTps.median) / measured / 1e9 },
    lookup: last.lookup,
    peer: rival,
    ratio: rival && {
      prefill: speeds.prefillTps.median / rival.prefillTps.median,
      decode: speeds.decodeTps.median / rival.decodeTps.median,
    },
    text: first.text.slice(0, 1000),
  };
}

/** Loads one engine and has it run once: what its process took for that is for others to see. */
export async function runAlone(which: Alone, options: Options): Promise<void> {
  if (which === "peer") {
    await (await Peer.load(besides(options, options.threads ?? 1))).run(options);
    return;
  }
  const engine = await Engine.start(options.threads);
  await engine.load(options.backend);
  await engine.run(options, 0);
}

/** What the peer is loaded with: as many threads as ours, and room for what it reads and writes. */
function besides({ model, backend, prompt, decode, cache }: Options, threads: number) {
  return { model, backend, threads, cache, context: prompt + decode + 64 };
}

function speed({ prompt, decode }: Options, run: Run): Speed {
  return { prefillTps: (prompt * 1000) / run.prefillMs, decodeTps: (decode * 1000) / run.decodeMs };
}

function spreads(speeds: Speed[]): { prefillTps: Spread; decodeTps: Spread } {
  return {
    prefillTps: spread(speeds.map((one) => one.prefillTps)),
    decodeTps: spread(speeds.map((one) => one.decodeTps)),
  };
}

function words(speed: Speed | undefined): string {
  return speed ? `reading ${speed.prefillTps.toFixed(1)}, writing ${speed.decodeTps.toFixed(1)} tokens/s` : "";
}
