// What can be copied for a report of a fault: versions, devices, models and kinds of failures. It is
// made of named facts alone, none of which a page, an address or the reader has written. In English
// everywhere: those who answer the report read it.

import type { DeviceInfo, ModelCard, ModelState } from "../../offscreen/protocol/protocol";
import type { FailureNote } from "../../offscreen/view/failure_log";
import type { SystemFacts } from "./system";

export interface Facts {
  system: SystemFacts;
  model: ModelState;
  /** Undefined until the engine has told of them. */
  models: ModelCard[] | undefined;
  /** The oldest first. */
  failures: FailureNote[];
}

export function diagnosticsText({ system, model, models, failures }: Facts): string {
  const known = models?.filter(({ state }) => !["available", "onServer"].includes(state.state));
  const lines = [
    `Sotto ${system.version}`,
    `Browser: ${system.browser}`,
    `System: ${system.platform}`,
    `GPU: ${system.gpu ?? "none that the browser gives"}`,
    `Processor: ${threadsText(system.threads)}, ${system.isIsolated ? "can be shared" : "cannot be shared"}`,
    `Storage: ${system.storage}`,
    `Engine: ${engineText(model)}`,
    `Models: ${known === undefined ? "the engine has not told of them" : known.length === 0 ? "none" : ""}`.trim(),
    ...(known ?? []).map((card) => `- ${modelText(card)}`),
    `Last failures: ${failures.length === 0 ? "none" : ""}`.trim(),
    ...failures.map(({ at, task, kind }) => `- ${new Date(at).toISOString().slice(0, 16)}Z ${task}: ${kind}`),
  ];
  return `${lines.join("\n")}\n`;
}

function engineText(model: ModelState): string {
  switch (model.state) {
    case "idle":
      return "no model loaded";
    case "loading":
      return "loading a model";
    case "ready":
      return deviceText(model.device);
    case "failed":
      return `no model could be loaded: ${model.failure.code}`;
    default:
      return model satisfies never;
  }
}

function deviceText({ backend, reason, shortage, threads }: DeviceInfo): string {
  // Of a server, the adapter and the reason name its host.
  if (backend === "server") return "a server of the reader's";
  const where = [backend.toUpperCase(), threads && threadsText(threads.count)].filter(Boolean).join(", ");
  const short = shortage == null ? undefined : `memory for ${shortage} tokens`;
  return [where, reason, threads?.reason, short].filter(Boolean).join("; ");
}

function threadsText(count: number): string {
  return `${count} thread${count === 1 ? "" : "s"}`;
}

/** Only what comes with Sotto goes by its name: any other may be named by an address, or by the reader. */
function modelText(card: ModelCard): string {
  const { name, kind, family, sha256, bytes, state, packaged, speed } = card;
  const failure = "failure" in state && state.failure ? `: ${state.failure.code}` : "";
  const called = packaged ? name : `${kind === "translator" ? kind : family} ${sha256.slice(0, 12)}`.trim();
  const unit = kind === "translator" ? "words/s" : "tokens/s";
  const pace = speed == null ? undefined : `${Math.round(speed)} ${unit}`;
  return [called, `${bytes} bytes`, state.state + failure, pace].filter(Boolean).join(", ");
}
