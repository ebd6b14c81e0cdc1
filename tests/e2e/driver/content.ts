// Sotto's own scripts on a page: the isolated world they run in, and what they show in closed
// shadow trees.

import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { emulated, type Media } from "./media.ts";

/** What of a surface (the card, the bar) can be seen. */
export interface Surface {
  state: string;
  label: string;
  /** The text of each part that is shown, by its class. */
  parts: Record<string, string>;
  buttons: string[];
  /** What its list offers; what is out of reach in brackets. */
  choices: string[];
  /** What has the focus inside. */
  focused: string;
}

interface World {
  id: number;
  frame: string;
}

export class Content {
  readonly #page: Page;
  readonly #cdp: CDPSession;
  readonly #worlds = new Map<number, World>();

  private constructor(page: Page, cdp: CDPSession, extension: string) {
    this.#page = page;
    this.#cdp = cdp;
    cdp.on("Runtime.executionContextCreated", ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { frameId?: string };
      if (context.origin === `chrome-extension://${extension}` && frameId !== undefined) {
        this.#worlds.set(context.id, { id: context.id, frame: frameId });
      }
    });
    cdp.on("Runtime.executionContextDestroyed", ({ executionContextId }) => this.#worlds.delete(executionContextId));
    cdp.on("Runtime.executionContextsCleared", () => this.#worlds.clear());
  }

  static async of(context: BrowserContext, page: Page, extension: string): Promise<Content> {
    const cdp = await context.newCDPSession(page);
    const content = new Content(page, cdp, extension);
    await cdp.send("Runtime.enable");
    return content;
  }

  /**
   * Evaluates a function in the page's isolated world, or in that of the frame with this address.
   */
  async evaluate<A, T>(code: (argument: A) => T | Promise<T>, argument: A, url = this.#page.url()): Promise<T> {
    const world = await this.#world(url);
    const expression = `(${code.toString()})(${JSON.stringify(argument)})`;
    const reply = await this.#cdp.send("Runtime.evaluate", {
      expression,
      contextId: world,
      awaitPromise: true,
      returnByValue: true,
    });
    if (reply.exceptionDetails) throw new Error(reply.exceptionDetails.exception?.description ?? "evaluation failed");
    return reply.result.value as T;
  }

  async #world(url: string): Promise<number> {
    const { frameTree } = await this.#cdp.send("Page.getFrameTree");
    const all = [frameTree];
    for (const tree of all) all.push(...(tree.childFrames ?? []));
    const frame = all.find((tree) => tree.frame.url === url)?.frame.id;
    for (let tries = 0; tries < 200; tries += 1) {
      const found = [...this.#worlds.values()].findLast((world) => world.frame === frame);
      if (found) return found.id;
      await sleep(25);
    }
    throw new Error(`Sotto has no script in ${url}`);
  }

  /** The surface that is open, if one is: the card or the bar. */
  async surface(kind: "card" | "bar"): Promise<Surface | undefined> {
    if (this.#worlds.size === 0) return undefined;
    const shown = await this.evaluate((wanted) => {
      const hosts = [...document.querySelectorAll<HTMLElement>("html > div, dialog > div")];
      const body = hosts
        .map((host) => chrome.dom.openOrClosedShadowRoot(host)?.querySelector<HTMLElement>(`.${wanted}`))
        .find((found) => found);
      if (!body) return null;
      const root = body.getRootNode() as ShadowRoot;
      const seen = [...body.querySelectorAll<HTMLElement>("*")].filter((element) => element.checkVisibility());
      const parts = seen.flatMap((element) =>
        element.classList[0] ? [[element.classList[0], element.innerText.trim()]] : [],
      );
      return {
        state: body.dataset["state"] ?? "",
        label: body.getAttribute("aria-label") ?? "",
        parts: Object.fromEntries(parts) as Record<string, string>,
        buttons: seen.filter(({ localName }) => localName === "button").map(({ textContent }) => textContent ?? ""),
        choices: [...body.querySelectorAll("option")].map(({ disabled, text }) => (disabled ? `[${text}]` : text)),
        focused: root.activeElement?.textContent ?? "",
      };
    }, kind);
    return shown ?? undefined;
  }

  /** Waits until the surface satisfies a condition. */
  async until(
    kind: "card" | "bar",
    what: string,
    holds: (shown: Surface) => boolean,
    timeoutMs = 180_000,
  ): Promise<Surface> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const shown = await this.surface(kind);
      if (shown && holds(shown)) return shown;
      if (Date.now() > end) throw new Error(`waited in vain for ${what}; the ${kind} shows ${JSON.stringify(shown)}`);
      await sleep(25);
    }
  }

  /** Waits for the end of the job on view. */
  async ended(kind: "card" | "bar", timeoutMs?: number): Promise<Surface> {
    return this.until(
      kind,
      "the end of the job",
      ({ state }) => ["done", "failed", "cancelled"].includes(state),
      timeoutMs,
    );
  }

  /** Waits until the surface is closed. */
  async closed(kind: "card" | "bar", timeoutMs = 10_000): Promise<void> {
    const end = Date.now() + timeoutMs;
    for (let shown = await this.surface(kind); shown; shown = await this.surface(kind)) {
      if (Date.now() > end) throw new Error(`waited in vain for its end; the ${kind} shows ${JSON.stringify(shown)}`);
      await sleep(25);
    }
  }

  /** Clicks a button of a surface with the mouse. */
  async click(kind: "card" | "bar", button: string): Promise<void> {
    const { x, y } = await this.evaluate(
      ({ wanted, text }) => {
        for (const host of document.querySelectorAll<HTMLElement>("html > div, dialog > div")) {
          const root = chrome.dom.openOrClosedShadowRoot(host);
          const buttons = [...(root?.querySelectorAll<HTMLElement>(`.${wanted} button`) ?? [])];
          const found = buttons.find((element) => element.textContent === text && element.checkVisibility());
          if (!found) continue;
          const box = found.getBoundingClientRect();
          return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        }
        throw new Error(`no button ${text}`);
      },
      { wanted: kind, text: button },
    );
    await this.#page.mouse.click(x, y, { delay: 40 });
  }

  /** Chooses from the card's list; it is drawn by the system, no click can reach it. */
  async choose(choice: string): Promise<void> {
    await this.evaluate((wanted) => {
      for (const host of document.querySelectorAll<HTMLElement>("html > div, dialog > div")) {
        const select = chrome.dom.openOrClosedShadowRoot(host)?.querySelector("select");
        const option = [...(select?.options ?? [])].find(({ text }) => text === wanted);
        if (!select || !option) continue;
        select.value = option.value;
        select.dispatchEvent(new Event("change"));
        return;
      }
      throw new Error(`no choice ${wanted}`);
    }, choice);
  }

  /** Shows the page as with these features. */
  async emulate(media: Media): Promise<void> {
    await this.#cdp.send("Emulation.setEmulatedMedia", emulated(media));
  }

  /** Runs a script in the page's isolated world, which sees into the shadow trees there as into open ones. */
  async load(script: string): Promise<void> {
    const contextId = await this.#world(this.#page.url());
    const expression = `Object.defineProperty(Element.prototype, "shadowRoot", {
      configurable: true,
      get() { return this instanceof HTMLElement ? chrome.dom.openOrClosedShadowRoot(this) : null; },
    }); ${script}`;
    await this.#cdp.send("Runtime.evaluate", { expression, contextId });
  }

  /** A picture of the page as it looks. */
  async screenshot(file: string): Promise<void> {
    await this.#page.waitForTimeout(300);
    const { data } = await this.#cdp.send("Page.captureScreenshot", { format: "png" });
    await writeFile(file, Buffer.from(data, "base64"));
  }
}
