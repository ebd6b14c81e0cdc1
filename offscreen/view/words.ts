// A job in words, for every surface that shows one.

import type { Backend, JobView, Progress, ServedModel, Stats } from "../protocol/protocol";
import { isSettled } from "./fold";
import { LOCALE, message, plural } from "./messages";

/** What executes a model, in a word. */
export const BACKENDS: Record<Backend, string> = { gpu: "GPU", cpu: "CPU", server: message("yourServer") };

/** Who wrote a text, and where: "Written by qwen3:8b on your server at localhost:11434". */
export function writtenBy({ model, place }: ServedModel): string {
  return message(place.isLocal ? "writtenByServer" : "writtenElsewhere", { model, host: place.host });
}

/** What is happening: "Loading model 40 %". */
export function progressText({ phase, fraction, tokensPerSecond }: Progress, job: JobView | undefined): string {
  const share = fraction == null ? "…" : ` ${percent(fraction)}`;
  switch (phase) {
    case "installing":
      return `${message("installingModel")}${share}`;
    case "loading":
      return `${message("loadingModel")}${share}`;
    case "reading": {
      const isPage = job?.subject.subject === "page" || job?.subject.subject === "blocks";
      return `${message(isPage ? "readingPage" : "readingText")}${share}`;
    }
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
    const reached = plural("blocksOf", blocks.total, { done: blocks.done });
    return [message("translating"), reached, rate].filter(Boolean).join(" · ");
  }
  return rate === undefined ? `${message("writing")}…` : `${message("writing")} · ${rate}`;
}

/** Of a page that is translated in place: how many of its blocks are finished. */
export function settledBlocks({ subject, sections }: JobView): { done: number; total: number } | undefined {
  if (subject.subject !== "blocks") return undefined;
  const done = sections.filter(isSettled).length;
  return { done, total: Math.max(subject.count, done) };
}

/** What is happening or what it took, for a job by itself. */
export function statusText(view: JobView | undefined): string {
  if (!view) return message("readingSelection");
  const { state, progress } = view;
  switch (state.state) {
    case "queued":
    case "running":
      return progress ? progressText(progress, view) : message("starting");
    case "done":
      return statsText(state.stats, view.server);
    case "cancelled":
      return [message("cancelled"), ...(view.server ? [writtenBy(view.server)] : [])].join(" · ");
    case "failed":
      return "";
    default:
      return state satisfies never;
  }
}

/** A status without its figures, so that a screen reader says it once. */
export function announcement(status: string): string {
  return status.replace(/(…| ·.*| ?\p{N}+\P{L}*)$/u, "");
}

/** "gemma-3-270m · CPU · 34 tokens/s · 2.1 s"; of a text that a `server` wrote, who that was. */
export function statsText({ model, device, decodeTps, totalMs }: Stats, server: ServedModel | undefined): string {
  const rate = decodeTps > 0 ? speed(decodeTps) : "";
  const by = server ? [writtenBy(server)] : [model, BACKENDS[device.backend]];
  return [...by, rate, seconds(totalMs)].filter(Boolean).join(" · ");
}

/** "2.1 s" */
export function seconds(ms: number): string {
  return message("seconds", { number: fixed(ms / 1000, ms < 9950 ? 1 : 0) });
}

/** "40 %" */
export function percent(share: number): string {
  return message("percent", { number: Math.floor(share * 100 + 1e-4) });
}

/** "34 tokens/s" */
export function speed(tokens: number): string {
  return message("tokensPerSecond", { number: fixed(tokens, tokens < 10 ? 1 : 0) });
}

/** "98 MB" */
export function size(bytes: number): string {
  const { unit, number } = amount(bytes);
  return message(unit, { number });
}

/** The same with the unit apart, for amounts that share one. */
export function amount(bytes: number): { unit: "megabytes" | "gigabytes"; number: string } {
  const unit = bytes < 1e9 ? "megabytes" : "gigabytes";
  const value = unit === "megabytes" ? Math.round(bytes / 1e6) : bytes / 1e9;
  const digits = { maximumSignificantDigits: unit === "megabytes" ? 3 : 2 };
  return { unit, number: new Intl.NumberFormat(LOCALE, digits).format(value) };
}

function fixed(value: number, digits: number): string {
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(LOCALE, format).format(value);
}

/** Why the model reads less at once than it could; empty where it doesn't. */
export function shortageText(tokens: number | undefined): string {
  return tokens == null ? "" : message("memoryIsShort", { tokens });
}
