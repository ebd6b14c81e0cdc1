// Whether what is read of a page is found again on it: every sentence of the article, by the script that shows a reader where
// a point comes from.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { environment } from "./browser.ts";
import { Reader, type ReadPage } from "./reader.ts";

/** A sentence, and what was found of it. */
export interface Passage {
  sentence: string;
  /** The text that was painted: empty where nothing was. */
  shown: string;
}

/** Of the letters of a sentence and of what is shown for it, so many must be the same. */
const SHARE = 0.75;

export class PassageReader {
  readonly #reader: Reader;
  readonly #script: string;

  private constructor(reader: Reader, script: string) {
    this.#reader = reader;
    this.#script = script;
  }

  static async start(): Promise<PassageReader> {
    const script = await readFile(join(environment("SOTTO_DIST"), "content/highlight.js"), "utf8");
    return new PassageReader(await Reader.start(), script);
  }

  /** The sentences of a page, each with what is shown of it. */
  async passages(html: string): Promise<Passage[]> {
    const { sentences }: ReadPage = await this.#reader.read(html);
    const show = `${this.#script};(${shown})(${JSON.stringify(sentences)})`;
    const found = await this.#reader.evaluate<string[]>(show);
    return sentences.map((sentence, i) => ({ sentence, shown: found[i] ?? "" }));
  }

  async stop(): Promise<void> {
    await this.#reader.stop();
  }
}

/** Runs on the page: what is painted for each sentence. */
const shown = (sentences: string[]): string[] =>
  sentences.map((sentence) => {
    if (!globalThis.sottoHighlight?.(sentence, null)) return "";
    return [...(CSS.highlights.get("sotto") ?? [])].map(String).join("");
  });

/** Whether what is shown is the sentence: formulas and marks of notes may differ. */
export function isFound({ sentence, shown: text }: Passage): boolean {
  const [wanted, painted] = [counts(sentence), counts(text)];
  let shared = 0;
  for (const [letter, count] of wanted) shared += Math.min(count, painted.get(letter) ?? 0);
  const sum = (letters: Map<string, number>): number => [...letters.values()].reduce((all, count) => all + count, 0);
  return shared >= SHARE * sum(wanted) && shared >= (SHARE / 2) * sum(painted);
}

function counts(text: string): Map<string, number> {
  const letters = new Map<string, number>();
  for (const [letter] of text.matchAll(/[\p{L}\p{N}]/gu)) letters.set(letter, (letters.get(letter) ?? 0) + 1);
  return letters;
}
