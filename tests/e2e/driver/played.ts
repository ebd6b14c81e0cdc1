// The extension with an engine that is only played: what surrounds an engine is tested without
// waiting for models, and with ends that the real one does not come to on demand.

import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Event, JobView, ModelCard, Request } from "../../../offscreen/protocol/protocol";
import { environment } from "./browser.ts";

/**
 * Stands in for the engine's script: this class's own text is that script, so it may name nothing
 * outside of itself. A page whose title says so makes it deaf, ends it, or has it work for ever; so does a file
 * that is to be installed, where an address is at once.
 */
class PlayedEngine {
  readonly emit: (event: Event) => void;
  readonly jobs: JobView[] = [];
  running: string | undefined;

  constructor(emit: (event: Event) => void) {
    this.emit = emit;
  }

  workingOn(): string | undefined {
    return this.running;
  }

  handOver(): void {}

  handle(request: Request): void {
    if (request.type === "attach") {
      const nothing = { summarize: "good", rewrite: [], translate: [] } as const;
      const model = {
        id: "played",
        kind: "language",
        name: "Played",
        family: "llama",
        licence: undefined,
        languages: "English",
      };
      const facts = {
        goodFor: "",
        bytes: 1,
        sha256: "",
        memory: 1,
        fit: { fit: "fits" } as const,
        context: 1,
        source: "package",
        packaged: true,
      };
      const state = {
        here: true,
        interrupted: false,
        state: { state: "installed", checked: false },
        abilities: nothing,
      };
      const models = [{ ...model, ...facts, ...state } as unknown as ModelCard];
      this.emit({ type: "snapshot", model: { state: "idle" }, models, jobs: structuredClone(this.jobs) });
    } else if (request.type === "offers") {
      const model = {
        id: "played",
        kind: "language",
        name: "Played",
        here: true,
        isServed: false,
        bytes: 1,
        host: undefined,
      } as const;
      const offer = ({ key }: { key: string }) => ({ key, ability: "good", model, instead: undefined }) as const;
      this.emit({ type: "offers", offers: request.questions.map(offer) });
    } else if (request.type === "install" && request.source.from === "address") {
      this.emit({ type: "installEnded", key: request.key, end: { end: "installed", name: "What was fetched" } });
    } else if (request.type === "start") {
      const { job, task, input } = request;
      const selected = input.input === "selection";
      const other = input.input === "document" ? input.document : input.input === "blocks" ? input.blocks : undefined;
      const source = input.input === "page" ? input.page : input.input === "selection" ? input.selection : other;
      if (!source) return;
      const { url, title, leftOut } = source;
      const subject = selected ? ({ subject: "selection", editable: false } as const) : ({ subject: "page" } as const);
      const view: JobView = {
        ...{ job, task, url, title, leftOut, subject, state: { state: "queued" } },
        ...{ progress: undefined, sections: [], coverage: 1, video: undefined, server: undefined },
      };
      this.jobs.push(view);
      this.tell(view);
      if (this.running === undefined) this.next();
    }
  }

  /** Works on the first job that waits. */
  next(): void {
    const view = this.jobs.find(({ state }) => state.state === "queued");
    this.running = view?.job;
    if (!view) return;
    view.state = { state: "running" };
    const rest = { before: "", source: undefined, spans: [], lost: [], note: undefined };
    view.sections = [
      { ...rest, index: 0, text: "What was checked.", status: "checked" },
      { ...rest, index: 1, text: "What only stands for it.", status: "preview" },
    ];
    this.tell(view);
    setTimeout(() => {
      if (view.title.includes("deaf")) for (;;);
      if (view.title.includes("for ever")) return;
      if (view.title.includes("end of it")) throw new Error("played");
      const device = {
        backend: "cpu",
        adapter: "",
        reason: undefined,
        shortage: undefined,
        threads: undefined,
      } as const;
      const counts = { promptTokens: 1, cachedTokens: 0, outputTokens: 1, prefillTps: 1, decodeTps: 1, coverage: 1 };
      const stats = { device, model: "Played", ...counts, loadMs: 1, firstTokenMs: 1, totalMs: 1 };
      view.state = { state: "done", stats, text: "What was checked." };
      view.sections = view.sections.slice(0, 1);
      this.tell(view);
      this.next();
    }, 300);
  }

  tell(view: JobView): void {
    this.emit({ type: "job", view: structuredClone(view) });
  }
}

/** A copy of the extension, and how to be rid of it. */
export interface Copy {
  folder: string;
  remove(): Promise<void>;
}

/** The extension with the played engine, or with none. */
export async function extensionWith(engine: "played" | "none"): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), "sotto-played-"));
  const isEngine = /\/offscreen\/(threads(\/|$)|engine)/u;
  await cp(environment("SOTTO_DIST"), folder, {
    recursive: true,
    filter: (path) => !isEngine.test(path) && !path.endsWith(".gguf"),
  });
  if (engine === "played") {
    const script = `export default async function init() {}\nexport const Engine = ${PlayedEngine.toString()};\n`;
    await writeFile(join(folder, "offscreen/engine.js"), script);
  }
  return { folder, remove: async () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
