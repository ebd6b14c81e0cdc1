// The CPU's threads: there where the browser allows them, and where it doesn't the engine does
// without, says so, and writes as much. What a build writes depends on nothing else.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Stats } from "../../offscreen/protocol/protocol";
import { changed, WORKER } from "./driver/changed.ts";
import type { Popup } from "./driver/popup.ts";
import { type Harness, summary } from "./harness.ts";
import { NOTE } from "./pages.ts";

interface Outcome {
  popup: Popup;
  /** What the model wrote. */
  texts: string[];
  stats: Stats;
  /** The line that names the device. */
  device: string;
}

/** Starts a summary on the CPU. */
async function start(harness: Harness): Promise<Popup> {
  const page = await harness.open("note", NOTE);
  const popup = await harness.popup(page, { type: "key-points", length: "short", choice: "cpu" });
  await popup.run();
  return popup;
}

async function summarise(harness: Harness): Promise<Outcome> {
  const popup = await start(harness);
  const { device } = await summary(popup);
  const job = await popup.job();
  assert.ok(job?.state.state === "done");
  return { popup, texts: job.sections.map(({ text }) => text), stats: job.state.stats, device };
}

const CHANNEL = "sotto-helpers";

/**
 * Counts the helpers that came, and tells how many on the channel when asked. Runs in the engine's
 * worker, before all else.
 */
function count(channel: string): void {
  let came = 0;
  globalThis.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener("message", ({ data }) => data === null && (came += 1));
    }
  };
  const told = new BroadcastChannel(channel);
  told.addEventListener("message", ({ data }) => data === "tell" && told.postMessage(came));
}

/** Helpers that came, by {@link count}. */
async function helpers(popup: Popup): Promise<unknown> {
  return popup.target.evaluate(async (name) => {
    const channel = new BroadcastChannel(name);
    const told = new Promise<unknown>((done) => channel.addEventListener("message", ({ data }) => done(data)));
    channel.postMessage("tell");
    return told;
  }, CHANNEL);
}

describe("the CPU's threads", () => {
  /** What the build with threads wrote, and the plain one: each rounds a prompt in its own way. */
  let [threaded, plain]: [string[], string[]] = [[], []];

  test("there is one for each core, up to eight, and the popup says how many work", async () => {
    await changed(
      "none",
      WORKER,
      (text) => `(${count.toString()})(${JSON.stringify(CHANNEL)});\n${text}`,
      async (harness) => {
        const { popup, stats, texts, device } = await summarise(harness);
        const cores = await popup.target.evaluate(() => navigator.hardwareConcurrency, null);
        assert.equal(await helpers(popup), Math.min(cores, 8) - 1, "the engine's own comes on top");
        const { threads } = stats.device;
        assert.ok(threads && threads.count >= 1 && threads.count <= cores, JSON.stringify(threads));
        assert.equal(threads.reason ?? null, null);
        assert.match(device, new RegExp(`^CPU, ${threads.count} threads? ·`, "u"));
        threaded = texts;
      },
    );
  });

  test("without memory to share there is one thread, the popup says why, and there is as much text", async () => {
    await changed(
      "none",
      WORKER,
      (text) => `delete globalThis.SharedArrayBuffer;\n${text}`,
      async (harness) => {
        const { device, texts } = await summarise(harness);
        assert.match(device, /^CPU, 1 thread — This browser lets no threads share memory here\./u);
        assert.equal(texts.length, threaded.length);
        assert.ok(
          texts.every((text) => text !== ""),
          texts.join("\n"),
        );
        plain = texts;
      },
    );
  });

  test("where room for shared memory cannot be had, the popup says so", async () => {
    const refuse = `WebAssembly.Memory = class { constructor() { throw new RangeError("could not allocate memory"); } };`;
    await changed(
      "none",
      WORKER,
      (text) => `${refuse}\n${text}`,
      async (harness) => {
        const { device, texts } = await summarise(harness);
        assert.match(device, /^CPU, 1 thread — The engine with threads did not start: could not allocate memory\./u);
        assert.deepEqual(texts, plain);
      },
    );
  });

  test("a helper whose script is missing is not waited for, and the popup says so", async () => {
    await changed(
      "none",
      "offscreen/thread.js",
      () => "not a script",
      async (harness) => {
        const { device, texts } = await summarise(harness);
        assert.match(device, /^CPU, 1 thread — \d of \d more threads did not start: /u);
        assert.deepEqual(texts, threaded);
      },
    );
  });

  test("a thread that fails at its work ends the job, which would wait for it for ever", async () => {
    // What ships calls the engine by a short name.
    const fail = (text: string): string => text.replace(/[\w$]+\.serve\(\)/u, 'throw new Error("it trapped")');
    await changed("none", "offscreen/thread.js", fail, async (harness) => {
      const popup = await start(harness);
      const shown = await popup.ended();
      assert.equal(shown.state, "failed");
      assert.match(shown.error, /^The engine stopped unexpectedly \(Error: it trapped\)\./u);
    });
  });
});
