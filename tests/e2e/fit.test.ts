// Models that have no room, and memory that is shorter than it seems: what is too large is refused in
// words before it is loaded, what fits with less reads less at once, and the popup says so.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { changed, WORKER } from "./driver/changed.ts";
import { ModelsPage } from "./driver/models.ts";
import type { Shown } from "./driver/popup.ts";
import { type Harness, summary } from "./harness.ts";
import { NOTE } from "./pages.ts";

const NAME = "SmolLM2-135M-Instruct";
const ID = "smollm2-135m-instruct";
const SHORT = "Memory is short: the model reads no more than 512 tokens at once.";

/** A software GPU takes long to start. */
const PATIENCE_MS = 240_000;

/** Runs something in the engine's worker, before all else. */
function first<A>(code: (argument: A) => void, argument: A): (text: string) => string {
  return (text) => `(${code.toString()})(${JSON.stringify(argument)});\n${text}`;
}

/** A machine of so many GiB. */
function machine(gib: number): void {
  Object.defineProperty(Object.getPrototypeOf(navigator), "deviceMemory", { get: () => gib });
}

/** A browser that gives programs so many bytes. */
function give(bytes: number): void {
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super({ ...descriptor, maximum: Math.floor(bytes / 65_536) });
    }
  };
}

/** A GPU without memory for KV caches of more than so many bytes. */
function limitCaches(bytes: number): void {
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    if (descriptor.label === "cache" && descriptor.size > bytes) {
      const error = new GPUOutOfMemoryError("no more");
      this.dispatchEvent(new GPUUncapturedErrorEvent("uncapturederror", { error }));
    }
    return createBuffer.call(this, descriptor);
  };
}

async function summarise(harness: Harness, choice: string, model?: string): Promise<Shown> {
  const page = await harness.open("note", NOTE);
  if (model !== undefined) {
    const popup = await harness.popup(page);
    await popup.prefer("summarize", model);
    await popup.close();
  }
  const popup = await harness.popup(page, { type: "key-points", length: "short", choice });
  await popup.run();
  const shown = await popup.ended(PATIENCE_MS);
  if (shown.state === "done") await summary(popup);
  await popup.close();
  return shown;
}

async function cardText(harness: Harness): Promise<string> {
  const models = await ModelsPage.open(harness.browser);
  const text = await models.said(models.card(NAME));
  await models.page.close();
  return text;
}

describe("a model that has no room", () => {
  test("says so before a click, is refused before it is loaded, and the largest that fits is named and taken", async () => {
    await changed("none", WORKER, first(machine, 0.25), async (harness) => {
      const needs = /Needs about \d+ MB of memory, more than the 268 MB that this browser gives: /u;
      const before = await cardText(harness);
      assert.match(before, needs);
      assert.match(before, /it takes a GPU that has as much\./u, "whether there is one is not known yet");
      await harness.preferTiny();
      const refused = await summarise(harness, "auto", ID);
      assert.equal(refused.state, "failed");
      assert.match(refused.error, /^SmolLM2-135M-Instruct needs about \d+ MB of memory, more than the 268 MB/u);
      assert.match(refused.remedy, /^The largest model that fits is tiny: choose that one\./u);
      const after = await cardText(harness);
      assert.match(after, needs);
      assert.match(after, /it cannot be run here\./u, "there is no GPU");
      const chosen = await summarise(harness, "auto", "");
      assert.equal(chosen.state, "done", chosen.error);
    });
  });
});

describe("memory that is short", () => {
  test("on the processor: the model reads less at once, and the popup says so", async () => {
    await changed("none", WORKER, first(give, 390e6), async (harness) => {
      const shown = await summarise(harness, "auto");
      assert.equal(shown.state, "done", shown.error);
      assert.ok(shown.device.startsWith("CPU") && shown.device.includes(SHORT), shown.device);
    });
  });

  test("for that too: the job fails in words", async () => {
    await changed("none", WORKER, first(give, 200e6), async (harness) => {
      const shown = await summarise(harness, "auto");
      assert.equal(shown.state, "failed");
      assert.match(shown.error, /^There is not enough memory for the model\./u);
    });
  });

  test("on a GPU: the model reads less at once there; for less still the processor is taken", async () => {
    // Of the tiny model's two layers, for 512 tokens and not for 1024.
    await changed("swiftshader", WORKER, first(limitCaches, 300_000), async (harness) => {
      await harness.preferTiny();
      const shown = await summarise(harness, "gpu");
      assert.equal(shown.state, "done", shown.error);
      assert.ok(shown.device.startsWith("GPU") && shown.device.includes(SHORT), shown.device);
    });
    await changed("swiftshader", WORKER, first(limitCaches, 0), async (harness) => {
      await harness.preferTiny();
      const shown = await summarise(harness, "gpu");
      assert.equal(shown.state, "failed");
      assert.match(shown.error, /^The GPU has too little memory for the model\./u);
    });
  });
});
