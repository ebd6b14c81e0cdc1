// The state in words.

import type { DeviceInfo, JobView, ModelState, Progress } from "../offscreen/protocol/protocol";
import { isActive } from "../offscreen/view/fold";
import { message, plural } from "../offscreen/view/messages";
import { languageName } from "../offscreen/view/names";
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
      if (state.link === "lost") return message("engineStopped");
      return state.model.state === "loading" ? progressText(state.model.progress, undefined) : "";
    case "queued":
    case "running":
      return workingText(state, current(state));
    case "done":
      return doneText(current(state));
    case "cancelled":
      return message("cancelled");
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
  if (state.link === "lost") return message("engineStopped");
  const reported = progress(state);
  if (reported) return progressText(reported, job);
  if (!job) return message("lookingAtPage");
  const others = [...state.jobs.values()].some((other) => other !== job && other.state.state === "running");
  return message(others ? "waitingForOther" : "starting");
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
  if (job.task.task === "ask" && job.sections.length === 0) {
    return `${message("noAnswerFound")} · ${seconds(totalMs)}`;
  }
  const blocks = settledBlocks(job);
  // Of a page whose result is kept by the page alone, only the number of its blocks is known.
  if (blocks) {
    const { done, total } = blocks;
    const reached = done > 0 ? plural("blocksOf", total, { done }) : plural("blocks", total);
    return message("blocksIn", { blocks: reached, time: seconds(totalMs) });
  }
  const took = message("doneIn", { time: seconds(totalMs) });
  return decodeTps > 0 ? `${took} · ${speed(decodeTps)}` : took;
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
      return message("preparingModel");
    case "idle":
      return message(state.link === "connected" ? "modelNotLoaded" : "startingEngine");
    default:
      return model satisfies never;
  }
}

/** Where it ran, and why there. */
export function deviceText({ backend, adapter, reason, shortage, threads }: DeviceInfo): string {
  const name = [BACKENDS[backend], threads && plural("threads", threads.count)].filter(Boolean).join(", ");
  const reasons = [reason, shortageText(shortage), threads?.reason].filter(Boolean).join(" ");
  if (reasons) return `${backend === "server" ? `${name} · ${adapter}` : name} — ${reasons}`;
  return adapter ? `${name} · ${adapter}` : name;
}

/** The model, the share of the page that was read, and where the text was or will be written. */
export function facts(state: State): string {
  const job = current(state);
  const subject = job?.subject.subject;
  const whole = subject === "page" ? "pageRead" : subject === "document" ? "documentRead" : undefined;
  const key = job?.video === "transcript" ? "transcriptRead" : whole;
  const read = job?.coverage == null || !key ? undefined : message(key, { share: percent(job.coverage) });
  if (job?.server) return [writtenBy(job.server), read].filter(Boolean).join(" · ");
  const server = job ? undefined : chosenServer(state);
  if (server) return message("onServer", { model: server.model, host: server.place.host });
  return [modelName(state.model, job), read, message("onThisDevice")].filter(Boolean).join(" · ");
}

function modelName(model: ModelState, job: JobView | undefined): string | undefined {
  if (job?.state.state === "done") return job.state.stats.model;
  return model.state === "ready" || model.state === "loading" ? model.model : undefined;
}

/** Which page a result belongs to that is not of the page on view; empty where it is. */
export function belongs(state: State): string {
  const job = current(state);
  if (!job || isHere(state, job)) return "";
  return URL.canParse(job.url) ? message("ofAnotherPageAt", { host: new URL(job.url).host }) : message("ofAnotherPage");
}

/** Why the panel does not see the page on view, and what lets it. */
export const ACCESS = {
  missing: message("accessMissing"),
  asked: message("accessAsked"),
  refused: message("accessRefused"),
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
      return job.state.state === "done" ? rewritten(job) : message("sentencesChecked");
    case "translate": {
      const { from, to } = job.task;
      const direction = message("fromTo", {
        from: from ? languageName(from) : message("detectedLanguage"),
        to: languageName(to),
      });
      return job.subject.subject === "blocks" ? `${direction} · ${message("shownOnPage")}` : direction;
    }
    default:
      return job.task satisfies never;
  }
}

function grounded(job: JobView): string {
  if (job.sections.some(({ status }) => status === "preview")) {
    return message(isActive(job) ? "previewActive" : "previewKept");
  }
  if (job.state.state !== "done") return message("checkingPoints");
  return job.sections.some(({ status }) => status === "quoted")
    ? `${message("checkedAgainstPage")} · ${message("markOfOwnWords")}`
    : message("checkedAgainstPage");
}

function rewritten({ sections }: JobView): string {
  const kept = sections.filter(({ status }) => status === "quoted").length;
  if (kept === sections.length) return message("nothingChanged");
  const checked = message("checkedAgainstText");
  return kept > 0 ? `${checked} · ${plural("keptOf", sections.length, { kept })}` : checked;
}
