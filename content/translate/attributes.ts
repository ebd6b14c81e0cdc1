// Words of a page that stand in attributes: on buttons, in empty fields, for those who cannot see a
// picture.

import type { Block, Span } from "../../offscreen/protocol/protocol";
import { attribute, box, isConnected, localName } from "../page/dom";
import { Changes } from "./changes";
import type { Unit } from "./unit";

/** Attributes that are read, of any element that has them. */
const READ = ["placeholder", "title", "alt", "aria-label", "aria-description", "aria-placeholder", "label"];
const SELECTOR = `${READ.map((name) => `[${name}]`).join()},input[value]`;
/** Buttons whose words are their value. */
const BUTTONS = new Set(["submit", "button", "reset"]);
/** What is drawn in the place of text. */
const DRAWN = new Set(["placeholder", "value", "label"]);
const LETTER = /\p{L}/u;
/** A file's name, an address: no words. */
const NAME = /^\S*[./_\\]\S+$/;

export class AttributeText implements Unit {
  readonly blocks: Block[];
  readonly container: Element;
  readonly name: string;
  readonly #changes = new Changes();
  #left: string | null;

  constructor(element: Element, name: string, text: string) {
    this.container = element;
    this.name = name;
    this.blocks = [{ spans: [{ text: text.replace(/\s+/g, " ").trim(), mark: undefined, verbatim: false }] }];
    this.#left = attribute(element, name);
  }

  get nodes(): Node[] {
    return [this.container];
  }

  box(): DOMRect | undefined {
    return DRAWN.has(this.name) ? box(this.container) : undefined;
  }

  isIntact(): boolean {
    return isConnected(this.container) && attribute(this.container, this.name) === this.#left;
  }

  translate([result]: (Span[] | undefined)[]): void {
    if (!result || !this.isIntact()) return;
    this.restore();
    this.#changes.setAttribute(this.container, this.name, result.map(({ text }) => text).join(""));
    this.#left = attribute(this.container, this.name);
  }

  restore(): void {
    this.#changes.revert();
    this.#left = attribute(this.container, this.name);
  }
}

/** The texts of attributes under a document or a shadow root. */
export function* attributeTexts(root: ParentNode): Generator<AttributeText> {
  for (const element of root.querySelectorAll(SELECTOR)) {
    for (const name of READ) {
      const text = attribute(element, name);
      if (text !== null && isRead(element, name) && isWorded(text)) yield new AttributeText(element, name, text);
    }
    const value = attribute(element, "value");
    const isButton = localName(element) === "input" && BUTTONS.has(attribute(element, "type")?.toLowerCase() ?? "");
    if (isButton && value !== null && isWorded(value)) yield new AttributeText(element, "value", value);
  }
}

function isRead(element: Element, name: string): boolean {
  return name !== "label" || localName(element) === "option" || localName(element) === "optgroup";
}

function isWorded(text: string): boolean {
  return LETTER.test(text) && !NAME.test(text.trim());
}
