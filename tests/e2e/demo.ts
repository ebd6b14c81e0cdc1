// The extension at work on one page: started by `cargo xtask demo` with its options as JSON.

import { readFile, writeFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import type { RewriteOptions } from "../../offscreen/protocol/protocol";
import type { Adapter } from "./driver/browser.ts";
import { Browser } from "./driver/browser.ts";
import { animated, type Frame, record, thinned } from "./driver/film.ts";
import { Pages } from "./driver/pages.ts";
import type { Choices } from "./driver/popup.ts";
import { ENDED, Popup } from "./driver/popup.ts";
import { Teletype } from "./driver/teletype.ts";
import { trace } from "./driver/trace.ts";

interface DemoOptions {
  url: string | null;
  file: string | null;
  task: "summarize" | "ask" | "rewrite" | "translate";
  question: string;
  type: string;
  length: string | null;
  rewrite: RewriteOptions;
  to: string;
  /** Whose text is selected first. */
  select: string | null;
  model: string | null;
  choice: string;
  adapter: Adapter;
  screenshot: string | null;
  /** Where a moving picture of the popup goes. */
  film: string | null;
  trace: boolean;
  headed: boolean;
  json: boolean;
}

/** Longest wait for a result: a software GPU takes minutes. */
const LIMIT_MS = 30 * 60 * 1000;

/** Pictures of a film at most, for which a megabyte is enough, and how long its beginning and its end stand. */
const FILM_FRAMES = 16;
const FILM_STILL_MS = { begin: 1000, end: 5000 };

const options = JSON.parse(process.argv[2] ?? "{}") as DemoOptions;
const print = (text: string): void => void process.stdout.write(text);
const teletype = new Teletype(print, (text) => void process.stderr.write(`demo: ${text}\n`));
const say = (text: string): void => teletype.say(text);

const pages = await Pages.start();
/** Selects the text of the first element that matches, as a person would with the mouse. */
async function select(page: Page, css: string): Promise<void> {
  await page
    .locator(css)
    .first()
    .evaluate((element) => {
      if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) {
        element.focus();
        element.select();
      } else {
        getSelection()?.selectAllChildren(element);
      }
    });
}

/** The controls of the popup that the options speak of. */
function choices(): Choices {
  const { task, type, length, rewrite, to, select: css, choice } = options;
  switch (task) {
    case "summarize":
      return { mode: task, type, length: length ?? "medium", choice };
    case "ask":
      return { mode: task, question: options.question, choice };
    case "rewrite": {
      const { goal = "as-is", tone = "as-is", length: rewriteLength = "as-is", instruction } = rewrite;
      return { mode: task, goal, tone, rewriteLength, ...(instruction ? { instruction } : {}), choice };
    }
    case "translate":
      return { mode: task, to, scope: css === null ? "page" : "selection", choice };
    default:
      return task satisfies never;
  }
}

/** The popup at work, from before the click to its end. */
async function save(file: string, run: Promise<Frame[]>): Promise<void> {
  const frames = thinned(await run, FILM_FRAMES);
  const [first, last] = [frames[0], frames.at(-1)];
  if (first) first.ms = FILM_STILL_MS.begin;
  if (last) last.ms = FILM_STILL_MS.end;
  await writeFile(file, animated(frames));
}

const url = options.file === null ? options.url : pages.add("article.html", await readFile(options.file, "utf8"));
if (url === null) throw new Error("no page");
const browser = await Browser.launch({
  adapter: options.adapter,
  headed: options.headed,
  // A page given by its address may load what it needs; the bundled article is served from this
  // machine.
  allowed: options.file === null ? () => true : (host) => host === "127.0.0.1",
});
try {
  if (options.trace) await trace(browser, say);
  const page = await browser.open(url);
  await page.waitForLoadState("networkidle");

  const field = (await page.locator("textarea").count()) > 0 ? "textarea" : "p";
  const css = options.select ?? (options.task === "rewrite" ? field : null);
  if (css !== null) await select(page, css);
  browser.proxy.forget();
  say("clicking the toolbar button");
  const popup = new Popup(await browser.clickToolbar(page));
  if (options.model !== null) await popup.prefer(options.task, options.model);
  await popup.choose(choices());
  let said = "";
  let isOver = false;
  const film =
    options.film &&
    save(
      options.film,
      record(popup.target, () => !isOver),
    );
  await popup.run();
  const end = await popup.until(
    "the result",
    (shown) => {
      const line = [shown.status, shown.device].filter(Boolean).join(" · ");
      // What differs in figures alone is said once.
      const kind = line.replaceAll(/[\d.,]+/gu, "");
      if (kind !== said) say(line);
      said = kind;
      teletype.show(shown.points);
      isOver = ENDED.includes(shown.state);
      return isOver;
    },
    LIMIT_MS,
    40,
  );
  teletype.end();
  const requests = [...browser.proxy.requests];
  await film;

  const job = await popup.job();
  if (job?.state.state !== "done") throw new Error(`no result: ${end.error} ${end.remedy}`);
  const { stats, text } = job.state;
  say(`${stats.outputTokens} tokens in ${(stats.totalMs / 1000).toFixed(1)} s on ${stats.device.adapter}`);
  if (stats.device.reason !== undefined) say(stats.device.reason);
  say(`${requests.length} network requests from the click to the end`);
  for (const request of requests) say(`  ${request}`);
  // A page translated in place is its own result.
  const inPlace = options.task === "translate" && css === null;
  if (options.screenshot !== null) {
    if (inPlace) await page.screenshot({ path: options.screenshot });
    else await popup.target.screenshot(options.screenshot);
  }
  if (options.json) {
    const figures = {
      backend: stats.device.backend,
      adapter: stats.device.adapter,
      threads: stats.device.threads?.count ?? null,
      model: stats.model,
      task: job.task.task,
      promptTokens: stats.promptTokens,
      outputTokens: stats.outputTokens,
      loadMs: stats.loadMs,
      firstTokenMs: stats.firstTokenMs,
      prefillTps: stats.prefillTps,
      decodeTps: stats.decodeTps,
      coverage: stats.coverage,
      points: job.sections.map((section) => ({ text: section.text, source: section.source?.text ?? null })),
      networkRequests: requests.length,
      text,
    };
    print(`${JSON.stringify(figures)}\n`);
  }
} finally {
  await browser.close();
  await pages.stop();
}
