// A job in words.
import type { JobView, Progress, Stats } from "../../offscreen/protocol/protocol";

/** What is happening, or what it took. */
export function doing(view: JobView | undefined): string {
  if (!view) return "Reading the selection…";
  const { state, progress } = view;
  switch (state.state) {
    case "queued":
      return progress ? phase(progress) : "Waiting for its turn…";
    case "running":
      return progress ? phase(progress) : "Starting…";
    case "done":
      return took(state.stats);
    case "cancelled":
      return "Cancelled";
    case "failed":
      return "";
    default:
      return state satisfies never;
  }
}

/** What is happening without its figures: the same words are not read out again. */
export function announcement(text: string): string {
  return text.replace(/( \d+ %| · .*)$/, "");
}

/** "Loading the model 40 %" */
export function phase({ phase: what, fraction, tokensPerSecond }: Progress): string {
  const share = fraction == null ? "…" : ` ${Math.floor(fraction * 100 + 1e-4)} %`;
  switch (what) {
    case "installing":
      return `Installing the model${share}`;
    case "loading":
      return `Loading the model${share}`;
    case "reading":
      return `Reading${share}`;
    case "writing":
      return tokensPerSecond == null ? "Writing…" : `Writing · ${speed(tokensPerSecond)}`;
    default:
      return what satisfies never;
  }
}

/** "gemma-3-270m · CPU · 34 tokens/s · 2.1 s" */
export function took({ model, device, decodeTps, totalMs }: Stats): string {
  const seconds = `${(totalMs / 1000).toFixed(totalMs < 9950 ? 1 : 0)} s`;
  const parts = [model, device.backend.toUpperCase(), decodeTps > 0 ? speed(decodeTps) : "", seconds];
  return parts.filter(Boolean).join(" · ");
}

function speed(tokens: number): string {
  return `${tokens < 10 ? tokens.toFixed(1) : Math.round(tokens)} tokens/s`;
}
