// Pages read as the extension reads them: by the capture script in Chromium, then by the extractor.

import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PageCapture } from "../../../offscreen/protocol/protocol";
import { environment } from "./browser.ts";
import { IsolatedWorld } from "./isolated.ts";

/** Bytes that the extractor may print. */
const OUTPUT_LIMIT = 64 << 20;

/** What was read of a page. */
export interface ReadPage {
  title: string;
  text: string;
  sentences: string[];
}

export class Reader {
  readonly #world: IsolatedWorld;
  readonly #script: string;
  /** For what was captured: the extractor reads it from a file. */
  readonly #folder: string;

  private constructor(world: IsolatedWorld, script: string, folder: string) {
    this.#world = world;
    this.#script = script;
    this.#folder = folder;
  }

  static async start(): Promise<Reader> {
    const script = await readFile(join(environment("SOTTO_DIST"), "content/capture.js"), "utf8");
    const folder = await mkdtemp(join(tmpdir(), "sotto-pages-"));
    return new Reader(await IsolatedWorld.start(), script, folder);
  }

  /** Opens a page and reads it; throws what the extractor says where it can't. */
  async read(html: string): Promise<ReadPage> {
    await this.#world.open(html);
    const captured = await this.evaluate<PageCapture>(`${this.#script};globalThis.sottoCapture()`);
    const file = join(this.#folder, "page.json");
    await writeFile(file, JSON.stringify(captured));
    const words = ["extract", "--capture", "--sentences", "--json", file];
    const options = { encoding: "utf8", maxBuffer: OUTPUT_LIMIT } as const;
    const { status, stdout, stderr } = spawnSync(environment("SOTTO_TOOLS"), words, options);
    if (status !== 0) throw new Error(stderr.trim());
    return JSON.parse(stdout) as ReadPage;
  }

  /** The value of an expression on the page that is open. */
  async evaluate<T>(expression: string): Promise<T> {
    return this.#world.evaluate<T>(expression);
  }

  async stop(): Promise<void> {
    await this.#world.stop();
    await rm(this.#folder, { recursive: true });
  }
}
