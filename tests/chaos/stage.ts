// What the play is on: one profile with the extension, set up once as a reader would; its browser may die
// and be started again.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import type { JobView } from "../../offscreen/protocol/protocol";
import type { Adapter } from "../e2e/driver/browser.ts";
import { environment } from "../e2e/driver/browser.ts";
import { FileServer, twin } from "../e2e/driver/files.ts";
import { ModelsPage } from "../e2e/driver/models.ts";
import { Popup } from "../e2e/driver/popup.ts";
import { Harness } from "../e2e/harness.ts";
import { Witness } from "./witness.ts";

/** Where the made-up translators are described. */
const FACTS = "translators.json";

/** The name under which a model can be fetched, and its own. */
export const DOWNLOAD = "download.gguf";
export const DOWNLOADED = "twin";

/** An empty page of the extension's own: it sees the storage, and no part of the product runs in it. */
const WATCH = "watch.html";

/** A job that has said nothing for so long hangs: an engine that is deaf is found out after 30 s, and the job done again. */
export const PATIENCE_MS = 120_000;

/** What the reader has chosen, and must find again. */
const CHOICES = { to: "en", length: "short" };

export interface StageOptions {
  adapter: Adapter;
  /** Summaries by the packaged model, in the place of a tiny one: rewrites are, nothing of random weights could be kept. */
  real: boolean;
}

/** What is kept for the reader between jobs. */
export interface Kept {
  /** Jobs that have not ended, by their addresses. */
  pending: string[];
  results: JobView[];
}

export class Stage {
  harness: Harness;
  readonly witness = new Witness();
  /** Serves the translators, and a model to install. */
  readonly files: FileServer;
  /** SHA-256 of that model. */
  readonly sha256: string;
  readonly real: boolean;
  #watch: Page;
  #standing: string;
  readonly #folder: string;
  readonly #start: () => Promise<Harness>;

  private constructor(
    options: StageOptions,
    folder: string,
    files: FileServer,
    sha256: string,
    start: () => Promise<Harness>,
    harness: Harness,
    watch: Page,
  ) {
    this.real = options.real;
    this.#folder = folder;
    this.files = files;
    this.sha256 = sha256;
    this.#start = start;
    this.harness = harness;
    this.#watch = watch;
    this.#standing = "";
  }

  static async set(options: StageOptions): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), "sotto-chaos-"));
    const served = join(folder, "served");
    await cp(environment("SOTTO_TRANSLATORS"), served, { recursive: true });
    const download = twin(await readFile(environment("SOTTO_TINY")));
    await writeFile(join(served, DOWNLOAD), download);
    const files = await FileServer.ofFolder(served);
    const extension = join(folder, "extension");
    await copyExtension(extension, files);
    const [adapter, profile] = [options.adapter, join(folder, "profile")];
    // A GPU that has crashed a few times is taken away for good: here it crashes all the time.
    const flags = ["--disable-gpu-process-crash-limit", "--disable-domain-blocking-for-3d-apis"];
    const start = async (): Promise<Harness> => {
      const harness = await Harness.start({ adapter, extension, profile, flags });
      harness.browser.context.setDefaultTimeout(PATIENCE_MS);
      return harness;
    };
    const harness = await start();
    const hash = createHash("sha256").update(download).digest("hex");
    const stage = new Stage(options, folder, files, hash, start, harness, await openWatch(harness));
    await stage.witness.attend(harness.browser);
    await stage.#furnish();
    return stage;
  }

  /** Installs the models, and chooses, as a reader would once. */
  async #furnish(): Promise<void> {
    await this.#watch.evaluate(async (choices) => chrome.storage.local.set(choices), CHOICES);
    const models = await ModelsPage.open(this.harness.browser);
    if (!this.real) {
      await models.chooseFile(environment("SOTTO_TINY"));
      await models.prefer("summarize", await models.id("tiny"));
    }
    await models.page.goto(`${models.page.url()}#de-en`);
    await models.press("German → English", "Get");
    await models.until("German → English", "installed");
    await models.page.close();
  }

  /** Opens a page in a tab of its own, in front. */
  async open(name: string, html: string): Promise<Page> {
    const { browser, pages } = this.harness;
    const page = await browser.context.newPage();
    await page.goto(pages.add(name, html), { waitUntil: "load" });
    await page.bringToFront();
    return page;
  }

  /** The reader's click on the toolbar button; a popup that is open closes before. */
  async popup(page: Page): Promise<Popup> {
    await this.closePopups();
    await page.bringToFront();
    return new Popup(await this.harness.browser.clickToolbar(page));
  }

  /** As the browser does when the reader clicks elsewhere. */
  async closePopups(): Promise<void> {
    const { browser } = this.harness;
    const open = await browser.targets("/popup/popup.html");
    for (const targetId of open) await browser.cdp.send("Target.closeTarget", { targetId }).catch(() => undefined);
    while ((await browser.targets("/popup/popup.html")).length > 0) await sleep(20);
  }

  /** Starts the browser again, with the same profile, after it was killed. */
  async restart(): Promise<void> {
    await this.harness.stop();
    this.harness = await this.#start();
    this.#watch = await openWatch(this.harness);
    await this.witness.attend(this.harness.browser);
  }

  async kept(): Promise<Kept> {
    return this.#watch.evaluate(async () => {
      const items = await chrome.storage.session.get<Record<string, unknown>>(null);
      const of = <T>(prefix: string): T[] =>
        Object.entries(items)
          .filter(([key]) => key.startsWith(prefix))
          .map(([, value]) => value as T);
      type Input = Record<string, { url: string } | undefined>;
      const starts = of<{ start: { input: Input & { input: string } } }>("start:");
      const url = ({ input }: { input: Input & { input: string } }): string =>
        input[input.input === "page" ? "page" : input.input]?.url ?? "";
      return {
        pending: starts.map(({ start }) => url(start)),
        results: of<{ view: JobView }>("result:").map(({ view }) => view),
      };
    });
  }

  /** What the toolbar button of a page's tab says, where it was marked. */
  async notice(page: Page): Promise<string> {
    return this.#watch.evaluate(async (url) => {
      const tab = (await chrome.tabs.query({})).find((one) => one.url === url || one.pendingUrl === url);
      const text = tab?.id === undefined ? "" : await chrome.action.getBadgeText({ tabId: tab.id });
      return tab?.id !== undefined && text === "!" ? chrome.action.getTitle({ tabId: tab.id }) : "";
    }, page.url());
  }

  /** Allows the extension so many bytes more than it stores now, or any number. */
  async quota(more?: number): Promise<void> {
    const { context, extension } = this.harness.browser;
    const usage = await this.#watch.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
    const cdp = await context.newCDPSession(this.#watch);
    const origin = `chrome-extension://${extension}`;
    const limit = more === undefined ? {} : { quotaSize: usage + more };
    await cdp.send("Storage.overrideQuotaForOrigin", { origin, ...limit });
    await cdp.detach();
  }

  /** Takes what there is now for what must always be there. */
  async stand(): Promise<void> {
    this.#standing = await this.#look();
  }

  /** What the reader had before and has not now. */
  async missing(): Promise<string | undefined> {
    const now = await this.#look();
    return now === this.#standing ? undefined : `it was ${this.#standing} and is ${now}`;
  }

  /** The files of the models with their lengths, and the choices. */
  async #look(): Promise<string> {
    return this.#watch.evaluate(
      async (choices) => {
        const files: string[] = [];
        const walk = async (folder: FileSystemDirectoryHandle): Promise<void> => {
          for await (const entry of folder.values()) {
            if (entry.kind === "directory") await walk(entry);
            else if (/\.(gguf|part|journal)$/u.test(entry.name))
              files.push(`${entry.name} (${(await entry.getFile()).size})`);
          }
        };
        await walk(await navigator.storage.getDirectory());
        const chosen = await chrome.storage.local.get(choices);
        return JSON.stringify({ files: files.toSorted(), chosen });
      },
      [...Object.keys(CHOICES), "models"],
    );
  }

  /** Bytes in the extension's private storage. */
  async stored(): Promise<number> {
    return this.#watch.evaluate(async () => {
      const size = async (folder: FileSystemDirectoryHandle): Promise<number> => {
        let bytes = 0;
        for await (const entry of folder.values()) {
          bytes += entry.kind === "directory" ? await size(entry) : (await entry.getFile()).size;
        }
        return bytes;
      };
      return size(await navigator.storage.getDirectory());
    });
  }

  async strike(): Promise<void> {
    await this.harness.stop();
    await this.files.stop();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function openWatch({ browser }: Harness): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${browser.extension}/${WATCH}`);
  return page;
}

/**
 * The extension as it was built, but that the translators come from this machine, that the browser holds it
 * to a quota, and that there is an empty page in it.
 */
async function copyExtension(folder: string, files: FileServer): Promise<void> {
  await cp(environment("SOTTO_DIST"), folder, { recursive: true, filter: (path) => !/gemma.*\.gguf$/u.test(path) });
  const change = async (name: string, edit: (content: Record<string, unknown>) => void): Promise<void> => {
    const content = JSON.parse(await readFile(join(folder, name), "utf8"));
    edit(content);
    await writeFile(join(folder, name), JSON.stringify(content));
  };
  await change("manifest.json", (manifest) => {
    const { permissions } = manifest;
    assert.ok(Array.isArray(permissions));
    manifest["permissions"] = permissions.filter((name) => name !== "unlimitedStorage");
  });
  const facts = JSON.parse(await readFile(join(environment("SOTTO_TRANSLATORS"), FACTS), "utf8"));
  facts.source = files.address("").replace(/\/$/u, "");
  await writeFile(join(folder, "models", FACTS), JSON.stringify(facts));
  await writeFile(join(folder, WATCH), "<!doctype html><title>Watch</title>");
}
