// How fast a file of the reader's is installed, beside the browser's file system alone: started by
// `cargo xtask bench --where browser --install` with its options as JSON.

import { loadavg } from "node:os";
import { basename } from "node:path";
import type { Page } from "playwright-core";
import { ModelsPage } from "../e2e/driver/models.ts";
import { Harness } from "../e2e/harness.ts";
import { spread } from "./spread.ts";

interface InstallOptions {
  model: string;
  /** Its name on its card. */
  name: string;
  bytes: number;
  runs: number;
  json: boolean;
}

/** What workers alone have, so that the page's types do not. */
interface SyncAccess {
  createSyncAccessHandle(): Promise<{
    write(bytes: Uint8Array, options: { at: number }): number;
    flush(): void;
    close(): void;
  }>;
}

/** Milliseconds for the installation, from the choice of the file to the card that says it is there. */
async function install(models: ModelsPage, { name, model }: InstallOptions): Promise<number> {
  const ended = models.page.evaluate(
    (title) =>
      new Promise<number>((done) => {
        let start = NaN;
        document.addEventListener("change", () => (start = performance.now()), { capture: true, once: true });
        const observer = new MutationObserver(() => {
          const cards = [...document.querySelectorAll('.card[data-state="installed"] h3')];
          if (!cards.some((card) => card.textContent === title)) return;
          observer.disconnect();
          done(performance.now() - start);
        });
        observer.observe(document.body, { subtree: true, childList: true, attributes: true });
      }),
    name,
  );
  await models.chooseFile(model);
  return ended;
}

/** Milliseconds to write as many bytes into the browser's file system, in pieces of 1 MiB, and to flush them. */
async function write(page: Page, bytes: number): Promise<number> {
  return page.evaluate(async (length) => {
    const work = async (wanted: number): Promise<void> => {
      const root = await navigator.storage.getDirectory();
      const file = (await root.getFileHandle("raw", { create: true })) as unknown as SyncAccess;
      const piece = crypto.getRandomValues(new Uint8Array(1 << 16));
      const pieces = new Uint8Array(1 << 20).map((_, at) => piece[at % piece.length] ?? 0);
      const access = await file.createSyncAccessHandle();
      const start = performance.now();
      for (let at = 0; at < wanted; at += pieces.length) {
        access.write(pieces.subarray(0, Math.min(pieces.length, wanted - at)), { at });
      }
      access.flush();
      const ms = performance.now() - start;
      access.close();
      await root.removeEntry("raw");
      postMessage(ms);
    };
    const script = new Blob([`(${work.toString()})(${length})`], { type: "text/javascript" });
    const worker = new Worker(URL.createObjectURL(script));
    return new Promise<number>((done, failed) => {
      worker.addEventListener("message", ({ data }) => done(data as number));
      worker.addEventListener("error", ({ message }) => failed(new Error(message)));
    });
  }, bytes);
}

const options = JSON.parse(process.argv[2] ?? "{}") as InstallOptions;
const harness = await Harness.start({ adapter: "none" });
try {
  const page = await harness.open("storage", "<title>storage</title>");
  const models = await ModelsPage.open(harness.browser);
  const [written, installed]: [number[], number[]] = [[], []];
  for (let run = 0; run < options.runs; run++) {
    written.push(await write(page, options.bytes));
    installed.push(await install(models, options));
    await models.press(options.name, "Remove");
    await models.page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await models.until(options.name, "available");
  }
  const speed = (times: number[]) => spread(times.map((ms) => options.bytes / 1000 / ms));
  const ratio = speed(installed).median / speed(written).median;
  const figures = { model: basename(options.model), writeMbps: speed(written), installMbps: speed(installed), ratio };
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ ...figures, otherLoad: loadavg()[0] ?? 0 })}\n`);
  } else {
    const { writeMbps, installMbps } = figures;
    process.stdout.write(
      `${basename(options.model)}: installed at ${installMbps.median.toFixed(0)} MB/s (${installMbps.min.toFixed(0)}-${installMbps.max.toFixed(0)}), ` +
        `the browser's file system alone ${writeMbps.median.toFixed(0)} MB/s (${writeMbps.min.toFixed(0)}-${writeMbps.max.toFixed(0)}): ${ratio.toFixed(2)} ×\n`,
    );
  }
} finally {
  await harness.stop();
}
