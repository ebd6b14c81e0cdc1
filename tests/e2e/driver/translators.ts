// Small translators of made-up weights, served by this machine in the host's place, and an extension
// that knows them.

import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environment } from "./browser.ts";
import { FileServer } from "./files.ts";

const FACTS = "translators.json";

export interface Pair {
  from: string;
  to: string;
  architecture: string;
  files: { name: string; bytes: number; sha256: string }[];
}

/** What the extension knows of its translators. */
export interface Facts {
  source: string;
  translators: Pair[];
}

export class TranslatorHost {
  readonly server: FileServer;
  /** The folder of an extension without the larger model, whose translators come from here. */
  readonly extension: string;
  readonly #folder: string;

  private constructor(server: FileServer, folder: string) {
    this.server = server;
    this.#folder = folder;
    this.extension = join(folder, "dist");
  }

  /** `prepare` may change what is served, and what is known of it. */
  static async start(prepare?: (served: string, facts: Facts) => Promise<void>): Promise<TranslatorHost> {
    const made = environment("SOTTO_TRANSLATORS");
    const folder = await mkdtemp(join(tmpdir(), "sotto-translators-"));
    const served = join(folder, "served");
    await cp(made, served, { recursive: true });
    const host = new TranslatorHost(await FileServer.ofFolder(served), folder);
    await cp(environment("SOTTO_DIST"), host.extension, {
      recursive: true,
      filter: (path) => !/gemma.*\.gguf$/u.test(path),
    });
    const facts = JSON.parse(await readFile(join(made, FACTS), "utf8")) as Facts;
    await prepare?.(served, facts);
    facts.source = host.server.address("").replace(/\/$/u, "");
    await writeFile(join(host.extension, "models", FACTS), JSON.stringify(facts));
    return host;
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
