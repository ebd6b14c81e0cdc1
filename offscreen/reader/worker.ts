// The worker that reads one file and is ended. The engine's own is never near a file: one that
// unpacks to more than there is memory, or sends its reader in circles, costs this worker alone.

import type { Document } from "../protocol/protocol";
import { tooMuch } from "../view/failures";
import type { Outcome } from "../view/inject";

/** Pages are begun for so long; what is not read then is counted as left out. */
const READING_MS = 10_000;

self.addEventListener("message", ({ data }: MessageEvent<Blob>) => {
  void read(data).then((outcome) => self.postMessage(outcome));
});

async function read(file: Blob): Promise<Outcome<Document>> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // Named in a variable, or it would be bundled: it is written by wasm-bindgen.
  const module = new URL("reader.js", import.meta.url).href;
  const reader = (await import(module)) as typeof import("./reader");
  await reader.default({ module_or_path: new URL("reader_bg.wasm", import.meta.url) });
  const end = performance.now() + READING_MS;
  try {
    return reader.read(bytes, () => performance.now() < end);
  } catch {
    // A trap of the module: its memory or its stack was not enough.
    return { failure: tooMuch() };
  }
}
