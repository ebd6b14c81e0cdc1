// Which messages get past the door.

import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { isCommand } from "../../offscreen/protocol/check";
import type { Command } from "../../offscreen/protocol/protocol";
import { jobView } from "./fixtures";

const { task } = jobView();
const run: Command = { type: "run", tab: 3, task, scope: "page", choice: "auto", model: undefined };

describe("commands", () => {
  test("all there are pass, as they are written and as they arrive", () => {
    const commands: Command[] = [
      { type: "ensureEngine" },
      run,
      { ...run, tab: undefined, task: { task: "rewrite", options: { length: "shorter" } }, scope: "selection" },
      { ...run, task: { task: "translate", from: undefined, to: "de" } },
      { type: "cancel", job: "job" },
      { type: "accept", job: "job" },
      { type: "restore", job: "job" },
      { type: "openModels", model: undefined },
      { type: "reveal", job: "job", text: "A passage." },
      { type: "ended", view: jobView() },
      { type: "activity", isBusy: true },
    ];
    for (const command of commands) {
      assert.ok(isCommand(command), command.type);
      assert.ok(isCommand(JSON.parse(JSON.stringify(command))), command.type);
    }
  });

  test("what is none, lacks something, has something more or is too large does not", () => {
    const warn = mock.method(console, "warn", () => undefined);
    const refused: unknown[] = [
      undefined,
      null,
      "run",
      [],
      {},
      { type: "explode" },
      { type: "__proto__" },
      { type: "toString" },
      { type: ["run"] },
      { type: "run" },
      { ...run, tab: "3" },
      { ...run, tab: -1 },
      { ...run, tab: Number.NaN },
      { ...run, scope: "everything" },
      { ...run, choice: { toString: () => "auto" } },
      { ...run, task: "summarize" },
      { ...run, task: { task: "constructor" } },
      { ...run, task: { ...task, more: 1 } },
      { ...run, more: true },
      { type: "cancel" },
      { type: "cancel", job: 7 },
      { type: "reveal", job: "job", text: { length: 3 } },
      { type: "reveal", job: "job", text: "x".repeat(2 << 20) },
      { type: "ended", view: "x" },
      { type: "ended", view: { job: "x".repeat(20 << 20) } },
    ];
    for (const message of refused) assert.ok(!isCommand(message), JSON.stringify(message)?.slice(0, 80));
    assert.equal(warn.mock.callCount(), refused.length, "each is counted");
    warn.mock.restore();
  });
});
