// The pages of the table of kinds (`tests/kinds/KIND/NAME.html`), read as the extension reads them: by the capture
// script in Chromium, then by the extractor.

import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PageCapture } from "../../../offscreen/protocol/protocol";
import { environment } from "./browser.ts";
import { IsolatedWorld } from "./isolated.ts";

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
  readonly #world: IsolatedWorld;
  readonly #script: string;
  /** For what was captured: the extractor reads it from a file. */
  readonly #folder: string;

  private constructor(world: IsolatedWorld, script: string, folder: string) {
    this.#world = world;
    this.#script = script;
    this.#folder = folder;
  }

  static async start(): Promise<KindReader> {
    const script = await readFile(join(environment("SOTTO_DIST"), "content/capture.js"), "utf8");
    const folder = await mkdtemp(join(tmpdir(), "sotto-kinds-"));
    return new KindReader(await IsolatedWorld.start(), script, folder);
  }

  /** What of a page is read wrongly: nothing, where all is right. */
  async mistakes({ html, expected }: KindPage): Promise<string[]> {
    await this.#world.open(html);
    const captured = await this.#world.evaluate<PageCapture>(`${this.#script};globalThis.sottoCapture()`);
    const file = join(this.#folder, "page.json");
    await writeFile(file, JSON.stringify(captured));
    const words = ["extract", "--capture", "--json", file];
    const { status, stdout, stderr } = spawnSync(environment("SOTTO_TOOLS"), words, { encoding: "utf8" });
    if (status !== 0) return [stderr.trim()];
    const { title, text } = JSON.parse(stdout) as { title: string; text: string };
    return mistakes(`${title}\n\n${text}`, expected);
  }

  async stop(): Promise<void> {
    await this.#world.stop();
    await rm(this.#folder, { recursive: true });
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
