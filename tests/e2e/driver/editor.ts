// One editor in a page, and what a person and Sotto do to it.

import { join } from "node:path";
import * as esbuild from "esbuild";
import type { BrowserContext, Frame, Page } from "playwright-core";
import type {} from "../../../content/globals";
import type {} from "../../../offscreen/view/injected";
import { environment } from "./browser.ts";
import { World } from "./world.ts";

/** What a page in `tests/editors` gives to hold of its editor. */
interface Mounted {
  root(): HTMLElement;
  /** The editor's own document, as text. */
  model(): string;
  blocks(): string[];
  /** Changes of the page's own: before the selection, inside it, of all. */
  before(): void;
  inside(): void;
  remove(): void;
}

declare global {
  var page: { mount(): Mounted | Promise<Mounted> };
  var editor: Mounted | undefined;
}

/** A place in an editor's text: a block, and an offset in it. */
export type Point = [block: number, offset: number];

/** What the script that reads a selection says of it. */
export type Read = { text: string; editable: boolean; leftOut: { cut: number } } | undefined;

/** Bundles the editors' pages: their scripts by name. */
export async function bundleEditors(names: string[]): Promise<Map<string, string>> {
  const folder = join(environment("SOTTO_ROOT"), "tests/editors");
  const { outputFiles } = await esbuild.build({
    entryPoints: names.map((name) => join(folder, `${name}.js`)),
    bundle: true,
    write: false,
    outdir: folder,
    format: "iife",
    globalName: "page",
    define: { "process.env.NODE_ENV": '"production"', global: "window" },
    loader: { ".css": "empty", ".svg": "text" },
    logLevel: "error",
  });
  const name = (path: string): string => path.slice(folder.length + 1, -".js".length);
  return new Map(outputFiles.map(({ path, text }) => [name(path), text]));
}

export class EditorPage {
  readonly page: Page;
  #world: World | undefined;
  #frame: Frame;

  private constructor(page: Page) {
    this.page = page;
    this.#frame = page.mainFrame();
  }

  /** Opens a page whose script mounts an editor. */
  static async open(context: BrowserContext, bundle: string): Promise<EditorPage> {
    const page = await context.newPage();
    await page.setContent(
      `<!doctype html><html lang="en" spellcheck="false"><style>body { font: 16px system-ui; margin: 40px; width: 800px }
      textarea { width: 700px; height: 300px } input { width: 780px }</style><div id="host"></div>
      <p>The end.</p><button id="other">Other</button></html>`,
    );
    await page.addScriptTag({ content: bundle });
    return new EditorPage(page);
  }

  /** A fresh editor in place of the one before. */
  async mount(): Promise<void> {
    await this.page.evaluate(async () => {
      globalThis.editor?.remove();
      document.querySelector("#host")?.replaceChildren();
      globalThis.editor = await globalThis.page.mount();
    });
    await this.page.waitForFunction(() => globalThis.editor!.root()?.isConnected);
    const handle = await this.page.evaluateHandle(() => globalThis.editor!.root());
    this.#frame = (await handle.asElement()?.ownerFrame()) ?? this.page.mainFrame();
    this.#world = undefined;
  }

  async model(): Promise<string> {
    return this.page.evaluate(() => globalThis.editor!.model());
  }

  async blocks(): Promise<string[]> {
    return this.page.evaluate(() => globalThis.editor!.blocks());
  }

  async change(how: "before" | "inside" | "remove"): Promise<void> {
    await this.page.evaluate(async (name) => {
      await globalThis.editor?.[name]();
      if (name === "remove") globalThis.editor = undefined;
    }, how);
  }

  /** Selects with the mouse, from one place to another. */
  async drag(from: Point, to: Point): Promise<void> {
    const field = await this.#selectInField(from, to);
    if (field) return;
    const start = await this.#locate(from);
    const end = await this.#locate(to);
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move(end.x, end.y, { steps: 2 });
    await this.page.mouse.up();
  }

  /** Clicks into the text, once or several times. */
  async click(point: Point, clickCount = 1): Promise<void> {
    if (await this.#selectInField(point, clickCount === 3 ? [point[0], Number.POSITIVE_INFINITY] : point)) return;
    const { x, y } = await this.#locate(point);
    await this.page.mouse.click(x, y, { clickCount });
  }

  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  /** Letters of a field have no place on the screen that a script could ask for: selected by their numbers. */
  async #selectInField([block, offset]: Point, [endBlock, endOffset]: Point): Promise<boolean> {
    return this.page.evaluate(
      ({ from, to }) => {
        const root = globalThis.editor!.root();
        if (!(root instanceof HTMLTextAreaElement || root instanceof HTMLInputElement)) return false;
        const blocks = globalThis.editor!.blocks();
        const at = ([index, place]: [number, number]): number =>
          blocks.slice(0, index).join("\n").length + Math.min(1, index) + Math.min(place, blocks[index]?.length ?? 0);
        const [start, end] = [at(from), at(to)];
        root.focus();
        root.setSelectionRange(Math.min(start, end), Math.max(start, end), start > end ? "backward" : "forward");
        return true;
      },
      { from: [block, offset] as Point, to: [endBlock, Math.min(endOffset, 1e6)] as Point },
    );
  }

  /** Where on the screen a place is. */
  async #locate([block, offset]: Point): Promise<{ x: number; y: number }> {
    return this.page.evaluate(
      ({ index, place }) => {
        const root = globalThis.editor!.root();
        const before = globalThis.editor!.blocks().slice(0, index).join("");
        // Editors put marks without width, and break spaces, as they like.
        let left = `${before}${"x".repeat(place)}`.length;
        const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const range = root.ownerDocument.createRange();
        for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
          const text = node.data.replaceAll("\ufeff", "").replaceAll("\n", "");
          const isEnd = left === text.length && place > 0;
          if (left < text.length || isEnd) {
            range.setStart(node, isEnd ? left - 1 : left);
            range.setEnd(node, isEnd ? left : left + 1);
            break;
          }
          left -= text.length;
        }
        range.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
        const box = range.getBoundingClientRect();
        const frame = root.ownerDocument.defaultView?.frameElement?.getBoundingClientRect();
        const isEnd = range.startOffset < left;
        return {
          x: (isEnd ? box.right : box.left) + (frame?.x ?? 0) + (isEnd ? -0.5 : 0.5),
          y: box.y + box.height / 2 + (frame?.y ?? 0),
        };
      },
      { index: block, place: offset },
    );
  }

  /** Reads the selection, as the extension's script does. */
  async read(): Promise<Read> {
    const selection = await this.#evaluate(`globalThis.sottoSelect("job", false).selection`);
    return selection as Read;
  }

  /** Puts a text in the selection's place. */
  async accept(text: string): Promise<string | undefined> {
    return (await this.#evaluate(`globalThis.sottoAccept("job", ${JSON.stringify(text)})`)) as string | undefined;
  }

  /** Brings back what was replaced, as the card's own button does where it took several steps. */
  async undo(): Promise<boolean> {
    return (await this.#evaluate(`globalThis.sottoSelections.places.get("job").undo()`)) as boolean;
  }

  /** How many steps the replacement took. */
  async undos(): Promise<number> {
    return (await this.#evaluate(`globalThis.sottoSelections.places.get("job").undos`)) as number;
  }

  async #evaluate(expression: string): Promise<unknown> {
    this.#world ??= await World.create(this.page, this.#frame, ["selection"]);
    return this.#world.evaluate(expression);
  }
}
