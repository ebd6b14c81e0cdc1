// What the offscreen document tells whom, and what becomes of the jobs when the engine's worker
// crashes.

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import type { Event, JobView, ModelCard, Request } from "../../offscreen/protocol/protocol";
import { Relay } from "../../offscreen/relay";
import { done, jobView, section } from "./fixtures";

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
  isTerminated = false;

  constructor(name: string) {
    super();
    this.name = name;
  }

  postMessage(request: Request): void {
    this.requests.push(request);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  emit(event: Event): void {
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
  readonly relay = new Relay({
    startWorker: (name) => {
      const worker = new FakeWorker(name);
      this.workers.push(worker);
      return worker as unknown as Worker;
    },
    reportEnd: (view) => void this.ended.push(structuredClone(view)),
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

const installing = { id: "m", state: { state: "installing", fraction: 0.4 } } as unknown as ModelCard;
const checked: Event = { type: "section", job: "job", section: section(0, "a checked point") };
const preview = jobView({ sections: [section(0, "a preview", { status: "preview" })] });

describe("the offscreen document's relay", () => {
  let bench: Bench;
  beforeEach(() => {
    mock.method(console, "error", () => undefined);
    mock.timers.enable({ apis: ["setTimeout"] });
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
    assert.equal(bench.closings, 0);

    bench.worker.crash("again");
    assert.equal(bench.closings, 1, "a second crash takes a fresh document");
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
    bench.relay.handleThreadFailure({ engine: first.name, reason: "unreachable" });
    assert.equal(bench.closings, 0);
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
    bench.worker.emit({ type: "models", models: [{ ...installing, state: { state: "installed" } }] });
    assert.equal(closings(), 1);
  });
});
