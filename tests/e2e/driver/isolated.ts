// One browser for the injected scripts alone, without the extension: pages are opened one after the
// other, scripts run in a world of their own as the extension's do.

import type { Browser, Page } from "playwright-core";
import { launchPlain } from "./plain.ts";
import { World } from "./world.ts";

export class IsolatedWorld {
  readonly page: Page;
  readonly #browser: Browser;
  #world: World | undefined;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  static async start(): Promise<IsolatedWorld> {
    const browser = await launchPlain();
    const page = await browser.newPage();
    // Nothing that a page mentions is fetched.
    await page.route("**", (route) => route.abort());
    return new IsolatedWorld(browser, page);
  }

  /** Shows a page; what runs after that runs in a new world. */
  async open(html: string): Promise<void> {
    await this.page.setContent(html, { waitUntil: "domcontentloaded" });
    this.#world = undefined;
  }

  /** The value of an expression in the scripts' world. */
  async evaluate<T>(expression: string): Promise<T> {
    this.#world ??= await World.create(this.page, this.page.mainFrame(), []);
    return (await this.#world.evaluate(expression)) as T;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
  }
}
