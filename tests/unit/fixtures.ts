// Views and sections with what a test does not care about filled in.

import type { Failure, JobView, Section, ServedModel, Stats } from "../../offscreen/protocol/protocol";
import type { Settings } from "../../offscreen/view/settings";

export const FAILURE: Failure = { code: "internal", message: "It broke.", remedy: "Mend it.", model: undefined };

export const SETTINGS: Settings = {
  mode: "summarize",
  summaryType: "key-points",
  length: "medium",
  choice: "auto",
  rewrite: {},
  to: "en",
  wishes: [],
  models: {},
  keepsHistory: false,
};

export const STATS: Stats = {
  device: {
    backend: "cpu",
    adapter: "Any",
    reason: undefined,
    shortage: undefined,
    threads: { count: 4, reason: undefined },
  },
  model: "SmolLM2-135M",
  promptTokens: 100,
  cachedTokens: 0,
  outputTokens: 20,
  loadMs: 300,
  firstTokenMs: 400,
  totalMs: 2100,
  prefillTps: 200,
  decodeTps: 34.4,
  coverage: 1,
};

/** A model on a server, on this machine or another. */
export function served(isLocal: boolean): ServedModel {
  const host = isLocal ? "localhost:11434" : "example.org";
  const address = `${isLocal ? "http" : "https"}://${host}/v1`;
  return { model: "qwen3:8b", place: { address, host, isLocal, pattern: address.replace("v1", "*") } };
}

export function section(index: number, text: string, changes: Partial<Section> = {}): Section {
  return {
    index,
    before: "",
    text,
    status: "checked",
    source: undefined,
    spans: [],
    lost: [],
    note: undefined,
    ...changes,
  };
}

export function jobView(changes: Partial<JobView> = {}): JobView {
  return {
    job: "job",
    task: { task: "summarize", summaryType: "key-points", length: "medium", format: "markdown" },
    url: "https://example.org/a",
    title: "A page",
    subject: { subject: "page" },
    state: { state: "running" },
    progress: undefined,
    sections: [],
    coverage: undefined,
    leftOut: { cut: 0, hidden: 0, frames: 0 },
    video: undefined,
    server: undefined,
    ...changes,
  };
}

/** What of it a test of a rewritten text cares about. */
export function rewriteView(changes: Partial<JobView> = {}): JobView {
  return jobView({
    task: { task: "rewrite", options: { length: "shorter" } },
    subject: { subject: "selection", editable: true },
    ...changes,
  });
}

export function done(text: string): JobView["state"] {
  return { state: "done", stats: STATS, text };
}
