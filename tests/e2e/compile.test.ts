// Kernels are compiled in parallel while the model loads: seen at the browser's own interface, in
// the engine's worker.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { environment } from "./driver/browser.ts";
import { Harness } from "./harness.ts";
import { NOTE } from "./pages.ts";

/** A software GPU takes long to start and to write. */
const PATIENCE_MS = 240_000;

const CHANNEL = "sotto-pipelines";

/** What was asked of the GPU for a model. */
interface Asked {
  /** Pipelines that were finished after they had been asked for asynchronously. */
  ahead: string[];
  /** Pipelines that were asked for at once, and had been finished before. */
  found: string[];
  /** Pipelines that were asked for at once, while nothing of the same content was finished. */
  unprepared: string[];
  /** Whether bytes of the weights were sent while all pipelines were being made. */
  overlapped: boolean;
}

/**
 * Watches pipelines being made and tells of them on the channel when asked. Runs in the worker,
 * before all else.
 */
function watch(channel: string): void {
  const asked: Asked = { ahead: [], found: [], unprepared: [], overlapped: false };
  const device = GPUDevice.prototype;
  const { createShaderModule, createBindGroupLayout, createPipelineLayout } = device;
  const { createComputePipeline, createComputePipelineAsync } = device;
  const contents = new WeakMap<object, unknown>();
  const finished = new Set<string>();
  let begun = 0;
  device.createShaderModule = function (descriptor) {
    const module = createShaderModule.call(this, descriptor);
    contents.set(module, descriptor.code);
    return module;
  };
  device.createBindGroupLayout = function (descriptor) {
    const layout = createBindGroupLayout.call(this, descriptor);
    const entry = ({ binding, visibility, buffer }: GPUBindGroupLayoutEntry): unknown[] => [
      binding,
      visibility,
      buffer?.type,
      buffer?.hasDynamicOffset ?? false,
      buffer?.minBindingSize ?? 0,
    ];
    contents.set(layout, [...descriptor.entries].map(entry));
    return layout;
  };
  device.createPipelineLayout = function (descriptor) {
    const layout = createPipelineLayout.call(this, descriptor);
    contents.set(
      layout,
      [...descriptor.bindGroupLayouts].map((group) => group && contents.get(group)),
    );
    return layout;
  };
  const content = ({ layout, compute }: GPUComputePipelineDescriptor): string => {
    const constants = Object.entries(compute.constants ?? {}).toSorted();
    const known = typeof layout === "string" ? layout : contents.get(layout);
    return JSON.stringify([known, contents.get(compute.module), compute.entryPoint, constants]);
  };
  device.createComputePipelineAsync = async function (descriptor) {
    begun += 1;
    const pipeline = await createComputePipelineAsync.call(this, descriptor);
    finished.add(content(descriptor));
    asked.ahead.push(descriptor.label ?? "");
    return pipeline;
  };
  device.createComputePipeline = function (descriptor) {
    (finished.has(content(descriptor)) ? asked.found : asked.unprepared).push(descriptor.label ?? "");
    return createComputePipeline.call(this, descriptor);
  };
  const { writeBuffer } = GPUQueue.prototype;
  GPUQueue.prototype.writeBuffer = function (...args) {
    // Nothing else is so large once pipelines are being made.
    if (args[2].byteLength > 100_000 && begun > 0 && asked.ahead.length === 0) asked.overlapped = true;
    writeBuffer.apply(this, args);
  };
  const told = new BroadcastChannel(channel);
  told.addEventListener("message", ({ data }) => data === "tell" && told.postMessage(asked));
}

let folder: string;
let harness: Harness;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "sotto-watched-"));
  await cp(environment("SOTTO_DIST"), folder, { recursive: true, filter: (path) => !path.endsWith(".gguf") });
  const worker = join(folder, "offscreen/worker.js");
  await writeFile(worker, `(${watch.toString()})(${JSON.stringify(CHANNEL)});\n${await readFile(worker, "utf8")}`);
  harness = await Harness.start({ adapter: "swiftshader", extension: folder });
  await harness.preferTiny();
});
after(async () => {
  await harness.stop();
  await rm(folder, { recursive: true, force: true });
});

test("every kernel that loading and writing use was compiled asynchronously, while the weights were loaded", async () => {
  const page = await harness.open("note", NOTE);
  const popup = await harness.popup(page, { type: "key-points", length: "short", choice: "gpu" });
  await popup.run();
  await popup.until(
    "the model to write",
    ({ points }) => points.some(({ status, text }) => status === "draft" && text !== ""),
    PATIENCE_MS,
  );
  const asked = (await popup.target.evaluate(async (name) => {
    const channel = new BroadcastChannel(name);
    const told = new Promise<unknown>((done) => channel.addEventListener("message", ({ data }) => done(data)));
    channel.postMessage("tell");
    return told;
  }, CHANNEL)) as Asked;
  await popup.cancel();
  await popup.ended(PATIENCE_MS);
  await popup.close();
  assert.deepEqual(asked.unprepared, [], "nothing waits for the compiler");
  assert.ok(asked.found.includes("matvec"), `kernels were used: ${asked.found}`);
  assert.deepEqual(asked.found.toSorted(), asked.ahead.toSorted(), "each was made once, and none in vain");
  assert.ok(asked.overlapped, "the weights did not wait for the compiler");
});
