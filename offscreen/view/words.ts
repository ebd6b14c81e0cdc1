// A job in words, for every surface that shows one.

import type { Backend, JobView, Progress, ServedModel, Stats } from "../protocol/protocol";
import { isSettled } from "./fold";
import { count } from "./names";

const NBSP = "\u00a0";

/** What executes a model, in a word. */
export const BACKENDS: Record<Backend, string> = { gpu: "GPU", cpu: "CPU", server: "Your server" };

/** Who wrote a text, and where: "Written by qwen3:8b on your server at localhost:11434". */
export function writtenBy({ model, place }: ServedModel): string {
  const text = `Written by ${model} on your server at ${place.host}`;
  return place.isLocal ? text : `${text}: the text left this machine`;
}

/** What is happening: "Loading model 40 %". */
export function progressText({ phase, fraction, tokensPerSecond }: Progress, job: JobView | undefined): string {
  const share = fraction == null ? "…" : ` ${percent(fraction)}`;
  switch (phase) {
    case "installing":
      return `Installing model${share}`;
    case "loading":
      return `Loading model${share}`;
    case "reading":
      return `${job?.subject.subject === "page" || job?.subject.subject === "blocks" ? "Reading page" : "Reading text"}${share}`;
    case "writing":
      return writingText(tokensPerSecond ?? undefined, job);
    default:
      return phase satisfies never;
  }
}

function writingText(tokensPerSecond: number | undefined, job: JobView | undefined): string {
  const blocks = job && settledBlocks(job);
  const rate = tokensPerSecond === undefined ? undefined : speed(tokensPerSecond);
  if (blocks) {
    return [`Translating · ${blocks.done} of ${count(blocks.total, "block")}`, rate].filter(Boolean).join(" · ");
  }
  return rate === undefined ? "Writing…" : `Writing · ${rate}`;
}

/** Of a page that is translated in place: how many of its blocks are finished. */
export function settledBlocks({ subject, sections }: JobView): { done: number; total: number } | undefined {
  if (subject.subject !== "blocks") return undefined;
  const done = sections.filter(isSettled).length;
  return { done, total: Math.max(subject.count, done) };
}

/** What is happening or what it took, for a job by itself. */
export function statusText(view: JobView | undefined): string {
  if (!view) return "Reading the selection…";
  const { state, progress } = view;
  switch (state.state) {
    case "queued":
    case "running":
      return progress ? progressText(progress, view) : "Starting…";
    case "done":
      return statsText(state.stats, view.server);
    case "cancelled":
      return view.server ? `Cancelled · ${writtenBy(view.server)}` : "Cancelled";
    case "failed":
      return "";
    default:
      return state satisfies never;
  }
}

/** A status without its figures, so that a screen reader says it once. */
export function announcement(status: string): string {
  return status.replace(/(…| ·.*| \d+\u00a0%)$/, "");
}

/** "gemma-3-270m · CPU · 34 tokens/s · 2.1 s"; of a text that a `server` wrote, who that was. */
export function statsText({ model, device, decodeTps, totalMs }: Stats, server: ServedModel | undefined): string {
  const rate = decodeTps > 0 ? speed(decodeTps) : "";
  const by = server ? [writtenBy(server)] : [model, BACKENDS[device.backend]];
  return [...by, rate, seconds(totalMs)].filter(Boolean).join(" · ");
}

/** "2.1 s" */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)}${NBSP}s`;
}

/** "40 %" */
export function percent(share: number): string {
  return `${Math.floor(share * 100 + 1e-4)}${NBSP}%`;
}

/** "34 tokens/s" */
export function speed(tokens: number): string {
  return `${tokens < 10 ? tokens.toFixed(1) : Math.round(tokens)} tokens/s`;
}

/** "98 MB" */
export function size(bytes: number): string {
  const number = new Intl.NumberFormat("en", { maximumSignificantDigits: bytes < 1e9 ? 3 : 2 });
  return bytes < 1e9 ? `${number.format(Math.round(bytes / 1e6))} MB` : `${number.format(bytes / 1e9)} GB`;
}

/** Why the model reads less at once than it could; empty where it doesn't. */
export function shortageText(tokens: number | undefined): string {
  return tokens == null ? "" : `Memory is short: the model reads no more than ${tokens} tokens at once.`;
}
