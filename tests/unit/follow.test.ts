// Following a job when what it is followed through goes away.

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import type { Command, Event, Failure, JobView, Request } from "../../offscreen/protocol/protocol";
import { JobFollower } from "../../offscreen/view/follow";
import { setChrome } from "./chrome";
import { done, jobView, section } from "./fixtures";

class FakePort {
  readonly sent: Request[] = [];
  hear: (event: Event) => void = () => undefined;
  lose: () => void = () => undefined;
  readonly onMessage = { addListener: (listener: (event: Event) => void) => (this.hear = listener) };
  readonly onDisconnect = { addListener: (listener: () => void) => (this.lose = listener) };
  postMessage(request: Request): void {
    this.sent.push(request);
  }
  disconnect(): void {}
}

describe("a job that is followed", () => {
  let runtime: { id: string | undefined; connect(): FakePort; sendMessage(command: Command): Promise<unknown> };
  let ports: FakePort[];
  let commands: Command[];
  let views: JobView[];
  let losses: Failure[];
  /** Whether the background answers. */
  let answers: boolean;
  const follow = (): JobFollower =>
    new JobFollower(
      "job",
      (view) => void views.push(structuredClone(view)),
      (failure) => void losses.push(failure),
    );

  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
    [ports, commands, views, losses, answers] = [[], [], [], [], true];
    runtime = {
      id: "sotto",
      connect() {
        if (this.id === undefined) throw new Error("Extension context invalidated.");
        ports.push(new FakePort());
        return ports.at(-1) as FakePort;
      },
      async sendMessage(command) {
        commands.push(command);
        return answers ? { type: "ok" } : new Promise(() => undefined);
      },
    };
    setChrome({ runtime });
  });
  afterEach(() => mock.timers.reset());

  test("is lost with its extension: no event tells of that", () => {
    follow();
    ports[0]?.hear({ type: "job", view: jobView() });
    mock.timers.tick(5000);
    assert.deepEqual(losses, []);
    runtime.id = undefined;
    mock.timers.tick(5000);
    assert.equal(losses.length, 1, "told once");
    assert.match(losses.map(({ message }) => message).join(), /updated or switched off/);
  });

  test("is lost when the engine says nothing at all", () => {
    follow();
    mock.timers.tick(59_000);
    assert.deepEqual(losses, []);
    mock.timers.tick(2000);
    assert.match(losses.map(({ message }) => message).join(), /does not answer/);
  });

  test("may take as long as it likes once the engine has told of it", () => {
    follow();
    ports[0]?.hear({ type: "job", view: jobView() });
    mock.timers.tick(10 * 60_000);
    ports[0]?.hear({ type: "job", view: jobView({ state: done("text") }) });
    assert.deepEqual([losses.length, views.at(-1)?.state.state], [0, "done"]);
  });

  test("is cancelled for good while the engine is lost", () => {
    const follower = follow();
    const sections = [section(0, "checked"), section(1, "preview", { status: "preview" })];
    ports[0]?.hear({ type: "job", view: jobView({ sections }) });
    answers = false;
    ports[0]?.lose();
    follower.cancel();
    assert.deepEqual(commands, [{ type: "ensureEngine" }, { type: "cancel", job: "job" }]);
    assert.deepEqual(views.at(-1)?.state, { state: "cancelled" });
    assert.deepEqual(views.at(-1)?.sections, [section(0, "checked")]);
    mock.timers.tick(100_000);
    assert.equal(ports.length, 1, "nothing is connected again");
  });

  test("is cancelled at once while there is an engine, and the background knows", () => {
    const follower = follow();
    follower.cancel();
    assert.deepEqual(ports[0]?.sent, [{ type: "cancel", job: "job" }]);
    assert.deepEqual(commands, [{ type: "cancel", job: "job" }]);
  });
});
