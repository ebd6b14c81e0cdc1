// Which messages get past the door.

import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import type { EngineMessage } from "../../offscreen/protocol/channels";
import {
  isCommand,
  isEngineMessage,
  isFileMessage,
  isForEngine,
  isThreadFailure,
} from "../../offscreen/protocol/check";
import type { Command } from "../../offscreen/protocol/protocol";
import { jobView } from "./fixtures";

const { task } = jobView();
const run: Command = { type: "run", job: "job", tab: 3, task, scope: "page", choice: "auto", model: undefined };

describe("commands", () => {
  test("all there are pass, as they are written and as they arrive", () => {
    const commands: Command[] = [
      { type: "ensureEngine" },
      run,
      { ...run, tab: undefined, task: { task: "rewrite", options: { length: "shorter" } }, scope: "selection" },
      { ...run, task: { task: "translate", from: undefined, to: "de" } },
      { type: "runFile", file: "handle", name: "a.pdf", tab: undefined, task, choice: "auto", model: undefined },
      { type: "cancel", job: "job" },
      { type: "accept", job: "job" },
      { type: "restore", job: "job" },
      { type: "openModels", model: undefined },
      { type: "arrived" },
      { type: "reveal", job: "job", text: "A passage.", place: undefined },
      { type: "reveal", job: "job", text: "A passage.", place: { place: "page", number: 3 } },
      { type: "reveal", job: "job", text: "A passage.", place: { place: "time", seconds: 754 } },
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
      { type: "runFile", file: "handle", tab: 1, task, choice: "auto", model: undefined },
      { type: "cancel" },
      { type: "cancel", job: 7 },
      { type: "reveal", job: "job", text: { length: 3 } },
      { type: "reveal", job: "job", text: "A passage.", place: { place: "time", seconds: -1 } },
      { type: "reveal", job: "job", text: "A passage.", place: { place: "time", number: 3 } },
      { type: "reveal", job: "job", text: "x".repeat(2 << 20) },
      { type: "ended", view: "x" },
      { type: "ended", view: { job: "x".repeat(20 << 20) } },
    ];
    for (const message of refused) assert.ok(!isCommand(message), JSON.stringify(message)?.slice(0, 80));
    assert.equal(warn.mock.callCount(), refused.length);
    const counts = warn.mock.calls.map(({ arguments: [words] }) => Number(/refused message (\d+):/u.exec(words)?.[1]));
    assert.deepEqual(
      counts,
      refused.map((_, i) => (counts[0] ?? 0) + i),
      "each is counted",
    );
    warn.mock.restore();
  });
});

describe("messages to the engine's document", () => {
  const target = "engine" as const;
  const request = { type: "attach" } as const;

  test("all there are pass; those for others are none of its business", () => {
    const messages: EngineMessage[] = [
      { target, type: "request", request },
      { target, type: "ended", view: jobView() },
      { target, type: "isBusy" },
      { target, type: "read", handle: "a" },
    ];
    for (const message of messages) assert.ok(isForEngine(message) && isEngineMessage(message), message.type);
    for (const message of [run, { type: "ended", view: jobView() }, null, undefined, "engine", [target]]) {
      assert.ok(!isForEngine(message));
    }
    assert.ok(isFileMessage({ handle: "a", file: new File([], "a.gguf") }));
    assert.ok(isThreadFailure({ engine: "engine 1", reason: "unreachable" }));
  });

  test("what is none of them, lacks something, has something more or is too large does not pass", () => {
    const warn = mock.method(console, "warn", () => undefined);
    const large = { job: "x".repeat(20 << 20) };
    const refused: unknown[] = [
      { target },
      { target, type: "explode" },
      { target, type: "__proto__" },
      { target, type: "request" },
      { target, type: "request", request: "attach" },
      { target, type: "request", request: { type: "explode" } },
      { target, type: "request", request: { type: "start", ...large } },
      { target, type: "request", request, more: 1 },
      { target, type: "ended" },
      { target, type: "ended", view: null },
      { target, type: "ended", view: { job: 7 } },
      { target, type: "ended", view: large },
      { target, type: "isBusy", more: 1 },
      { target, type: "read" },
    ];
    for (const message of refused) assert.ok(!isEngineMessage(message), JSON.stringify(message).slice(0, 80));
    const others: unknown[] = [undefined, null, "x", [], {}, { handle: "a", engine: "b" }];
    const files = [
      { handle: "a", file: "a.gguf" },
      { handle: 1, file: new File([], "a") },
    ];
    const failures = [
      { engine: 1, reason: "x" },
      { engine: "x", reason: "x", more: 1 },
    ];
    for (const message of [...others, ...files]) assert.ok(!isFileMessage(message), JSON.stringify(message));
    for (const message of [...others, ...failures]) assert.ok(!isThreadFailure(message), JSON.stringify(message));
    assert.equal(warn.mock.callCount(), refused.length + 2 * others.length + files.length + failures.length);
    warn.mock.restore();
  });
});
