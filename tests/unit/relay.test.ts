// What the offscreen document tells whom, and what becomes of the jobs when the engine's worker
// crashes.

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import type { Alive, Ping, Unable } from "../../offscreen/protocol/channels";
import type { Event, JobView, ModelCard, Request } from "../../offscreen/protocol/protocol";
import { Relay } from "../../offscreen/relay";
import type { Start } from "../../offscreen/view/start";
import { done, FAILURE, jobView, section } from "./fixtures";

const IDLE_MS = 5 * 60 * 1000;

/** An event of the browser's: `fire` calls the listeners. */
class FakeEvent<Args extends unknown[]> {
  readonly #listeners: ((...args: Args) => void)[] = [];

  addListener(listener: (...args: Args) => void): void {
    this.#listeners.push(listener);
  }

  fire(...args: Args): void {
    for (const listener of this.#listeners) listener(...args);
  }
}

class FakePort {
  readonly onMessage = new FakeEvent<[Request]>();
  readonly onDisconnect = new FakeEvent<[]>();
  readonly received: Event[] = [];
  isConnected = true;

  postMessage(event: Event): void {
    this.received.push(structuredClone(event));
  }

  disconnect(): void {
    this.isConnected = false;
  }
}

class FakeWorker extends EventTarget {
  readonly name: string;
  readonly requests: Request[] = [];
  pings = 0;
  /** What it answers a ping with; nothing while it is deaf. */
  alive: Alive | undefined = { type: "alive", started: true, workingOn: undefined };
  isTerminated = false;

  constructor(name: string) {
    super();
    this.name = name;
  }

  postMessage(message: Request | Ping): void {
    if (message.type !== "ping") {
      this.requests.push(message);
      return;
    }
    this.pings += 1;
    if (this.alive) this.emit(this.alive);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  emit(event: Event | Alive | Unable): void {
    this.dispatchEvent(new MessageEvent("message", { data: structuredClone(event) }));
  }

  crash(message: string): void {
    this.dispatchEvent(Object.assign(new globalThis.Event("error"), { message }));
  }
}

/** A relay, its workers, and what it did to its host. */
class Bench {
  readonly workers: FakeWorker[] = [];
  readonly ended: JobView[] = [];
  closings = 0;
  /** What it said of its activity. */
  readonly activity: boolean[] = [];
  readonly relay = new Relay({
    startWorker: (name) => {
      const worker = new FakeWorker(name);
      this.workers.push(worker);
      return worker as unknown as Worker;
    },
    reportEnd: (view) => void this.ended.push(structuredClone(view)),
    reportActivity: (isBusy) => void this.activity.push(isBusy),
    close: () => void (this.closings += 1),
  });

  get worker(): FakeWorker {
    const last = this.workers.at(-1);
    assert.ok(last);
    return last;
  }

  view(): FakePort {
    const port = new FakePort();
    this.relay.connectView(port as unknown as chrome.runtime.Port);
    return port;
  }

  script(job: string): FakePort {
    const port = new FakePort();
    this.relay.connectJob(port as unknown as chrome.runtime.Port, job);
    return port;
  }
}

const installing = {
  id: "m",
  state: { state: "installing", bytes: 4, total: 10, step: "fetching" },
} as unknown as ModelCard;
const checked: Event = { type: "section", job: "job", section: section(0, "a checked point") };

function start(job: string): Start {
  const page = {
    url: "https://example.org/a",
    title: "A page",
    lang: "en",
    html: "<p>Text",
    leftOut: jobView().leftOut,
  };
  const { task } = jobView();
  return { type: "start", job, task, input: { input: "page", page }, choice: "auto", model: undefined, tab: 1 };
}

const preview = jobView({ sections: [section(0, "a preview", { status: "preview" })] });

describe("the offscreen document's relay", () => {
  let bench: Bench;
  beforeEach(() => {
    mock.method(console, "error", () => undefined);
    mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
    bench = new Bench();
  });
  afterEach(() => {
    mock.timers.reset();
    mock.restoreAll();
  });

  test("a view sees everything; a script on a page sees its job, and may only cancel that", () => {
    const view = bench.view();
    const script = bench.script("job");
    const events: Event[] = [
      { type: "job", view: preview },
      { type: "job", view: jobView({ job: "other" }) },
      checked,
      { type: "models", models: [installing] },
    ];
    for (const event of events) bench.worker.emit(event);
    assert.deepEqual(view.received, events);
    assert.deepEqual(script.received, [events[0], checked]);

    bench.worker.requests.length = 0;
    const stop: Request = { type: "stopInstall", model: "m" };
    const cancel: Request = { type: "cancel", job: "job" };
    for (const request of [stop, { type: "cancel", job: "other" } as const, cancel]) script.onMessage.fire(request);
    view.onMessage.fire(stop);
    assert.deepEqual(bench.worker.requests, [cancel, stop]);
  });

  test("of a snapshot, a script is told its job; one whose job is not known is disconnected", () => {
    const known = bench.script("job");
    const unknown = bench.script("unknown");
    assert.deepEqual(bench.worker.requests, [{ type: "attach" }, { type: "attach" }]);
    bench.worker.emit({ type: "snapshot", model: { state: "idle" }, models: [], jobs: [jobView()] });
    assert.deepEqual(known.received, [{ type: "job", view: jobView() }]);
    assert.deepEqual(unknown.received, []);
    assert.ok(!unknown.isConnected);
  });

  test("a crash fails the jobs with what was checked, and the new worker tells of its models", () => {
    const view = bench.view();
    bench.worker.emit({ type: "models", models: [installing] });
    bench.worker.emit({ type: "job", view: preview });
    bench.worker.emit(checked);
    const first = bench.worker;
    first.crash("out of memory");

    assert.ok(first.isTerminated);
    const last = view.received.at(-1);
    assert.ok(last?.type === "job" && last.view.state.state === "failed");
    assert.match(last.view.state.failure.message, /out of memory/);
    assert.deepEqual(last.view.sections, [section(0, "a checked point")]);
    assert.deepEqual(bench.ended, [last.view]);
    assert.notEqual(bench.worker, first);
    assert.deepEqual(bench.worker.requests, [{ type: "attach" }]);
    const models = view.received.filter((event) => event.type === "models").at(-1);
    assert.equal(models?.models[0]?.state.state, "available", "nothing is being installed any more");
  });

  test("what waited is started in the next worker, before its snapshot; only the job at work fails", () => {
    const [tab, other] = [bench.script("at work"), bench.script("waits")];
    for (const job of ["at work", "waits", "waits too"]) bench.relay.send(start(job));
    bench.worker.emit({ type: "job", view: jobView({ job: "at work" }) });
    bench.worker.emit({ type: "job", view: jobView({ job: "waits", state: { state: "queued" } }) });
    bench.worker.crash("unreachable");
    assert.deepEqual(bench.worker.requests, [start("waits"), start("waits too"), { type: "attach" }]);
    assert.deepEqual(
      bench.ended.map(({ job, state }) => [job, state.state]),
      [["at work", "failed"]],
    );
    bench.worker.emit({ type: "snapshot", model: { state: "idle" }, models: [], jobs: [] });
    assert.ok(!tab.isConnected && other.isConnected, "whose job is not known yet is not sent away");
  });

  test("a worker that is deaf is replaced, and its job fails with what was checked", () => {
    const view = bench.view();
    bench.relay.send(start("job"));
    bench.worker.emit({ type: "job", view: preview });
    bench.worker.emit(checked);
    bench.worker.emit({ type: "section", job: "job", section: section(1, "a preview", { status: "preview" }) });
    const first = bench.worker;
    mock.timers.tick(100_000);
    assert.equal(bench.worker, first, "one that answers may take its time");
    assert.ok(first.pings > 90);
    first.alive = undefined;
    mock.timers.tick(29_000);
    assert.equal(bench.worker, first, "so may one that is silent for half a minute");
    mock.timers.tick(5000);
    assert.ok(first.isTerminated && bench.worker !== first);
    const last = view.received.findLast((event) => event.type === "job");
    assert.ok(last?.type === "job" && last.view.state.state === "failed");
    assert.match(last.view.state.failure.message, /did not answer/);
    assert.deepEqual(last.view.sections, [section(0, "a checked point")]);
  });

  test("nothing is asked of a worker of which nothing is expected", () => {
    mock.timers.tick(10_000);
    assert.equal(bench.worker.pings, 0);
  });

  test("a deaf worker that a view asks for something is replaced, although no job is under way", () => {
    const view = bench.view();
    bench.worker.alive = undefined;
    view.onMessage.fire({ type: "attach" });
    mock.timers.tick(1000);
    assert.equal(bench.worker.pings, 1);
    bench.worker.emit({ type: "alive", started: true, workingOn: undefined });
    mock.timers.tick(60_000);
    assert.equal(bench.worker.pings, 1, "one that has answered is left in peace");
    view.onMessage.fire({ type: "attach" });
    mock.timers.tick(33_000);
    assert.equal(bench.workers.length, 2);
    assert.deepEqual(
      bench.worker.requests.map(({ type }) => type),
      ["attach"],
      "its successor tells the view what there is",
    );
  });

  test("a cancel that a deaf worker does not hear ends it within seconds; the job is cancelled, not failed", () => {
    for (const job of ["job", "waits", "cancelled too"]) bench.relay.send(start(job));
    bench.worker.emit({ type: "job", view: preview });
    const first = bench.worker;
    mock.timers.tick(3000);
    first.alive = undefined;
    for (const job of ["job", "cancelled too"]) bench.relay.send({ type: "cancel", job });
    mock.timers.tick(8000);
    assert.ok(first.isTerminated);
    assert.deepEqual(bench.worker.requests, [start("waits"), { type: "attach" }], "nothing cancelled comes back");
    assert.deepEqual(
      bench.ended.map(({ job, state }) => [job, state.state]),
      [
        ["job", "cancelled"],
        ["cancelled too", "cancelled"],
      ],
    );
  });

  test("a worker that hears a cancel and does not let go of the job is replaced as well", () => {
    for (const job of ["job", "waits"]) bench.relay.send(start(job));
    bench.worker.emit({ type: "job", view: preview });
    const first = bench.worker;
    first.alive = { type: "alive", started: true, workingOn: "job" };
    bench.relay.send({ type: "cancel", job: "job" });
    first.emit({ type: "job", view: jobView({ state: { state: "cancelled" } }) });
    mock.timers.tick(10_000);
    assert.ok(!first.isTerminated, "a GPU may be compiling");
    mock.timers.tick(10_000);
    assert.ok(first.isTerminated);
    assert.deepEqual(bench.worker.requests, [start("waits"), { type: "attach" }]);
  });

  test("an engine that cannot start says so to everyone, and is tried again when the reader asks", () => {
    const view = bench.view();
    const script = bench.script("job");
    bench.relay.send(start("job"));
    bench.worker.emit({ type: "unable", failure: FAILURE });
    assert.deepEqual(
      bench.ended.map(({ job, state }) => [job, state]),
      [["job", { state: "failed", failure: FAILURE }]],
    );
    assert.ok(!script.isConnected);
    assert.ok(script.received.some((event) => event.type === "job" && event.view.state.state === "failed"));
    view.received.length = 0;
    view.onMessage.fire({ type: "attach" });
    assert.deepEqual(view.received, [{ type: "rejected", failure: FAILURE, job: undefined }]);
    assert.equal(bench.workers.length, 1);
    bench.relay.send(start("again"));
    assert.equal(bench.workers.length, 2);
    assert.deepEqual(bench.worker.requests, [start("again")]);
  });

  test("a worker that never starts is given up after a few tries", () => {
    bench.worker.alive = undefined;
    const view = bench.view();
    bench.relay.send(start("job"));
    for (let crashes = 0; crashes < 3; crashes += 1) bench.worker.crash("no such file");
    assert.equal(bench.workers.length, 3);
    assert.deepEqual(
      bench.ended.map(({ state }) => state.state),
      ["failed"],
    );
    assert.ok(view.received.some((event) => event.type === "rejected"));
  });

  test("a start that the engine cannot read fails, and is not given to the next", () => {
    const script = bench.script("job");
    bench.relay.send(start("job"));
    bench.worker.emit({ type: "rejected", failure: FAILURE, job: "job" });
    assert.deepEqual(
      bench.ended.map(({ state }) => state),
      [{ state: "failed", failure: FAILURE }],
    );
    assert.ok(script.received.some((event) => event.type === "job" && event.view.state.state === "failed"));
    bench.worker.crash("");
    assert.deepEqual(bench.worker.requests, [{ type: "attach" }]);
  });

  test("what is no request, or too large, does not reach the engine", (context) => {
    const warn = context.mock.method(console, "warn", () => undefined);
    const view = bench.view();
    const large = { type: "remove", model: "x".repeat(20 << 20) };
    for (const message of [undefined, 7, [], { type: "toString" }, { type: "explode" }, large]) {
      view.onMessage.fire(message as never);
    }
    assert.deepEqual(bench.worker.requests, []);
    assert.equal(warn.mock.callCount(), 6, "each refusal is counted");
  });

  test("without a job, a crash is told as a refusal", () => {
    const view = bench.view();
    bench.worker.crash("");
    const last = view.received.at(-1);
    assert.ok(last?.type === "rejected");
    assert.equal(last.failure.message, "The engine stopped unexpectedly.");
  });

  test("a thread of the worker that failed is a crash; one of an earlier worker is not", () => {
    const first = bench.worker;
    bench.relay.handleThreadFailure({ engine: "engine 7", reason: "unreachable" });
    assert.equal(bench.worker, first);
    bench.relay.handleThreadFailure({ engine: first.name, reason: "unreachable" });
    assert.notEqual(bench.worker, first);
    const second = bench.worker;
    bench.relay.handleThreadFailure({ engine: first.name, reason: "unreachable" });
    assert.equal(bench.worker, second);
  });

  test("it closes when it is idle: no view, no job, no installation", () => {
    const closings = (): number => {
      mock.timers.tick(IDLE_MS);
      return bench.closings;
    };
    const view = bench.view();
    bench.worker.emit({ type: "job", view: jobView() });
    bench.worker.emit({ type: "models", models: [installing] });
    assert.equal(closings(), 0);
    view.onDisconnect.fire();
    assert.equal(closings(), 0, "a job is under way");
    bench.worker.emit({ type: "job", view: jobView({ state: done("text") }) });
    assert.equal(closings(), 0, "a model is being installed");
    assert.deepEqual(bench.activity, [true]);
    bench.worker.emit({ type: "models", models: [{ ...installing, state: { state: "installed", checked: false } }] });
    assert.deepEqual(bench.activity, [true, false], "an update may come now");
    assert.equal(closings(), 1);
  });
});
