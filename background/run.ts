// Starting a job: what it works on is read from the page and handed to the engine.

import type { Command, CommandReply, Input, JobId } from "../offscreen/protocol/protocol";
import { markWorking } from "../offscreen/view/badge";
import { noteFailure } from "../offscreen/view/failure_log";
import { fileNotRewritten, left } from "../offscreen/view/failures";
import { inject, type TabFrame } from "../offscreen/view/inject";
import type { TranslationSetup } from "../offscreen/view/injected";
import { load } from "../offscreen/view/settings";
import type { Start } from "../offscreen/view/start";
import { type Captured, type CaptureSource, capture, captureMore } from "./capture";
import { readFile } from "./document";
import { cancel, ensureEngine, send } from "./engine";
import { forget, remember } from "./jobs";

type Run = Omit<Extract<Command, { type: "run" }>, "type" | "tab">;
type RunFile = Extract<Command, { type: "runFile" }>;

/**
 * Captures and starts; with the model the reader has set for this task, if the command names none.
 */
export async function run(command: Run, source: CaptureSource): Promise<CommandReply> {
  const reply = await captureAndBegin(command, source);
  if (reply.type === "failed") await noteFailure(reply.failure.code, command.task.task);
  return reply;
}

async function captureAndBegin(command: Run, source: CaptureSource): Promise<CommandReply> {
  const job = crypto.randomUUID();
  const { task, scope } = command;
  const [captured, settings] = await Promise.all([capture(job, task, scope, source), load(), ensureEngine()]);
  if ("failure" in captured) return { type: "failed", failure: captured.failure };
  const model = command.model ?? settings.models[task.task];
  const { input, place } = captured.ok;
  // A card says itself, beside the selection, what becomes of it.
  if (source.card === undefined) await markWorking(place.tab);
  await begin(job, { ...command, model }, captured.ok);
  if (input.input === "blocks" && task.task === "translate") {
    const { choice } = command;
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
  const job = crypto.randomUUID();
  const captured = await captureMore(job, place);
  if ("failure" in captured) return { type: "failed", failure: captured.failure };
  if (!captured.ok) return { type: "ok" };
  await begin(job, command, captured.ok);
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
  const job = crypto.randomUUID();
  const [read, settings] = await Promise.all([readFile(file, name), load()]);
  if ("failure" in read) return { type: "failed", failure: read.failure };
  const model = command.model ?? settings.models[command.task.task];
  const input: Input = { input: "document", document: read.ok };
  const place = { tab: tab ?? chrome.tabs.TAB_ID_NONE, frame: 0 };
  await begin(job, { ...command, scope: "page", model }, { input, place });
  return { type: "started", job };
}

async function begin(job: JobId, { task, choice, model }: Run, { input, place }: Captured): Promise<void> {
  const start: Start = { type: "start", job, task, input, choice, model, tab: place.tab };
  await remember(start, place);
  try {
    await send(start);
  } catch (error) {
    await forget(job);
    throw error;
  }
}
