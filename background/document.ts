// Files: shown in a tab, or dropped on a page of Sotto's.

import { DOCUMENT_CHANNEL, type EngineMessage, type FileMessage } from "../offscreen/protocol/channels";
import type { Document } from "../offscreen/protocol/protocol";
import { fileTooLarge, fileUnreadable, left, localFile } from "../offscreen/view/failures";
import { inject, type Outcome } from "../offscreen/view/inject";
import { detectLanguage } from "../offscreen/view/page";
import { ensureEngine } from "./engine";

/** Enough to know a language by. */
const SAMPLE_BLOCKS = 20;

/** Types of documents that are read as files. */
export function isDocument(contentType: string): boolean {
  return ["application/pdf", "text/plain", "text/markdown"].includes(contentType);
}

/** Reads the file that a tab shows. */
export async function readTab(tab: number): Promise<Outcome<Document>> {
  const { url = "", title = "" } = await chrome.tabs.get(tab);
  const read = await inject({ tab, frame: 0 }, ["document"], () => globalThis.sottoDocument?.());
  if ("failure" in read) return read;
  if (!read.ok) return { failure: left() };
  if ("tooLarge" in read.ok) return { failure: fileTooLarge(read.ok.tooLarge) };
  if ("error" in read.ok) return { failure: url.startsWith("file:") ? localFile() : fileUnreadable(read.ok.error) };
  const bytes = Uint8Array.from(atob(read.ok.base64), (char) => char.charCodeAt(0));
  const handle = crypto.randomUUID();
  const channel = new BroadcastChannel(DOCUMENT_CHANNEL);
  await ensureEngine();
  channel.postMessage({ handle, file: new File([bytes], title) } satisfies FileMessage);
  const document = await readFile(handle, title);
  channel.close();
  return document;
}

/** Reads a file that was handed over; `name` stands for a title that it does not have. */
export async function readFile(handle: string, name: string): Promise<Outcome<Document>> {
  await ensureEngine();
  const outcome = await chrome.runtime.sendMessage<EngineMessage, Outcome<Document>>({
    target: "engine",
    type: "read",
    handle,
  });
  if ("failure" in outcome) return outcome;
  const document = outcome.ok;
  const sample = document.blocks.slice(0, SAMPLE_BLOCKS).map(({ text }) => text);
  const lang = await detectLanguage(sample.join("\n"), undefined);
  return { ok: { ...document, title: document.title || name, lang } };
}
