// Prints how many sentences of each real page are found again on it: started by `cargo xtask score passages` with its options
// as JSON.

import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isFound, PassageReader } from "./driver/passages.ts";

/** Share of all sentences that is to be found. */
const BAR = 0.997;

const { folder } = JSON.parse(process.argv[2] ?? "{}") as { folder: string };
const lines: string[] = [];
const lost: string[] = [];
let [sentences, found] = [0, 0];
const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(whole, 1)).toFixed(1)} %`;
const reader = await PassageReader.start();
try {
  for (const name of (await readdir(folder)).sort()) {
    const file = join(folder, name, "source.html");
    if (!existsSync(file)) continue;
    const passages = await reader.passages(await readFile(file, "utf8"));
    const missing = passages.filter((passage) => !isFound(passage));
    const here = passages.length - missing.length;
    lines.push(`| ${name} | ${passages.length} | ${here} | ${percent(here, passages.length)} |`);
    lost.push(...missing.map(({ sentence, shown }) => `${name}: ${sentence}\n  shown: ${shown}`));
    sentences += passages.length;
    found += here;
  }
} finally {
  await reader.stop();
}
lines.push(`| all | ${sentences} | ${found} | ${percent(found, sentences)} |`);
console.log(["| page | sentences | found | share |", "|---|---|---|---|", ...lines].join("\n"));
if (lost.length > 0) console.log(`\n${lost.join("\n")}`);
if (found < BAR * sentences) process.exitCode = 1;
