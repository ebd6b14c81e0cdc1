// The page beside this file in Chromium: started by `cargo xtask bench --where browser` with its
// options as JSON.

import { loadavg } from "node:os";
import { basename } from "node:path";
import type { Adapter } from "../e2e/driver/browser.ts";
import { open } from "./chromium.ts";
import type { Alone } from "./measure.ts";
import { serve } from "./server.ts";

interface BenchOptions {
  model: string;
  backend: string;
  adapter: Adapter;
  threads: number | null;
  prompts: number[];
  decode: number;
  runs: number;
  lookup: boolean;
  peer: string | null;
  /** How the peer keeps keys and values; null leaves it to the page. */
  cache: string | null;
  json: boolean;
  /** Folder with the page and the engine, built with its benchmark. */
  folder: string;
}

const options = JSON.parse(process.argv[2] ?? "{}") as BenchOptions;
const { backend, adapter, threads, prompts, decode, runs, lookup, peer, cache } = options;
const say = (text: string): void => void process.stderr.write(`bench: ${text}\n`);

const model = `models/${basename(options.model)}`;
const server = await serve(options.folder, { [`/${model}`]: options.model });

/** The page's address; what is undefined or null is left to it. */
function address(lengths: number[], threads: number | null, only: Alone | "store" | null = null): string {
  const query = Object.entries({
    model,
    backend,
    prompt: lengths,
    decode,
    runs,
    peer,
    cache,
    threads,
    only,
    ...(lookup ? { lookup } : {}),
  });
  const given = query.filter(([, value]) => value !== null && value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
  return `${server.origin}/index.html?${search}`;
}

async function visit(addresses: string[]) {
  const opened = await open(addresses, adapter, say);
  if (opened.error !== null) throw new Error(opened.error);
  return opened;
}

/** The most memory that one engine takes for the longest prompt, alone in a browser of its own. */
async function memory(only: Alone, threads: number): Promise<number | null> {
  say(`memory of ${only === "peer" ? peer : "Sotto"}, alone`);
  const lengths = [Math.max(...prompts)];
  // Ours finds its model stored, as an installed one is.
  const before = only === "own" ? [address(lengths, threads, "store")] : [];
  return (await visit([...before, address(lengths, threads, only)])).peakMemoryMb;
}

// Of the minute before. Windows tells none.
const [otherLoad = 0] = loadavg();
if (otherLoad > 0.5)
  say(
    `this machine is busy with something else (load ${otherLoad.toFixed(1)}): threads that wait for each other suffer most`,
  );
try {
  const { results } = await visit([address(prompts, threads)]);
  const [first] = results;
  if (first === undefined) throw new Error("the page gave no figures");
  for (const { prompt, prefillTps, decodeTps, ratio } of results) {
    say(
      `median at ${prompt}: reading ${prefillTps.median.toFixed(1)}, writing ${decodeTps.median.toFixed(1)} tokens/s`,
    );
    if (ratio) say(`ratio to ${peer}: reading ${ratio.prefill.toFixed(2)}, writing ${ratio.decode.toFixed(2)}`);
  }
  // On a GPU the weights are in no process's own memory.
  const peakMemoryMb = first.backend === "cpu" ? await memory("own", first.threads) : null;
  const rival = first.peer && {
    ...first.peer,
    peakMemoryMb: backend === "cpu" ? await memory("peer", first.threads) : null,
  };
  const lengths = results.map(({ prompt, prefillTps, decodeTps, peer, ratio }) => ({
    ...{ prompt, prefillTps, decodeTps, ratio },
    peer: peer && { prompt: peer.prompt, prefillTps: peer.prefillTps, decodeTps: peer.decodeTps },
  }));
  if (peakMemoryMb !== null)
    say(`most memory: ${[peakMemoryMb, rival?.peakMemoryMb].map((mb) => mb?.toFixed(0)).join(" and ")} MB`);
  if (options.json)
    process.stdout.write(`${JSON.stringify({ ...first, peakMemoryMb, otherLoad, peer: rival, lengths })}\n`);
} finally {
  await server.stop();
}
