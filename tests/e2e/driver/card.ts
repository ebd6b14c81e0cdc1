// The card on a page, with an engine that is only played: it answers every job at once with a text
// of the test's.

import type { CDPSession, Page } from "playwright-core";
import { done, rewriteView } from "../../unit/fixtures.ts";
import { World } from "./world.ts";

interface Node {
  nodeName: string;
  nodeValue: string;
  nodeId: number;
  children?: Node[];
  shadowRoots?: Node[];
  attributes?: string[];
}

export class PlayedCard {
  readonly #page: Page;
  readonly #cdp: CDPSession;

  private constructor(page: Page, cdp: CDPSession) {
    this.#page = page;
    this.#cdp = cdp;
  }

  /** Opens the card on what is selected; its job makes `text` of that. */
  static async open(page: Page, text: string): Promise<PlayedCard> {
    const view = rewriteView({ state: done(text) });
    const engine = `globalThis.chrome = { runtime: {
      sendMessage: async ({ type }) => {
        if (type === "run") globalThis.sottoSelect("job", true);
        return type === "run" ? { type: "started", job: "job" } : { type: "ok" };
      },
      connect: () => ({
        onMessage: { addListener: (hear) => setTimeout(() => hear({ type: "job", view: ${JSON.stringify(view)} })) },
        onDisconnect: { addListener: () => {} }, postMessage: () => {}, disconnect: () => {},
      }),
    } };`;
    const world = await World.create(page, page.mainFrame(), ["selection", "card"], engine);
    const setup = { task: { task: "rewrite", options: { goal: "fix-grammar" } }, choice: "auto", to: "en", wishes: [] };
    await world.evaluate(`void globalThis.sottoCard(${JSON.stringify(setup)})`);
    const card = new PlayedCard(page, await page.context().newCDPSession(page));
    await card.button("Copy");
    return card;
  }

  /** The card's words; none when it is closed. */
  async text(): Promise<string> {
    const card = await this.#find(({ attributes }) => attributes?.includes("surface card") ?? false);
    return card ? textOf(card) : "";
  }

  /** Clicks a button with the mouse. */
  async click(name: string): Promise<void> {
    const { x, y } = await this.button(name);
    await this.#page.mouse.click(x, y);
  }

  /** Waits for a button, and returns where it is. */
  async button(name: string): Promise<{ x: number; y: number }> {
    for (let tries = 0; tries < 100; tries += 1) {
      const button = await this.#find((node) => node.nodeName === "BUTTON" && textOf(node) === name);
      const quads =
        button && (await this.#cdp.send("DOM.getContentQuads", { nodeId: button.nodeId }).catch(() => null));
      const [left = 0, top = 0, , , right = 0, bottom = 0] = quads?.quads[0] ?? [];
      if (right > left) return { x: (left + right) / 2, y: (top + bottom) / 2 };
      await this.#page.waitForTimeout(50);
    }
    throw new Error(`no button ${name}: ${await this.text()}`);
  }

  async #find(holds: (node: Node) => boolean): Promise<Node | undefined> {
    const { root } = await this.#cdp.send("DOM.getDocument", { depth: -1, pierce: true });
    const all: Node[] = [root];
    for (const node of all) all.push(...(node.shadowRoots ?? []), ...(node.children ?? []));
    return all.find(holds);
  }
}

function textOf({ nodeValue, children = [] }: Node): string {
  return nodeValue + children.map(textOf).join("");
}
