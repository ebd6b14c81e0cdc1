// What the extension holds, in bytes, each kind as the browser counts it once it has swept up.

import { readFile } from "node:fs/promises";
import { Target } from "../e2e/driver/target.ts";
import { engine } from "./faults.ts";
import type { Stage } from "./stage.ts";

/** Bytes by what they are of; what cannot be known is not there. */
export type Held = Record<string, number>;

export async function held(stage: Stage): Promise<Held> {
  const { browser } = stage.harness;
  const found: Held = {};
  for (const [name, ending] of [
    ["JavaScript, service worker", "/background/background.js"],
    ["JavaScript, offscreen document", "/offscreen/offscreen.html"],
  ] as const) {
    const [id] = await browser.targets(ending);
    if (id !== undefined) found[name] = await heap(await Target.attach(browser.cdp, id));
  }
  const worker = await engine(browser);
  if (worker) {
    found["JavaScript, engine"] = await heap(worker);
    found["WebAssembly, engine"] = await linear(worker);
  }
  const graphics = await resident(stage);
  if (graphics !== undefined) found["GPU process"] = graphics;
  found["private storage"] = await stage.stored();
  return found;
}

async function heap(target: Target): Promise<number> {
  await target.send("HeapProfiler.collectGarbage");
  const { usedSize } = await target.send<{ usedSize: number }>("Runtime.getHeapUsage");
  return usedSize;
}

/** The length of every memory of WebAssembly. */
async function linear(target: Target): Promise<number> {
  const prototype = await target.send<{ result: { objectId: string } }>("Runtime.evaluate", {
    expression: "WebAssembly.Memory.prototype",
  });
  const { objects } = await target.send<{ objects: { objectId: string } }>("Runtime.queryObjects", {
    prototypeObjectId: prototype.result.objectId,
  });
  const { result } = await target.send<{ result: { value: number } }>("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration: "function () { return this.reduce((sum, { buffer }) => sum + buffer.byteLength, 0); }",
    returnByValue: true,
  });
  return result.value;
}

/** What the GPU's process has resident, as Linux counts it. */
async function resident({ harness }: Stage): Promise<number | undefined> {
  const { processInfo } = await harness.browser.cdp.send("SystemInfo.getProcessInfo");
  const gpu = processInfo.find(({ type }) => type === "GPU");
  const status = gpu && (await readFile(`/proc/${gpu.id}/status`, "utf8").catch(() => ""));
  const kibibytes = status && /^VmRSS:\s*(\d+) kB$/mu.exec(status)?.[1];
  return kibibytes ? Number(kibibytes) * 1024 : undefined;
}
