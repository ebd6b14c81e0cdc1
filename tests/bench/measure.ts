// One measurement: load, warm up, run, and what comes of it.
import { Engine } from "./engine.ts";
import type { Length, Run } from "./engine.ts";
import type { Speed } from "./peer.ts";
import { Peer } from "./peer.ts";

export interface Options extends Length {
  /** Address of the model file. */
  model: string;
  backend: string;
  runs: number;
  peer: string | null;
}

export interface Spread {
  median: number;
  min: number;
  max: number;
}

export type Result = Awaited<ReturnType<typeof measure>>;

/** Measures the stored model. `say` is told how it goes. */
export async function measure(options: Options, say: (text: string) => void) {
  const { model, backend, prompt, decode } = options;
  const start = performance.now();
  const engine = await Engine.start();
  const loaded = await engine.load(backend);
  const ready = performance.now();
  const first = await engine.run(options, 0);
  const loadToFirstTokenMs = ready - start + first.prefillMs;
  say(`loaded in ${loaded.loadMs.toFixed(0)} ms; first run: ${words(speed(options, first))}`);
  let last = first;
  const { probed } = await engine.run(options, 1, true);
  const peer = options.peer === null ? null : await Peer.load(model, backend, prompt, decode);
  const [own, theirs]: [Speed[], Speed[]] = [[], []];
  // Rounds alternate between the engines, so that both meet the same machine; the peer's first one warms it up.
  if (peer) say(`${options.peer}, first run: ${words(await peer.run(0))}`);
  for (let round = 1; round <= options.runs; round += 1) {
    last = await engine.run(options, round + 1);
    own.push(speed(options, last));
    if (peer) theirs.push(await peer.run(round));
    const beside = theirs.at(-1);
    say(`run ${round}: ${words(own.at(-1))}${beside ? `; ${options.peer}: ${words(beside)}` : ""}`);
  }
  const measured = await engine.bandwidth();
  engine.stop();
  const speeds = spreads(own);
  const rival = peer && { name: options.peer, threads: peer.threads, ...spreads(theirs) };
  await peer?.stop();
  return {
    backend: loaded.device.backend,
    adapter: loaded.device.adapter,
    reason: loaded.device.reason ?? null,
    features: loaded.features,
    where: "browser",
    model: new URL(model, location.href).pathname.replace(/^.*\/|\.gguf$/g, ""),
    threads: 1,
    prompt,
    decode,
    ...speeds,
    loadMs: loaded.loadMs,
    loadToFirstTokenMs,
    dispatchesPerToken: probed?.dispatches ?? loaded.dispatchesPerToken,
    submitsPerToken: probed?.submits ?? 0,
    bytesPerToken: loaded.bytesPerToken,
    gpuMsPerToken: probed?.gpuMs ?? null,
    bandwidth: measured === null ? null : { measured, share: (loaded.bytesPerToken * speeds.decodeTps.median) / measured / 1e9 },
    lookup: last.lookup,
    peer: rival,
    ratio: rival && {
      prefill: speeds.prefillTps.median / rival.prefillTps.median,
      decode: speeds.decodeTps.median / rival.decodeTps.median,
    },
    text: first.text.slice(0, 1000),
  };
}

function speed({ prompt, decode }: Options, run: Run): Speed {
  return { prefillTps: (prompt * 1000) / run.prefillMs, decodeTps: (decode * 1000) / run.decodeMs };
}

function spreads(speeds: Speed[]): { prefillTps: Spread; decodeTps: Spread } {
  return { prefillTps: spread(speeds.map((one) => one.prefillTps)), decodeTps: spread(speeds.map((one) => one.decodeTps)) };
}

function spread(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1] ?? NaN, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

function words(speed: Speed | undefined): string {
  return speed ? `reading ${speed.prefillTps.toFixed(1)}, writing ${speed.decodeTps.toFixed(1)} tokens/s` : "";
}
