// The page beside this file in Chromium: started by `cargo xtask bench --where browser` with its options as JSON.
import { chromium } from "playwright-core";
import { basename } from "node:path";
import { ADAPTERS, environment } from "../e2e/driver/browser.ts";
import type { Adapter } from "../e2e/driver/browser.ts";
import type { Finished } from "./page.ts";
import { serve } from "./server.ts";

interface BenchOptions {
  model: string;
  backend: string;
  adapter: Adapter;
  prompt: number;
  decode: number;
  runs: number;
  lookup: boolean;
  peer: string | null;
  json: boolean;
  /** Folder with the page and the engine, built with its benchmark. */
  folder: string;
}

const options = JSON.parse(process.argv[2] ?? "{}") as BenchOptions;
const say = (text: string): void => void process.stderr.write(`bench: ${text}\n`);

const model = `models/${basename(options.model)}`;
const server = await serve(options.folder, { [`/${model}`]: options.model });
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
  page.on("console", (message) => say(message.text()));
  page.on("crash", () => say("the page crashed"));
  const { backend, prompt, decode, runs, lookup, peer } = options;
  const chosen = { ...(lookup ? { lookup } : {}), ...(peer === null ? {} : { peer }) };
  const query = Object.entries({ model, backend, prompt, decode, runs, ...chosen });
  const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, String(value)]));
  await page.goto(`${server.origin}/index.html?${search}`);
  const handle = await page.waitForFunction(() => (globalThis as { sotto?: Finished }).sotto, null, { timeout: 0 });
  const { results, error } = (await handle.jsonValue()) ?? { results: [], error: "the page gave no figures" };
  const [result] = results;
  if (result === undefined) throw new Error(error ?? "the page gave no figures");
  const { ratio, prefillTps, decodeTps } = result;
  say(`median: reading ${prefillTps.median.toFixed(1)}, writing ${decodeTps.median.toFixed(1)} tokens/s`);
  if (ratio) say(`ratio to ${peer}: reading ${ratio.prefill.toFixed(2)}, writing ${ratio.decode.toFixed(2)}`);
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await browser.close();
  await server.stop();
}
