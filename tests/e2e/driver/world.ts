// Sotto's scripts in a world of their own on a page, as Chrome runs them, without an extension.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CDPSession, Frame, Page } from "playwright-core";
import { environment } from "./browser.ts";

export class World {
  readonly #cdp: CDPSession;
  readonly #context: number;

  private constructor(cdp: CDPSession, context: number) {
    this.#cdp = cdp;
    this.#context = context;
  }

  /** Makes a world in a frame of a page, and runs scripts of the extension in it. */
  static async create(page: Page, frame: Frame, scripts: string[], before = ""): Promise<World> {
    const cdp = await page.context().newCDPSession(page);
    const { frameTree } = await cdp.send("Page.getFrameTree");
    const child = frameTree.childFrames?.at(-1)?.frame.id;
    const frameId = frame === page.mainFrame() ? frameTree.frame.id : (child ?? "");
    const named = { frameId, worldName: `${Math.random()}` };
    const { executionContextId } = await cdp.send("Page.createIsolatedWorld", named);
    const world = new World(cdp, executionContextId);
    await world.evaluate(before);
    for (const name of scripts) {
      await world.evaluate(await readFile(join(environment("SOTTO_DIST"), `content/${name}.js`), "utf8"));
    }
    return world;
  }

  async evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.#cdp.send("Runtime.evaluate", {
      expression,
      contextId: this.#context,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }
}
