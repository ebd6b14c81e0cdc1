// What a job works on, read from the page.
import type { Input, JobId, Scope, Task } from "../offscreen/protocol/protocol";
import { noSelection, notText, refused } from "./failures";
import { inject, injectEverywhere, type Outcome, type Place } from "./inject";
import { languageOf } from "../offscreen/view/language";

/** An input, and where it was read. */
export interface Captured {
  input: Input;
  place: Place;
}

/** Where to read: the whole tab, or for a card the frame that it stands in. */
export interface From {
  tab: number;
  /** The frame of a card, whose selection is read again. */
  card: number | undefined;
}

/** Reads what a task in this scope is to work on. */
export async function capture(job: JobId, task: Task, scope: Scope, from: From): Promise<Outcome<Captured>> {
  switch (task.task) {
    case "summarize":
      return capturePage(from.tab);
    case "rewrite":
      return captureSelection(job, from);
    case "translate":
      return scope === "selection" ? captureSelection(job, from) : captureBlocks(job, from.tab, task.to);
    default:
      return task satisfies never;
  }
}

async function capturePage(tab: number): Promise<Outcome<Captured>> {
  const place = { tab, frame: 0 };
  const captured = await inject(place, ["capture"], () => globalThis.sottoCapture?.());
  if ("failure" in captured) return captured;
  if (!captured.ok) return { failure: refused(undefined, "") };
  if ("contentType" in captured.ok) return { failure: notText(captured.ok.contentType) };
  return { ok: { input: { input: "page", page: captured.ok }, place } };
}

/** The selection of one frame; of the one with the focus, where several have one. */
async function captureSelection(job: JobId, { tab, card }: From): Promise<Outcome<Captured>> {
  const select = (id: JobId, again: boolean) => globalThis.sottoSelect?.(id, again);
  let found;
  if (card === undefined) {
    const everywhere = await injectEverywhere(tab, ["selection"], select, job, false);
    if ("failure" in everywhere) return everywhere;
    const frames = everywhere.ok.filter(({ result }) => result?.selection);
    found = frames.find(({ result }) => !result?.inFrame) ?? frames[0];
  } else {
    const again = await inject({ tab, frame: card }, [], select, job, true);
    if ("failure" in again) return again;
    found = { frame: card, result: again.ok };
  }
  const selection = found?.result?.selection;
  if (!found || !selection) return { failure: noSelection() };
  selection.lang = await languageOf(selection.text, selection.lang);
  return { ok: { input: { input: "selection", selection }, place: { tab, frame: found.frame } } };
}

async function captureBlocks(job: JobId, tab: number, to: string): Promise<Outcome<Captured>> {
  const place = { tab, frame: 0 };
  const collect = (id: JobId, language: string) => globalThis.sottoBlocks?.(id, language);
  const collected = await inject(place, ["translate"], collect, job, to);
  if ("failure" in collected) return collected;
  const blocks = collected.ok;
  if (!blocks) return { failure: refused(undefined, "") };
  if ("contentType" in blocks) return { failure: notText(blocks.contentType) };
  const sample = blocks.blocks.slice(0, 40).map(({ spans }) => spans.map(({ text }) => text).join(""));
  blocks.lang = await languageOf(sample.join("\n"), blocks.lang);
  return { ok: { input: { input: "blocks", blocks }, place } };
}
