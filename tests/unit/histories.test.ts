// Histories of the session in Rust, written by its property tests: a view that has seen the events
// knows what the session's next snapshot says.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Event } from "../../offscreen/protocol/protocol";
import { applyEvent, initialEngineState } from "../../offscreen/view/fold";

interface History {
  events: Event[];
  snapshot: Extract<Event, { type: "snapshot" }>;
}

const FILE = join(process.env["SOTTO_ROOT"] ?? ".", "offscreen/session/tests/histories.json");

test("the session's histories come to the session's own end", async () => {
  const histories: History[] = JSON.parse(await readFile(FILE, "utf8"));
  const types = new Set(histories.flatMap(({ events }) => events.map(({ type }) => type)));
  for (const type of ["snapshot", "model", "models", "job", "progress", "section", "token"] as const) {
    assert.ok(types.has(type), `a history has an event of type ${type}`);
  }
  for (const [number, { events, snapshot }] of histories.entries()) {
    const engine = initialEngineState();
    for (const event of events) applyEvent(engine, event);
    assert.deepEqual(engine.model, snapshot.model, `history ${number}`);
    assert.deepEqual(engine.models ?? [], snapshot.models, `history ${number}`);
    assert.deepEqual([...engine.jobs.values()], snapshot.jobs, `history ${number}`);
  }
});
