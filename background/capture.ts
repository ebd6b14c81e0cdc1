// What a job works on, read from the page.

import type { Input, JobId, Scope, Task } from "../offscreen/protocol/protocol";
import { left, noSelection, notText, scriptFailed } from "../offscreen/view/failures";
import { inject, type Outcome, type TabFrame } from "../offscreen/view/inject";
import { detectLanguage, pageLanguage, readSelection } from "../offscreen/view/page";
import { pageKey } from "../offscreen/view/page_key";
import { withAddress } from "../offscreen/view/start";
import { isDocument, readTab } from "./document";

export interface Captured {
  /** With the address of the page that it was read from. */
  input: Input;
  /** Where it was read. */
  place: TabFrame;
}

/** Where to read: the whole tab, or for a card the frame that it stands in. */
export interface CaptureSource {
  tab: number;
  /** The frame of a card, whose selection is read again. */
  card: number | undefined;
}

/** Reads what a task in this scope is to work on. */
export async function capture(job: JobId, task: Task, scope: Scope, source: CaptureSource): Promise<Outcome<Captured>> {
  return fromOnePage(source.tab, async () => captureInput(job, task, scope, source));
}

/** Reads what has come to a translated page since; undefined when that has gone again. */
export async function captureMore(job: JobId, place: TabFrame): Promise<Outcome<Captured | undefined>> {
  return fromOnePage(place.tab, async () => {
    const collected = await inject(place, [], (id: JobId) => globalThis.sottoMoreBlocks?.(id), job);
    if ("failure" in collected) return collected;
    const blocks = collected.ok;
    return { ok: blocks && { input: { input: "blocks", blocks }, place } };
  });
}

/**
 * Reads from the page that is in a tab, and only from that. Its address is the browser's: the page's
 * own process does not decide under which its result is found.
 */
async function fromOnePage<T extends Captured | undefined>(
  tab: number,
  read: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const before = await address(tab);
  const captured = await read();
  if ("failure" in captured || !captured.ok) return captured;
  const url = await address(tab);
  if (pageKey(url) !== pageKey(before)) return { failure: left() };
  return { ok: { ...captured.ok, input: withAddress(captured.ok.input, url) } };
}

/** Empty where Sotto may not know it, or there is no such tab. */
async function address(tab: number): Promise<string> {
  const { url = "" } = await chrome.tabs.get(tab).catch(() => ({ url: undefined }));
  return url;
}

async function captureInput(job: JobId, task: Task, scope: Scope, source: CaptureSource): Promise<Outcome<Captured>> {
  switch (task.task) {
    case "summarize":
    case "ask":
      return capturePage(source.tab);
    case "rewrite":
      return captureSelection(job, source);
    case "translate":
      return scope === "selection" ? captureSelection(job, source) : captureBlocks(job, source.tab, task.to);
    default:
      return task satisfies never;
  }
}

async function capturePage(tab: number): Promise<Outcome<Captured>> {
  const place = { tab, frame: 0 };
  const captured = await inject(place, ["capture"], () => globalThis.sottoCapture?.());
  if ("failure" in captured) return captured;
  if (!captured.ok) return { failure: left() };
  if ("error" in captured.ok) return { failure: scriptFailed(captured.ok.error) };
  if ("contentType" in captured.ok) return captureDocument(tab, captured.ok.contentType);
  captured.ok.lang = (await pageLanguage(tab)) ?? captured.ok.lang;
  return { ok: { input: { input: "page", page: captured.ok }, place } };
}

async function captureDocument(tab: number, contentType: string): Promise<Outcome<Captured>> {
  if (!isDocument(contentType)) return { failure: notText(contentType) };
  const read = await readTab(tab);
  return "failure" in read
    ? read
    : { ok: { input: { input: "document", document: read.ok }, place: { tab, frame: 0 } } };
}

async function captureSelection(job: JobId, { tab, card }: CaptureSource): Promise<Outcome<Captured>> {
  const read = card === undefined ? await readSelection(tab, job) : await rereadSelection({ tab, frame: card }, job);
  if ("failure" in read) return read;
  const { selection, place } = read.ok;
  selection.lang = await detectLanguage(selection.text, selection.lang);
  return { ok: { input: { input: "selection", selection }, place } };
}

/** The selection that the open card in a frame is about. */
async function rereadSelection(place: TabFrame, job: JobId) {
  const read = await inject(place, [], (id: JobId) => globalThis.sottoSelect?.(id, true), job);
  if ("failure" in read) return read;
  const selection = read.ok?.selection;
  return selection ? { ok: { selection, place } } : { failure: noSelection() };
}

async function captureBlocks(job: JobId, tab: number, to: string): Promise<Outcome<Captured>> {
  const place = { tab, frame: 0 };
  const collect = (id: JobId, language: string) => globalThis.sottoBlocks?.(id, language);
  const collected = await inject(place, ["translate"], collect, job, to);
  if ("failure" in collected) return collected;
  const blocks = collected.ok;
  if (!blocks) return { failure: left() };
  if ("error" in blocks) return { failure: scriptFailed(blocks.error) };
  if ("contentType" in blocks) return captureDocument(tab, blocks.contentType);
  blocks.lang = await pageLanguage(tab);
  return { ok: { input: { input: "blocks", blocks }, place } };
}
