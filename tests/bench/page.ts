// The page that measures, by what its address says after the `?`:
// `model=URL[&backend=auto|gpu|cpu][&prompt=N[,N…]][&decode=N][&runs=N][&threads=N][&lookup][&peer=wllama[&cache=q8_0|f16|f32]]
// [&only=store|own|peer][&post]`. With `only` the model is stored, and no more; or an engine runs
// once at each length, alone, ours with what was stored before: there are no figures. With `post`
// it sends log lines to `/log` and the figures to `/result` of its server.

import { Engine } from "./engine.ts";
import type { Result } from "./measure.ts";
import { measure, runAlone } from "./measure.ts";
import type { CacheType } from "./peer.ts";
import type { Spread } from "./spread.ts";

/** What a program that drives the page waits for. */
export interface Finished {
  results: Result[];
  error: string | null;
}

const query = new URLSearchParams(location.search);
const state = document.querySelector<HTMLElement>("#state");

async function post(path: string, body: string): Promise<void> {
  if (query.has("post")) await fetch(path, { method: "POST", body });
}

function say(text: string): void {
  console.log(text);
  if (state) state.textContent = text;
  void post("/log", text);
}

async function run(): Promise<Result[]> {
  const model = query.get("model");
  if (model === null) throw new Error("The address names no model: index.html?model=URL");
  const number = (name: string, otherwise: number): number => Number(query.get(name) ?? otherwise);
  const prompts = (query.get("prompt") ?? "256").split(",").map(Number);
  const only = query.get("only");
  if (only === null || only === "store") {
    const storer = await Engine.start(null);
    say("storing the model");
    await storer.fetch(new URL(model, location.href).href);
    storer.stop();
  }
  if (only === "store") return [];
  const threads = query.get("threads");
  const results: Result[] = [];
  for (const prompt of prompts) {
    const length = { prompt, decode: number("decode", 64), lookup: query.has("lookup") };
    const place = {
      model,
      backend: query.get("backend") ?? "auto",
      threads: threads === null ? null : Number(threads),
    };
    const options = { ...length, ...place, runs: number("runs", 5), peer: query.get("peer"), cache: cacheType(query) };
    say(`reading ${prompt} tokens, writing ${length.decode}`);
    if (only === "own" || only === "peer") {
      await runAlone(only, options);
      continue;
    }
    const result = await measure(options, say);
    show(result);
    results.push(result);
  }
  return results;
}

/** By default what wllama is fastest with on a processor, and its own default on a GPU. */
function cacheType(query: URLSearchParams): CacheType {
  const name = query.get("cache");
  if (name === "f16" || name === "f32" || name === "q8_0") return name;
  return query.get("backend") === "cpu" ? "q8_0" : "f16";
}

function show(result: Result): void {
  const table = document.querySelector("table");
  const row = table?.tBodies[0]?.insertRow();
  if (!table || !row) return;
  table.hidden = false;
  const range = ({ median, min, max }: Spread): string =>
    `${median.toFixed(1)} (${min.toFixed(1)} to ${max.toFixed(1)})`;
  for (const text of [
    result.model,
    `${result.backend}: ${result.adapter}`,
    String(result.prompt),
    range(result.prefillTps),
    range(result.decodeTps),
    result.loadMs.toFixed(0),
    result.loadToFirstTokenMs.toFixed(0),
    String(result.dispatchesPerToken),
    String(result.submitsPerToken),
    result.gpuMsPerToken?.toFixed(3) ?? "",
    result.bandwidth
      ? `${(100 * result.bandwidth.share).toFixed(0)} % of ${result.bandwidth.measured.toFixed(0)} GB/s`
      : "",
  ]) {
    row.insertCell().textContent = text;
  }
  const output = document.querySelector("#output");
  if (output) output.textContent = result.text;
}

const finished: Finished = await run().then(
  (results) => ({ results, error: null }),
  (error: unknown) => ({ results: [], error: error instanceof Error ? error.message : String(error) }),
);
say(finished.error ?? "done");
await post("/result", JSON.stringify(finished.results.length === 1 ? finished.results[0] : finished));
Object.assign(globalThis, { sotto: finished });
