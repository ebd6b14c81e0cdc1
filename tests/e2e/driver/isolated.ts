// One browser for the injected scripts alone, without the extension: pages are opened one after the
// other, scripts run in a world of their own as the extension's do.

import type { Browser, CDPSession, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { environment } from "./browser.ts";

export class IsolatedWorld {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #cdp: CDPSession;
  #context: number | undefined;

  private constructor(browser: Browser, page: Page, cdp: CDPSession) {
    this.#browser = browser;
    this.page = page;
    this.#cdp = cdp;
  }

  static async start(): Promise<IsolatedWorld> {
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const browser = await chromium.launch({ executablePath: environment("SOTTO_CHROMIUM"), args });
    const page = await browser.newPage();
    // Nothing that a page mentions is fetched.
    await page.route("**", (route) => route.abort());
    return new IsolatedWorld(browser, page, await page.context().newCDPSession(page));
  }

  /** Shows a page; what runs after that runs in a new world. */
  async open(html: string): Promise<void> {
    await this.page.setContent(html, { waitUntil: "domcontentloaded" });
    this.#context = undefined;
  }

  /** The value of an expression in the scripts' world. */
  async evaluate<T>(expression: string): Promise<T> {
    const reply = await this.#cdp.send("Runtime.evaluate", {
      expression,
      contextId: await this.#world(),
      awaitPromise: true,
      returnByValue: true,
    });
    if (reply.exceptionDetails) throw new Error(reply.exceptionDetails.exception?.description ?? "the script failed");
    return reply.result.value as T;
  }

  async #world(): Promise<number> {
    if (this.#context === undefined) {
      const { frameTree } = await this.#cdp.send("Page.getFrameTree");
      const frameId = frameTree.frame.id;
      const world = await this.#cdp.send("Page.createIsolatedWorld", { frameId, worldName: `${Math.random()}` });
      this.#context = world.executionContextId;
    }
    return this.#context;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
  }
}
