// Injected on the reader's click into a tab that shows a file: hands the background its bytes. The
// only address that is asked is the tab's own, from the browser's cache where it can.

import { document } from "./page/dom";

/** Bytes that fit into an answer of a script, as text. */
const MOST_BYTES = 32 << 20;

globalThis.sottoDocument = async () => {
  try {
    return await read();
  } catch (error) {
    return { error: String(error) };
  }
};

async function read(): Promise<{ base64: string } | { tooLarge: number }> {
  const bytes = document.contentType === "application/pdf" ? await fetchBytes() : shownText();
  if (bytes === undefined || bytes.length > MOST_BYTES) return { tooLarge: MOST_BYTES };
  return { base64: base64(bytes) };
}

/** A text as the browser decoded it. */
function shownText(): Uint8Array {
  return new TextEncoder().encode(document.body.textContent ?? "");
}

/** Undefined for more than fits. */
async function fetchBytes(): Promise<Uint8Array | undefined> {
  const response = await fetch(location.href, { cache: "force-cache", redirect: "follow" });
  if (!response.ok || !response.body) throw new Error(`${response.status} ${response.statusText}`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MOST_BYTES) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // A multiple of three, so that no part is padded but the last; few enough to be arguments.
  const step = 0x6000;
  for (let at = 0; at < bytes.length; at += step) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + step))));
  }
  return parts.join("");
}
