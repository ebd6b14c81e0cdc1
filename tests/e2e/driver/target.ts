// One target of the browser that Playwright does not announce as a page: the popup, the offscreen
// document, a worker.

import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { CDPSession } from "playwright-core";
import { emulated, type Media } from "./media.ts";

interface Reply {
  id?: number;
  result?: unknown;
  error?: { message: string };
  /** Of an event, which answers nothing. */
  method?: string;
  params?: unknown;
}

/** What commands end with that the target did not live to answer. */
const GONE = "the target is gone";

export class Target {
  readonly id: string;
  readonly #browser: CDPSession;
  readonly #session: string;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly #listeners = new Map<string, (params: never) => void>();
  #last = 0;

  private constructor(browser: CDPSession, id: string, session: string) {
    this.#browser = browser;
    this.id = id;
    this.#session = session;
    const receive = ({ sessionId, message }: { sessionId: string; message: string }): void => {
      if (sessionId === session) this.#receive(JSON.parse(message) as Reply);
    };
    const end = ({ sessionId }: { sessionId: string }): void => {
      if (sessionId !== session) return;
      for (const done of this.#waiting.values()) done({ error: { message: GONE } });
      this.#waiting.clear();
      browser.off("Target.receivedMessageFromTarget", receive);
      browser.off("Target.detachedFromTarget", end);
    };
    browser.on("Target.receivedMessageFromTarget", receive);
    browser.on("Target.detachedFromTarget", end);
  }

  static async attach(browser: CDPSession, id: string): Promise<Target> {
    const { sessionId } = await browser.send("Target.attachToTarget", { targetId: id, flatten: false });
    return new Target(browser, id, sessionId);
  }

  #receive(reply: Reply): void {
    if (reply.method !== undefined) this.#listeners.get(reply.method)?.(reply.params as never);
    if (reply.id === undefined) return;
    this.#waiting.get(reply.id)?.(reply);
    this.#waiting.delete(reply.id);
  }

  /** Listens to one of DevTools' events, whose domain is enabled already or after this. */
  on<T>(event: string, listener: (params: T) => void): void {
    this.#listeners.set(event, listener);
  }

  /** Sends one DevTools command. */
  async send<T>(method: string, params: object = {}): Promise<T> {
    this.#last += 1;
    const id = this.#last;
    const reply = new Promise<Reply>((done) => this.#waiting.set(id, done));
    const message = JSON.stringify({ id, method, params });
    await this.#browser.send("Target.sendMessageToTarget", { sessionId: this.#session, message });
    const { result, error } = await reply;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result as T;
  }

  /** Evaluates a function in the target. It sees nothing of this program but its argument. */
  async evaluate<A, T>(code: (argument: A) => T | Promise<T>, argument: A): Promise<T> {
    const expression = `(${code.toString()})(${JSON.stringify(argument)})`;
    const reply = await this.send<{ result: { value: T }; exceptionDetails?: { exception?: { description: string } } }>(
      "Runtime.evaluate",
      { expression, awaitPromise: true, returnByValue: true, userGesture: true },
    );
    if (reply.exceptionDetails) throw new Error(reply.exceptionDetails.exception?.description ?? "evaluation failed");
    return reply.result.value;
  }

  /** Waits until a function yields something true in the target. */
  async waitFor<A, T>(
    what: string,
    code: (argument: A) => T | Promise<T>,
    argument: A,
    timeoutMs = 30_000,
  ): Promise<T> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const value = await this.evaluate(code, argument);
      if (value) return value;
      if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
      await sleep(25);
    }
  }

  /**
   * Clicks the middle of an element with the mouse, once it has come to rest there and nothing is
   * in front of it.
   */
  async click(selector: string): Promise<void> {
    const point = await this.waitFor(
      `${selector} to click on`,
      async (wanted) => {
        const middle = (): { x: number; y: number } | undefined => {
          const element = document.querySelector<HTMLButtonElement>(wanted);
          element?.scrollIntoView({ block: "nearest" });
          const box = element?.getBoundingClientRect();
          if (!element || element.disabled || !box?.width) return undefined;
          const { x, y } = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
          return element.contains(document.elementFromPoint(x, y)) ? { x, y } : undefined;
        };
        // A popup that has just opened is still growing to its size.
        const before = middle();
        await new Promise((later) => setTimeout(later, 60));
        const after = middle();
        return before && after && before.x === after.x && before.y === after.y ? after : undefined;
      },
      selector,
    );
    if (!point) throw new Error(`${selector} has no place to click on`);
    const button = { ...point, button: "left", clickCount: 1 };
    await this.send("Input.dispatchMouseEvent", { type: "mousePressed", ...button });
    // A click may close what it hits, as the one on the popup's button for the panel does.
    await this.send("Input.dispatchMouseEvent", { type: "mouseReleased", ...button }).catch((error: Error) => {
      if (!error.message.includes(GONE)) throw error;
    });
  }

  /** Shows the target as with these features. */
  async emulate(media: Media): Promise<void> {
    await this.send("Emulation.setEmulatedMedia", emulated(media));
  }

  /** Runs a script in the target. */
  async load(expression: string): Promise<void> {
    await this.send("Runtime.evaluate", { expression });
  }

  /** A picture of the target as it looks when nothing moves or fades any more. */
  async screenshot(file: string): Promise<void> {
    await this.evaluate(async () => {
      await new Promise((drawn) => requestAnimationFrame(drawn));
      const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
      await Promise.allSettled(ending.map(({ finished }) => finished));
    }, null);
    await writeFile(file, await this.capture());
  }

  /** A picture of the target as it looks now: PNG. */
  async capture(): Promise<Buffer> {
    const { data } = await this.send<{ data: string }>("Page.captureScreenshot", { format: "png" });
    return Buffer.from(data, "base64");
  }

  async close(): Promise<void> {
    await this.#browser.send("Target.closeTarget", { targetId: this.id });
  }
}
