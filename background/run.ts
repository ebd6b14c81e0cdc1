// Starting a job: what it works on is read from the page and handed to the engine.

import type { Command, CommandReply, Failure, Input, JobId } from "../offscreen/protocol/protocol";
import { markWorking } from "../offscreen/view/badge";
import { noteFailure } from "../offscreen/view/failure_log";
import { fileNotRewritten, left } from "../offscreen/view/failures";
import { inject, type TabFrame } from "../offscreen/view/inject";
import type { TranslationSetup } from "../offscreen/view/injected";
import { newJob } from "../offscreen/view/new_job";
import { load } from "../offscreen/view/settings";
import type { Start } from "../offscreen/view/start";
import { type Captured, type CaptureSource, capture, captureMore } from "./capture";
import { readFile } from "./document";
import { cancel, ensureEngine, send } from "./engine";
import { forget, placeOf, remember, startOf } from "./jobs";

type Run = Omit<Extract<Command, { type: "run" }>, "type" | "tab">;
type RunFile = Extract<Command, { type: "runFile" }>;

/** A job that was begun. */
interface Begun {
  /** What it was started with; undefined where it has ended. */
  start: Start | undefined;
  place: TabFrame;
}

/**
 * Captures and starts; with the model the reader has set for this task, if the command names none.
 */
export async function run(command: Run, source: CaptureSource): Promise<CommandReply> {
  const reply = await showBegun(command, source);
  if (reply.type === "failed") await noteFailure(reply.failure.code, command.task.task);
  return reply;
}

/** A page that is translated in place is shown how far that is. */
async function showBegun(command: Run, source: CaptureSource): Promise<CommandReply> {
  const { job, task, choice } = command;
  const begun = (await begunBefore(job, source.tab)) ?? (await captureAndBegin(command, source));
  if ("failure" in begun) return { type: "failed", failure: begun.failure };
  const { start, place } = begun;
  if (start?.input.input === "blocks" && task.task === "translate") {
    const { input, model } = start;
    const setup: TranslationSetup = { from: task.from ?? input.blocks.lang, to: task.to, choice, model };
    const show = (id: JobId, how: TranslationSetup) => globalThis.sottoTranslate?.(id, how) ?? false;
    const shown = await inject(place, [], show, job, setup);
    const failure = "failure" in shown ? shown.failure : shown.ok ? undefined : left();
    if (failure) {
      await cancel(job);
      return { type: "failed", failure };
    }
  }
  return { type: "started", job };
}

/** Starts on what has come to a translated page since; its bar shows it. */
export async function runMore(command: Run, place: TabFrame): Promise<CommandReply> {
  const { job } = command;
  if (await begunBefore(job, place.tab)) return { type: "started", job };
  const captured = await captureMore(job, place);
  if ("failure" in captured) return { type: "failed", failure: captured.failure };
  if (!captured.ok) return { type: "ok" };
  await begin(command, captured.ok);
  return { type: "started", job };
}

/** Starts on a file that was handed over. */
export async function runFile(command: RunFile): Promise<CommandReply> {
  const reply = await readAndBegin(command);
  if (reply.type === "failed") await noteFailure(reply.failure.code, command.task.task);
  return reply;
}

async function readAndBegin({ file, name, tab, ...command }: RunFile): Promise<CommandReply> {
  if (command.task.task === "rewrite") return { type: "failed", failure: fileNotRewritten() };
  const job = newJob();
  const [read, settings] = await Promise.all([readFile(file, name), load()]);
  if ("failure" in read) return { type: "failed", failure: read.failure };
  const model = command.model ?? settings.models[command.task.task];
  const input: Input = { input: "document", document: read.ok };
  const place = { tab: tab ?? chrome.tabs.TAB_ID_NONE, frame: 0 };
  await begin({ ...command, job, scope: "page", model }, { input, place });
  return { type: "started", job };
}

/** A job that is asked for once more: this worker's predecessor was stopped before it could say that it had begun it. */
async function begunBefore(job: JobId, tab: number): Promise<Begun | undefined> {
  const place = await placeOf(job);
  if (!("tab" in place)) return undefined;
  if (place.tab !== tab) throw new Error("this job is another tab's");
  const start = await startOf(job);
  // It may not have come to the engine, which takes a job that it has for what it is.
  if (start) await send(start);
  return { start, place };
}

async function captureAndBegin(command: Run, source: CaptureSource): Promise<Begun | { failure: Failure }> {
  const { job, task, scope } = command;
  const [captured, settings] = await Promise.all([capture(job, task, scope, source), load(), ensureEngine()]);
  if ("failure" in captured) return captured;
  const model = command.model ?? settings.models[task.task];
  // A card says itself, beside the selection, what becomes of it.
  if (source.card === undefined) await markWorking(captured.ok.place.tab);
  return begin({ ...command, model }, captured.ok);
}

async function begin({ job, task, choice, model }: Run, { input, place }: Captured): Promise<Begun> {
  const start: Start = { type: "start", job, task, input, choice, model, tab: place.tab };
  await remember(start, place);
  try {
    await send(start);
  } catch (error) {
    await forget(job);
    throw error;
  }
  return { start, place };
}
