// Jobs under faults, or many without: started by `cargo xtask chaos` with its options as JSON.

import { play } from "./play.ts";
import { soak, soakTable } from "./soak.ts";
import type { StageOptions } from "./stage.ts";

interface Options extends StageOptions {
  minutes: number;
  seed: number;
  /** Jobs of a soak in the place of faults. */
  soak: number | null;
  json: boolean;
}

const options = JSON.parse(process.argv[2] ?? "{}") as Options;
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const say = (text: string): void => void process.stderr.write(`chaos: ${text}\n`);
if (options.soak === null) await underFaults();
else await soaked(options.soak);

async function underFaults(): Promise<void> {
  const { seed } = options;
  say(`seed ${seed}`);
  const { rows, losses, ends, table } = await play({ ...options, say });
  print(`${table}\n${ends.result} jobs ended with their result, ${ends.message} with a message`);
  for (const { round, faults, job, what } of losses)
    print(`lost in round ${round} (${job}; ${faults.join(", ")}): ${what}`);
  if (options.json) print(JSON.stringify({ seed, rows, ends, losses }));
  if (losses.length > 0) process.exitCode = 1;
}

async function soaked(jobs: number): Promise<void> {
  const result = await soak(jobs, options, say);
  print(soakTable(result));
  if (options.json) print(JSON.stringify(result));
  if (result.grown.length > 0) process.exitCode = 1;
}
