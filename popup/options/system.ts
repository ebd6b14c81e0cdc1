// What the browser tells of itself and its machine.

import { storageUsed } from "../storage_used";

export interface SystemFacts {
  /** Of the extension. */
  version: string;
  browser: string;
  platform: string;
  /** The GPU as the browser names it, with what of it the engine makes use of. */
  gpu: string | undefined;
  /** Of the processor. */
  threads: number;
  /** Whether threads can share memory here. */
  isIsolated: boolean;
  storage: string;
}

export async function systemFacts(): Promise<SystemFacts> {
  const [platform, gpu, { used, left }] = await Promise.all([
    chrome.runtime.getPlatformInfo(),
    gpuText(),
    storageUsed(),
  ]);
  return {
    version: chrome.runtime.getManifest().version,
    browser: navigator.userAgent,
    platform: `${platform.os} ${platform.arch}`,
    gpu,
    threads: navigator.hardwareConcurrency,
    isIsolated: crossOriginIsolated,
    storage: `${megabytes(used)} used, ${megabytes(left)} left`,
  };
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

async function gpuText(): Promise<string | undefined> {
  // Not in every browser, whatever the types say.
  if (!("gpu" in navigator)) return undefined;
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) return undefined;
  const { vendor, architecture, device, description } = adapter.info;
  const features = ["shader-f16", "subgroups"].filter((feature) => adapter.features.has(feature));
  return [vendor, architecture, device, description, ...features].filter(Boolean).join(", ");
}
