// Reads the files that are handed over, each in a worker of its own.

import { DOCUMENT_CHANNEL, type FileMessage } from "./protocol/channels";
import { isFileMessage } from "./protocol/check";
import type { Document } from "./protocol/protocol";
import { fileGone, fileTooLarge, tooMuch } from "./view/failures";
import type { Outcome } from "./view/inject";

/** Bytes of a file that is read; books with pictures have about as many. */
const MOST_BYTES = 64 << 20;
/** A worker that has not answered then never will. */
const ANSWER_MS = 25_000;
/** A file comes by another way than the word that names it. */
const ARRIVAL_MS = 3000;
/** Files that may wait to be named. */
const MOST_WAITING = 4;

export class Files {
  readonly #waiting = new Map<string, File>();
  readonly #arrived = new EventTarget();

  constructor() {
    new BroadcastChannel(DOCUMENT_CHANNEL).addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      if (isFileMessage(data)) this.#keep(data);
    });
  }

  #keep({ handle, file }: FileMessage): void {
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size >= MOST_WAITING && oldest !== undefined) this.#waiting.delete(oldest);
    this.#waiting.set(handle, file);
    this.#arrived.dispatchEvent(new Event(handle));
  }

  /** The text of a file that is or will be handed over. */
  async read(handle: string): Promise<Outcome<Document>> {
    if (!this.#waiting.has(handle)) {
      const arrived = new Promise((done) => this.#arrived.addEventListener(handle, done, { once: true }));
      await Promise.race([arrived, sleep(ARRIVAL_MS)]);
    }
    const file = this.#waiting.get(handle);
    this.#waiting.delete(handle);
    if (!file) return { failure: fileGone() };
    if (file.size > MOST_BYTES) return { failure: fileTooLarge(MOST_BYTES) };
    return readFile(file);
  }
}

async function readFile(file: File): Promise<Outcome<Document>> {
  const worker = new Worker(new URL("reader/worker.js", import.meta.url), { type: "module", name: "reader" });
  try {
    const answer = new Promise<Outcome<Document>>((resolve) => {
      worker.addEventListener("message", ({ data }: MessageEvent<Outcome<Document>>) => resolve(data));
      worker.addEventListener("error", () => resolve({ failure: tooMuch() }));
    });
    worker.postMessage(file);
    const late = sleep(ANSWER_MS).then((): Outcome<Document> => ({ failure: tooMuch() }));
    return await Promise.race([answer, late]);
  } finally {
    worker.terminate();
  }
}

async function sleep(ms: number): Promise<void> {
  await new Promise((done) => setTimeout(done, ms));
}
