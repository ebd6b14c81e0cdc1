// The state in words.

import type { DeviceInfo, JobView, ModelState, Progress } from "../offscreen/protocol/protocol";
import { isActive } from "../offscreen/view/fold";
import { count, languageName } from "../offscreen/view/names";
import {
  BACKENDS,
  percent,
  progressText,
  seconds,
  settledBlocks,
  shortageText,
  speed,
  writtenBy,
} from "../offscreen/view/words";
import { chosenServer, current, isHere, phase, type State } from "./state";

/** The line under the button: what is happening now. */
export function status(state: State): string {
  const now = phase(state);
  switch (now) {
    case "idle":
      if (state.link === "lost") return "The engine stopped; starting it again…";
      return state.model.state === "loading" ? progressText(state.model.progress, undefined) : "";
    case "queued":
    case "running":
      return workingText(state, current(state));
    case "done":
      return doneText(current(state));
    case "cancelled":
      return "Cancelled";
    case "failed":
      return "";
    default:
      return now satisfies never;
  }
}

/** The done share of what is happening, if it is known. */
export function fraction(state: State): number | undefined {
  const job = current(state);
  const blocks = job && settledBlocks(job);
  if (blocks && blocks.total > 0 && job.progress?.phase === "writing") return blocks.done / blocks.total;
  return progress(state)?.fraction ?? undefined;
}

function workingText(state: State, job: JobView | undefined): string {
  if (state.link === "lost") return "The engine stopped; starting it again…";
  const reported = progress(state);
  if (reported) return progressText(reported, job);
  if (!job) return "Looking at the page…";
  const others = [...state.jobs.values()].some((other) => other !== job && other.state.state === "running");
  return others ? "Waiting for another job to finish…" : "Starting…";
}

/** The job's own progress, else that of the model it waits for. */
function progress(state: State): Progress | undefined {
  const job = current(state);
  const loading = state.model.state === "loading" ? state.model.progress : undefined;
  if (job?.state.state === "running" && job.progress) return job.progress;
  return loading;
}

function doneText(job: JobView | undefined): string {
  if (job?.state.state !== "done") return "";
  const { totalMs, decodeTps } = job.state.stats;
  if (job.task.task === "ask" && job.sections.length === 0) return `No answer found · ${seconds(totalMs)}`;
  const blocks = settledBlocks(job);
  // Of a page whose result is kept by the page alone, only the number of its blocks is known.
  if (blocks) {
    const done = blocks.done > 0 ? `${blocks.done} of ` : "";
    return `${done}${count(blocks.total, "block")} in ${seconds(totalMs)}`;
  }
  return decodeTps > 0 ? `Done in ${seconds(totalMs)} · ${speed(decodeTps)}` : `Done in ${seconds(totalMs)}`;
}

/** Where the model runs, and why there. */
export function device(state: State): string {
  const job = current(state);
  if (job?.state.state === "done") return deviceText(job.state.stats.device);
  const server = job ? job.server : chosenServer(state);
  if (server) return `${BACKENDS.server} · ${server.place.host}`;
  const { model } = state;
  switch (model.state) {
    case "ready":
      return deviceText(model.device);
    case "failed":
      return model.failure.message;
    case "loading":
      return "Preparing the model";
    case "idle":
      return state.link === "connected" ? "Model not loaded yet" : "Starting the engine";
    default:
      return model satisfies never;
  }
}

/** Where it ran, and why there. */
export function deviceText({ backend, adapter, reason, shortage, threads }: DeviceInfo): string {
  const name = [BACKENDS[backend], threads && count(threads.count, "thread")].filter(Boolean).join(", ");
  const reasons = [reason, shortageText(shortage), threads?.reason].filter(Boolean).join(" ");
  if (reasons) return `${backend === "server" ? `${name} · ${adapter}` : name} — ${reasons}`;
  return adapter ? `${name} · ${adapter}` : name;
}

/** The model, the share of the page that was read, and where the text was or will be written. */
export function facts(state: State): string {
  const job = current(state);
  const subject = job?.subject.subject;
  const isWhole = subject === "page" || subject === "document";
  const read = job?.coverage == null || !isWhole ? undefined : `Read ${percent(job.coverage)} of ${subject}`;
  if (job?.server) return [writtenBy(job.server), read].filter(Boolean).join(" · ");
  const server = job ? undefined : chosenServer(state);
  if (server) return `${server.model} on your server at ${server.place.host}`;
  return [modelName(state.model, job), read, "on this device"].filter(Boolean).join(" · ");
}

function modelName(model: ModelState, job: JobView | undefined): string | undefined {
  if (job?.state.state === "done") return job.state.stats.model;
  return model.state === "ready" || model.state === "loading" ? model.model : undefined;
}

/** Which page a result belongs to that is not of the page on view; empty where it is. */
export function belongs(state: State): string {
  const job = current(state);
  if (!job || isHere(state, job)) return "";
  return `Of another page${URL.canParse(job.url) ? `, at ${new URL(job.url).host}` : ""}`;
}

/** Why the panel does not see the page on view, and what lets it. */
export const ACCESS = {
  missing: "Sotto does not see this page: it is of another site than the one you clicked its button on.",
  asked: "The browser asks at its toolbar: allow Sotto there, or click Sotto’s button on this page.",
  refused: "Here the browser asks nobody: click Sotto’s button on this page.",
};

/** The line above the output: what kind of text this is. */
export function provenance(state: State): string {
  const job = current(state);
  if (job?.task.task === "ask" && job.state.state === "done" && job.sections.length === 0) return job.state.text;
  if (!job || job.sections.length === 0) return "";
  switch (job.task.task) {
    case "summarize":
    case "ask":
      return grounded(job);
    case "rewrite":
      return job.state.state === "done" ? rewritten(job) : "Each sentence is checked against yours";
    case "translate": {
      const { from, to } = job.task;
      const direction = `${from ? languageName(from) : "Detected language"} → ${languageName(to)}`;
      return job.subject.subject === "blocks" ? `${direction} · shown on the page` : direction;
    }
    default:
      return job.task satisfies never;
  }
}

function grounded(job: JobView): string {
  if (job.sections.some(({ status }) => status === "preview")) {
    return isActive(job) ? "Preview in grey: the page’s own sentences" : "Grey: the page’s own sentences";
  }
  if (job.state.state !== "done") return "Checking each point against the page";
  return job.sections.some(({ status }) => status === "quoted")
    ? "Checked against the page · “ its own words"
    : "Checked against the page";
}

function rewritten({ sections }: JobView): string {
  const kept = sections.filter(({ status }) => status === "quoted").length;
  if (kept === sections.length) return "Nothing was changed";
  return kept > 0
    ? `Checked against your text · ${kept} of ${sections.length} kept as they were`
    : "Checked against your text";
}
