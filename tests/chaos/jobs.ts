// The kinds of job, each as a reader starts it and sees its end.

import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { Content } from "../e2e/driver/content.ts";
import { chooseMenu, pressShortcut } from "../e2e/driver/menu.ts";
import { ModelsPage } from "../e2e/driver/models.ts";
import type { Popup } from "../e2e/driver/popup.ts";
import { DOWNLOAD, DOWNLOADED, PATIENCE_MS, type Stage } from "./stage.ts";
import { LETTER, NEWS, SUMMARY } from "./texts.ts";

/** How a job ended, as its view tells. */
export type End = { state: "done"; text: string } | { state: "failed"; words: string } | { state: "cancelled" };

/** A job that was started. */
export interface Work {
  kind: Kind;
  page: Page;
  url: string;
  /** What is told of its end, if that has come. Opens a view that was closed. */
  look(): Promise<End | undefined>;
  /** What is left to be done about it: the page is as it was before, the file is removed. */
  tidy(): Promise<void>;
}

export interface Kind {
  name: string;
  start(stage: Stage): Promise<Work>;
}

let pages = 0;

/** A page of the same text at an address of its own. */
async function open(stage: Stage, html: string): Promise<Page> {
  pages += 1;
  return stage.open(`page-${pages}`, html);
}

function summary(name: string, choice: "cpu" | "gpu"): Kind {
  const kind: Kind = {
    name,
    async start(stage) {
      const page = await open(stage, SUMMARY);
      let popup: Popup | undefined = await stage.popup(page);
      await popup.choose({ mode: "summarize", type: "key-points", length: "short", choice });
      await popup.run();
      const look = async (): Promise<End | undefined> => {
        if (
          popup === undefined ||
          !(await stage.harness.browser.targets("/popup/popup.html")).includes(popup.target.id)
        ) {
          popup = await stage.popup(page);
          await popup.choose({});
        }
        const { state, points, error, remedy } = await popup.shown();
        if (state === "done") return { state, text: points.map(({ text }) => text).join("\n") };
        if (state === "failed") return { state, words: `${error}\n${remedy}` };
        return state === "cancelled" ? { state } : undefined;
      };
      return { kind, page, url: page.url(), look, tidy: async () => stage.closePopups() };
    },
  };
  return kind;
}

/** A job whose view stands on the page itself. */
async function onPage(
  stage: Stage,
  kind: Kind,
  view: "card" | "bar",
  html: string,
  begin: (page: Page) => Promise<void>,
  result: (page: Page, text: string) => Promise<string>,
): Promise<Work> {
  const { browser } = stage.harness;
  await stage.closePopups();
  const page = await open(stage, html);
  const content = await Content.of(browser.context, page, browser.extension);
  const original = await page.innerHTML("body");
  await begin(page);
  await appears(stage, page, content, view);
  const look = async (): Promise<End | undefined> => {
    const shown = await content.surface(view);
    const parts = shown?.parts ?? {};
    if (shown?.state === "done") return { state: "done", text: await result(page, parts["text"] ?? "") };
    if (shown?.state === "failed") return { state: "failed", words: parts["problem"] ?? "" };
    if (shown?.state === "cancelled") return { state: "cancelled" };
    const notice = shown ? "" : await stage.notice(page);
    return notice === "" ? undefined : { state: "failed", words: notice };
  };
  const tidy = async (): Promise<void> => {
    const shown = await content.surface(view);
    if (shown?.buttons.includes("Show original")) await content.click(view, "Show original");
    if (shown?.buttons.includes("✕")) await content.click(view, "✕");
    else await page.keyboard.press("Escape");
    if (shown) await content.closed(view);
    const now = await page.innerHTML("body");
    if (now !== original) throw new Error(`the page is not as it was: ${now} instead of ${original}`);
  };
  return { kind, page, url: page.url(), look, tidy };
}

/** Waits until the view stands on the page, or the toolbar button says why not. */
async function appears(stage: Stage, page: Page, content: Content, view: "card" | "bar"): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await content.surface(view)) && (await stage.notice(page)) === "") {
    if (Date.now() > end) throw new Error(`no ${view} appears`);
    await sleep(25);
  }
}

const shown = async (_: Page, text: string): Promise<string> => text;

const rewrite: Kind = {
  name: "rewrite",
  async start(stage) {
    const begin = async (page: Page): Promise<void> => {
      await page.focus("textarea");
      await page.keyboard.press("Control+A");
      await chooseMenu(stage.harness.browser, page, "rewrite:fix-grammar");
    };
    return onPage(stage, rewrite, "card", LETTER, begin, shown);
  },
};

const translateSelection: Kind = {
  name: "translation of a selection",
  async start(stage) {
    const begin = async (page: Page): Promise<void> => {
      await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector("article") ?? document));
      await pressShortcut(stage.harness.browser, page, "translate-selection");
    };
    return onPage(stage, translateSelection, "card", NEWS, begin, shown);
  },
};

const translatePage: Kind = {
  name: "translation in place",
  async start(stage) {
    const begin = async (page: Page): Promise<void> => chooseMenu(stage.harness.browser, page, "translate-page");
    return onPage(stage, translatePage, "bar", NEWS, begin, async (page) => page.innerText("article"));
  },
};

/** Between two pieces of a file that is fetched, so that it takes a while. */
const PAUSE_MS = 15;

const install: Kind = {
  name: "installation",
  async start(stage) {
    await stage.closePopups();
    stage.files.pauseMs = PAUSE_MS;
    const models = await ModelsPage.open(stage.harness.browser);
    await models.enterAddress(stage.files.address(DOWNLOAD), stage.sha256);
    const { page } = models;
    const text = async (name: string, state: string): Promise<string | undefined> => {
      const card = page.locator(`.card[data-state="${state}"]`, { has: page.locator("h3", { hasText: name }) });
      return (await card.count()) > 0 ? card.innerText() : undefined;
    };
    const look = async (): Promise<End | undefined> => {
      if ((await text(DOWNLOADED, "installed")) !== undefined) return { state: "done", text: stage.sha256 };
      const stopped = (await text(DOWNLOAD, "paused")) ?? (await text(DOWNLOAD, "failed"));
      if (stopped !== undefined) return { state: "failed", words: stopped };
      const outcome = (await page.locator("#by-address .outcome").innerText()).trim();
      if (outcome === "" || /^(Installing|Asking) /u.test(outcome)) return undefined;
      return / is installed\.$/u.test(outcome) ? undefined : { state: "failed", words: outcome };
    };
    const tidy = async (): Promise<void> => {
      stage.files.pauseMs = 0;
      const fresh = await ModelsPage.open(stage.harness.browser);
      await finish(fresh, stage);
      await fresh.press(DOWNLOADED, "Remove");
      await fresh.page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
      await fresh.card(DOWNLOADED).waitFor({ state: "detached" });
      await fresh.page.close();
    };
    return { kind: install, page, url: page.url(), look, tidy };
  },
};

/** Has an installation that was broken off go on, to its end. */
async function finish(models: ModelsPage, stage: Stage): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while ((await models.card(DOWNLOADED).count()) === 0) {
    if (Date.now() > end) throw new Error(`an installation does not go on: ${await models.page.innerText("body")}`);
    const card = models.card(DOWNLOAD);
    const resume = card.getByRole("button", { name: /^(Resume|Try again)/u });
    if ((await card.count()) === 0) await models.enterAddress(stage.files.address(DOWNLOAD), stage.sha256);
    else if ((await resume.count()) > 0) await resume.first().click();
    await sleep(500);
  }
  await models.until(DOWNLOADED, "installed");
}

export const KINDS: Kind[] = [summary("summary", "cpu"), rewrite, translateSelection, translatePage, install];

/** A software GPU takes long to start: for those who have the time. */
export const ON_GPU: Kind = summary("summary on the GPU", "gpu");

export const INSTALLATION = install;

/** Waits for a job's end, as its view tells it. */
export async function ended(work: Work): Promise<End> {
  const limit = Date.now() + PATIENCE_MS;
  for (;;) {
    const end = await work.look();
    if (end) return end;
    if (Date.now() > limit) throw new Error(`a ${work.kind.name} never ends`);
    await sleep(50);
  }
}

/** What a job comes to without faults. */
export interface Performed {
  text: string;
  /** How long that takes, once it is started. */
  ms: number;
}

/** Does a job that nothing befalls. */
export async function perform(stage: Stage, kind: Kind): Promise<Performed> {
  const work = await kind.start(stage);
  const start = Date.now();
  const end = await ended(work);
  if (end.state !== "done") throw new Error(`a ${kind.name} without a fault: ${JSON.stringify(end)}`);
  const ms = Date.now() - start;
  await work.tidy();
  await work.page.close();
  return { text: end.text, ms };
}
