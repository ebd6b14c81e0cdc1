// The pages of the table of kinds (`tests/kinds/KIND/NAME.html`), and how far they are read as they should be.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Reader } from "./reader.ts";

/** What `NAME.json` says of a page's text. */
interface Expected {
  /** Runs of text that are read. */
  reads?: string[];
  /** Runs of text that are not. */
  leaves?: string[];
  /** Whether what is read is read in this order. */
  order?: boolean;
}

export interface KindPage {
  kind: string;
  name: string;
  html: string;
  expected: Expected;
}

/** The pages in a folder of kinds that say what is read of them. */
export async function kindPages(folder: string): Promise<KindPage[]> {
  const pages: KindPage[] = [];
  const kinds = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  for (const kind of kinds.map(({ name }) => name).sort()) {
    for (const file of (await readdir(join(folder, kind))).sort()) {
      if (!file.endsWith(".html")) continue;
      const name = file.slice(0, -".html".length);
      const text = (extension: string): Promise<string> => readFile(join(folder, kind, name + extension), "utf8");
      const expected = JSON.parse(await text(".json")) as Expected;
      if (expected.reads || expected.leaves) pages.push({ kind, name, html: await text(".html"), expected });
    }
  }
  return pages;
}

export class KindReader {
  readonly #reader: Reader;

  private constructor(reader: Reader) {
    this.#reader = reader;
  }

  static async start(): Promise<KindReader> {
    return new KindReader(await Reader.start());
  }

  /** What of a page is read wrongly: nothing, where all is right. */
  async mistakes({ html, expected }: KindPage): Promise<string[]> {
    try {
      const { title, text } = await this.#reader.read(html);
      return mistakes(`${title}\n\n${text}`, expected);
    } catch (error) {
      return [String(error)];
    }
  }

  async stop(): Promise<void> {
    await this.#reader.stop();
  }
}

function mistakes(text: string, { reads = [], leaves = [], order = false }: Expected): string[] {
  const found: string[] = [];
  let from = 0;
  for (const run of reads) {
    const at = text.indexOf(run, order ? from : 0);
    if (at >= 0) from = at + run.length;
    else found.push(text.includes(run) ? `in another place: ${run}` : `missing: ${run}`);
  }
  return [...found, ...leaves.filter((run) => text.includes(run)).map((run) => `too much: ${run}`)];
}
