// Jobs under faults at random moments, for a minute: what `cargo xtask chaos` does for as long as one likes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { play } from "../chaos/play.ts";

test("a minute of jobs under faults loses nothing", async (context) => {
  const say = (text: string): void => context.diagnostic(text);
  const { losses, table } = await play({ minutes: 1, seed: 16, adapter: "none", real: false, say });
  say(`\n${table}`);
  assert.deepEqual(losses, []);
});
