// What the browser tests share: a browser with the extension, pages to try it on, and a popup ready
// for the click.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Options } from "./driver/browser.ts";
import { Browser, environment } from "./driver/browser.ts";
import { ModelsPage } from "./driver/models.ts";
import { Pages } from "./driver/pages.ts";
import type { Choices, Shown } from "./driver/popup.ts";
import { Popup } from "./driver/popup.ts";

export class Harness {
  readonly browser: Browser;
  readonly pages: Pages;

  private constructor(browser: Browser, pages: Pages) {
    this.browser = browser;
    this.pages = pages;
  }

  static async start(options: Options): Promise<Harness> {
    return new Harness(await Browser.launch(options), await Pages.start());
  }

  /** Opens a page of our own. */
  async open(name: string, html: string): Promise<Page> {
    const page = await this.browser.open(this.pages.add(name, html));
    await page.waitForLoadState("networkidle");
    return page;
  }

  /** Has summaries made by a model of random weights: for what is true of every model, and slow on a software GPU. */
  async preferTiny(): Promise<void> {
    const models = await ModelsPage.open(this.browser);
    await models.chooseFile(environment("SOTTO_TINY"));
    await models.prefer("summarize", await models.id("tiny"));
    await models.page.close();
  }

  /** The toolbar click, and the controls set. */
  async popup(page: Page, choices: Choices = {}): Promise<Popup> {
    const popup = new Popup(await this.browser.clickToolbar(page));
    await popup.choose(choices);
    return popup;
  }

  /** The side panel, opened from the popup, which it replaces. */
  async panel(popup: Popup): Promise<Popup> {
    await popup.target.click("#panel");
    const panel = new Popup(await this.browser.target("/popup/popup.html", 10_000, [popup.target.id]));
    await panel.choose({});
    return panel;
  }

  /** Waits until the model is writing and some of the text is there. */
  async writing(popup: Popup): Promise<Shown> {
    return popup.until("the model to write", ({ state, points }) => {
      assert.ok(state !== "failed" && state !== "done", `the job is ${state} already`);
      return points.some(({ status, text }) => status === "draft" && text.length > 0);
    });
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.pages.stop();
  }
}

/** The bundled article. */
export async function article(): Promise<string> {
  return readFile(join(environment("SOTTO_ROOT"), "tests/pages/demo/source.html"), "utf8");
}

/** Where pictures for a person to look at are kept. */
export function artifact(name: string): string {
  return join(environment("SOTTO_ARTIFACTS"), name);
}

/** An article of paragraphs, each a list of sentences. */
export function page(title: string, paragraphs: string[]): string {
  const body = paragraphs.map((text) => `<p>${text}</p>`).join("\n");
  return `<!doctype html><html lang="en"><title>${title}</title><article><h1>${title}</h1>\n${body}</article></html>`;
}

/** The end of a job that must have succeeded. */
export async function summary(popup: Popup, timeoutMs?: number): Promise<Shown> {
  const shown = await popup.ended(timeoutMs);
  assert.equal(shown.state, "done", `${shown.error} ${shown.remedy}`);
  assert.ok(shown.points.length > 0, "there are points");
  for (const { status, text } of shown.points) {
    assert.ok(status === "checked" || status === "quoted", `a finished point is checked or quoted, not ${status}`);
    assert.match(text, /\p{L}/u, "a point has words");
  }
  return shown;
}
