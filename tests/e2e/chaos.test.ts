// Jobs under faults at random moments, for three quarters of a minute: what `cargo xtask chaos` does for as long as one likes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { play } from "../chaos/play.ts";

/** Of every kind of job and fault but engines that are deaf, which take half a minute each. */
const SEED = 1425;

test("jobs under faults lose nothing", async (context) => {
  const say = (text: string): void => context.diagnostic(text);
  const { losses, rows, table } = await play({ minutes: 0.75, seed: SEED, adapter: "none", real: false, say });
  say(`\n${table}`);
  assert.ok(rows.length > 0, "there were faults");
  assert.deepEqual(losses, []);
});
