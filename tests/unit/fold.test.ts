// The one fold of the engine's events.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Event } from "../../offscreen/protocol/protocol";
import { applyEvent, ENGINE_LOST, type EngineState, failedJob, initialEngineState } from "../../offscreen/view/fold";
import { done, FAILURE, jobView, section } from "./fixtures";

function folded(...events: Event[]): EngineState {
  const engine = initialEngineState();
  for (const event of structuredClone(events)) applyEvent(engine, event);
  return engine;
}

const start: Event = { type: "job", view: jobView() };

describe("fold", () => {
  test("sections are kept in the order of their indices, whatever order they come in", () => {
    const engine = folded(
      start,
      { type: "section", job: "job", section: section(2, "c") },
      { type: "section", job: "job", section: section(0, "a") },
      { type: "section", job: "job", section: section(1, "b") },
    );
    assert.deepEqual(
      engine.jobs.get("job")?.sections.map(({ text }) => text),
      ["a", "b", "c"],
    );
  });

  test("a section replaces the one of its index, and tokens go on from it", () => {
    const engine = folded(
      start,
      { type: "section", job: "job", section: section(0, "a sentence of the page", { status: "preview" }) },
      { type: "section", job: "job", section: section(0, "", { status: "draft" }) },
      { type: "token", job: "job", section: 0, text: "A " },
      { type: "token", job: "job", section: 0, text: "point" },
      { type: "token", job: "job", section: 7, text: "of no section" },
    );
    assert.deepEqual(engine.jobs.get("job")?.sections, [section(0, "A point", { status: "draft" })]);
  });

  test("events of a job that has ended, or is not known, change nothing", () => {
    const cancelled: Event = { type: "job", view: jobView({ state: { state: "cancelled" } }) };
    const late: Event[] = [
      { type: "section", job: "job", section: section(0, "late") },
      { type: "progress", job: "job", progress: { phase: "writing", fraction: 0.5, tokensPerSecond: 3 } },
      { type: "token", job: "job", section: 0, text: "late" },
      { type: "token", job: "other", section: 0, text: "late" },
    ];
    assert.deepEqual(folded(start, cancelled, ...late), folded(start, cancelled));
  });

  test("a job that fails keeps what was checked, not what it began with", () => {
    const engine = folded(
      { type: "job", view: jobView({ sections: [section(0, "a preview", { status: "preview" })] }) },
      { type: "progress", job: "job", progress: { phase: "installing", fraction: 0.4, tokensPerSecond: undefined } },
      { type: "section", job: "job", section: section(0, "a checked point") },
    );
    const view = engine.jobs.get("job");
    assert.ok(view);
    const failed = failedJob(view, FAILURE);
    assert.deepEqual(failed.sections, [section(0, "a checked point")]);
    assert.deepEqual(failed.state, { state: "failed", failure: FAILURE });
    assert.equal(failed.progress, undefined);
  });

  test("a new engine's snapshot: jobs under way that it does not know have failed, ended ones stay", () => {
    const engine = folded(
      { type: "job", view: jobView({ job: "ended", state: done("text") }) },
      { type: "job", view: jobView({ job: "lost", sections: [section(0, "checked")] }) },
      { type: "job", view: jobView({ job: "replayed" }) },
      {
        type: "snapshot",
        model: { state: "idle" },
        models: [],
        jobs: [jobView({ job: "replayed", state: { state: "queued" } })],
      },
    );
    assert.deepEqual(engine.jobs.get("ended")?.state, done("text"));
    assert.deepEqual(engine.jobs.get("lost")?.state, { state: "failed", failure: ENGINE_LOST });
    assert.deepEqual(engine.jobs.get("lost")?.sections, [section(0, "checked")]);
    assert.deepEqual(engine.jobs.get("replayed")?.state, { state: "queued" });
  });

  test("an engine that has not looked for its models yet has told of none", () => {
    const model = {
      state: "loading",
      model: "m",
      progress: { phase: "loading", fraction: 0.1, tokensPerSecond: undefined },
    } as const;
    const engine = folded({ type: "model", model }, { type: "snapshot", model, models: [], jobs: [] });
    assert.deepEqual(engine.model, model);
    assert.equal(engine.models, undefined);
  });
});
