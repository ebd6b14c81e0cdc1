// Counts what the engine gives the GPU to do, and has the GPU tell how long it took: by what the
// browser is asked for, so that the engine needs no code for it.

import type { Probed } from "./messages.ts";

// The types of the browser's library leave these out.
declare const GPUBufferUsage: Record<"MAP_READ" | "COPY_SRC" | "COPY_DST" | "QUERY_RESOLVE", number>;
declare const GPUMapMode: Record<"READ", number>;

/** Passes that are timed at most: a query set holds 4096 times, two a pass. */
const MOST_PASSES = 2048;

let device: GPUDevice | undefined;

/**
 * Has every device that is asked for from now on come with timestamps, where its adapter has them.
 */
export function addTimestamps(): void {
  if (!("GPUAdapter" in globalThis)) return;
  const { prototype } = GPUAdapter;
  const { requestDevice } = prototype;
  prototype.requestDevice = async function (this: GPUAdapter, descriptor = {}) {
    const wanted = new Set(descriptor.requiredFeatures);
    if (this.features.has("timestamp-query")) wanted.add("timestamp-query");
    device = await requestDevice.call(this, { ...descriptor, requiredFeatures: [...wanted] });
    return device;
  };
}

/**
 * Watches a run. Tokens come while steps that write later ones are on their way: what is told is of
 * the run's middle.
 */
export class Probe {
  readonly #from: number;
  readonly #to: number;
  readonly #restore: () => void;
  #tokens = 0;
  #submits = 0;
  #dispatches = 0;
  #passes = 0;
  readonly #queries: GPUQuerySet | undefined;
  readonly #device = device;

  constructor(tokens: number) {
    this.#from = Math.floor(tokens / 4);
    this.#to = Math.max(this.#from + 1, Math.floor((tokens * 3) / 4));
    if (this.#device?.features.has("timestamp-query")) {
      this.#queries = this.#device.createQuerySet({ type: "timestamp", count: 2 * MOST_PASSES });
    }
    this.#restore = "GPUQueue" in globalThis ? this.#watch() : () => {};
  }

  /** Notes that a token has come. */
  token(): void {
    this.#tokens += 1;
  }

  /** What was seen; watches no longer. Null when the GPU did nothing. */
  async finish(): Promise<Probed | null> {
    this.#restore();
    if (this.#submits === 0) return null;
    const tokens = this.#to - this.#from;
    const gpuMs = await this.#gpuMs();
    const per = (count: number): number => count / tokens;
    return {
      dispatches: per(this.#dispatches),
      submits: per(this.#submits),
      gpuMs: gpuMs === null ? null : per(gpuMs),
    };
  }

  get #isMiddle(): boolean {
    return this.#tokens > this.#from && this.#tokens <= this.#to;
  }

  #watch(): () => void {
    const [queue, pass, encoder] = [GPUQueue.prototype, GPUComputePassEncoder.prototype, GPUCommandEncoder.prototype];
    const { submit } = queue;
    const { dispatchWorkgroups, dispatchWorkgroupsIndirect } = pass;
    const { beginComputePass } = encoder;
    const probe = this;
    queue.submit = function (...args) {
      // An empty submit gives the GPU nothing to do: it has the browser look for finished work.
      if (probe.#isMiddle && [...args[0]].length > 0) probe.#submits += 1;
      submit.apply(this, args);
    };
    pass.dispatchWorkgroups = function (...args) {
      if (probe.#isMiddle) probe.#dispatches += 1;
      dispatchWorkgroups.apply(this, args);
    };
    pass.dispatchWorkgroupsIndirect = function (...args) {
      if (probe.#isMiddle) probe.#dispatches += 1;
      dispatchWorkgroupsIndirect.apply(this, args);
    };
    encoder.beginComputePass = function (descriptor = {}) {
      const timed = probe.#timed();
      return beginComputePass.call(this, timed === undefined ? descriptor : { ...descriptor, timestampWrites: timed });
    };
    return () => {
      queue.submit = submit;
      Object.assign(pass, { dispatchWorkgroups, dispatchWorkgroupsIndirect });
      encoder.beginComputePass = beginComputePass;
    };
  }

  #timed(): GPUComputePassTimestampWrites | undefined {
    if (!this.#queries || !this.#isMiddle || this.#passes === MOST_PASSES) return undefined;
    const beginningOfPassWriteIndex = 2 * this.#passes;
    this.#passes += 1;
    return { querySet: this.#queries, beginningOfPassWriteIndex, endOfPassWriteIndex: beginningOfPassWriteIndex + 1 };
  }

  /** Milliseconds of all passes that were timed. */
  async #gpuMs(): Promise<number | null> {
    const [device, queries, times] = [this.#device, this.#queries, 2 * this.#passes];
    if (!device || !queries || times === 0 || this.#passes === MOST_PASSES) return null;
    const size = 8 * times;
    const resolved = device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
    const readable = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    const encoder = device.createCommandEncoder();
    encoder.resolveQuerySet(queries, 0, times, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, readable, 0, size);
    device.queue.submit([encoder.finish()]);
    await readable.mapAsync(GPUMapMode.READ);
    const at = new BigUint64Array(readable.getMappedRange());
    let total = 0n;
    for (let pass = 0; pass < times; pass += 2) total += (at[pass + 1] ?? 0n) - (at[pass] ?? 0n);
    for (const one of [resolved, readable, queries]) one.destroy();
    return Number(total) / 1e6;
  }
}
