// Many jobs without a fault: whether what the extension holds at the end is what it held at the start.

import { KINDS, perform } from "./jobs.ts";
import { type Held, held } from "./memory.ts";
import { Stage, type StageOptions } from "./stage.ts";

/** Jobs before it counts: beyond this many results the oldest are dropped. */
const WARM_UP = 50;

/** How much more may be held at the end, as a share of what was held at the start. */
const MORE = 0.05;

export interface Soaked {
  jobs: number;
  start: Held;
  end: Held;
  /** What grew by more than it may. */
  grown: string[];
}

export async function soak(jobs: number, options: StageOptions, say: (text: string) => void): Promise<Soaked> {
  const stage = await Stage.set(options);
  try {
    const work = async (count: number): Promise<Held> => {
      for (let done = 0; done < count; done += 1) {
        const kind = KINDS[done % KINDS.length];
        if (kind) await perform(stage, kind);
        if ((done + 1) % 50 === 0) say(`${done + 1} jobs`);
      }
      const errors = stage.witness.take();
      if (errors.length > 0) throw new Error(errors.join("\n"));
      return held(stage);
    };
    const start = await work(WARM_UP);
    const end = await work(jobs);
    const grown = Object.keys(start).filter((name) => (end[name] ?? 0) > (1 + MORE) * (start[name] ?? 0));
    return { jobs, start, end, grown };
  } finally {
    await stage.strike();
  }
}

/** Both, in 10⁶ bytes. */
export function soakTable({ start, end, grown }: Soaked): string {
  const megabytes = (bytes = 0): string => (bytes / 1e6).toFixed(2);
  return Object.keys(start)
    .map((name) => {
      const change = (100 * ((end[name] ?? 0) - (start[name] ?? 0))) / (start[name] || 1);
      const verdict = grown.includes(name) ? "  GROWN" : "";
      return `${name}: ${megabytes(start[name])} MB, then ${megabytes(end[name])} MB (${change.toFixed(1)} %)${verdict}`;
    })
    .join("\n");
}
