// Jobs under faults: started by `cargo xtask chaos` with its options as JSON.

import { play } from "./play.ts";
import type { StageOptions } from "./stage.ts";

interface Options extends StageOptions {
  minutes: number;
  seed: number;
  json: boolean;
}

const options = JSON.parse(process.argv[2] ?? "{}") as Options;
const say = (text: string): void => void process.stderr.write(`chaos: ${text}\n`);
say(`seed ${options.seed}`);
const { rows, losses, ends, table } = await play({ ...options, say });
process.stdout.write(`${table}\n${ends.result} jobs ended with their result, ${ends.message} with a message\n`);
for (const { round, faults, job, what } of losses) {
  process.stdout.write(`lost in round ${round} (${job}; ${faults.join(", ")}): ${what}\n`);
}
if (options.json) process.stdout.write(`${JSON.stringify({ seed: options.seed, rows, ends, losses })}\n`);
if (losses.length > 0) process.exitCode = 1;
