// The letters of a tree: every character of its text that is not white space, in order. White space
// is what a layout, an editor and a selection disagree about; letters are the same to all three.

import { document } from "../page/dom";

/** White space, and marks without width: editors put them where there is no text. */
const SPACE = /[\s\u00ad\u200b\u2060]/u;

export function isSpace(character: string): boolean {
  return SPACE.test(character);
}

/** A text's letters alone. */
export function lettersOf(text: string): string {
  return text.replace(/[\s\u00ad\u200b\u2060]+/gu, "");
}

/** A text with its typographic marks as they are typed: editors and pages set others. */
export function folded(text: string): string {
  return text
    .replace(/[“”„«»]/gu, '"')
    .replace(/[‘’‚]/gu, "'")
    .replace(/[–—]|--/gu, "-")
    .replace(/…/gu, "...");
}

/** Whether two texts differ in nothing but white space, capitals and typographic marks. */
export function alike(one: string, other: string): boolean {
  const plain = (text: string): string => folded(lettersOf(text)).toLowerCase();
  return plain(one) === plain(other);
}

/** Where a letter stands. */
interface Point {
  node: Text;
  offset: number;
}

export class Letters {
  /** All of them. */
  readonly text: string;
  /** The letters before each text node that has some. */
  readonly #starts = new Map<Node, number>();

  constructor(root: Node) {
    const texts: string[] = [];
    let start = 0;
    for (const node of textNodes(root)) {
      const letters = lettersOf(node.data);
      if (letters === "") continue;
      this.#starts.set(node, start);
      texts.push(letters);
      start += letters.length;
    }
    this.text = texts.join("");
  }

  /** Letters before a point of the tree. */
  before(node: Node, offset: number): number {
    const start = this.#starts.get(node);
    if (start !== undefined && node instanceof Text) return start + lettersOf(node.data.slice(0, offset)).length;
    const end = document.createRange();
    end.setStart(node, offset);
    for (const [text, letters] of this.#starts) {
      if (end.comparePoint(text, 0) >= 0) return letters;
    }
    return this.text.length;
  }

  /** The range from a letter up to another. */
  range(from: number, to: number): Range {
    const range = document.createRange();
    const first = this.#point(from);
    const last = this.#point(to - 1);
    if (first) range.setStart(first.node, first.offset);
    if (last) range.setEnd(last.node, last.offset + 1);
    return range;
  }

  #point(index: number): Point | undefined {
    for (const [node, start] of [...this.#starts].reverse()) {
      if (start > index || !(node instanceof Text)) continue;
      let left = index - start;
      for (let offset = 0; offset < node.data.length; offset += 1) {
        if (isSpace(node.data.charAt(offset))) continue;
        if (left === 0) return { node, offset };
        left -= 1;
      }
    }
    return undefined;
  }
}

/** The text nodes of a tree, in order. */
export function* textNodes(root: Node): Generator<Text> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.currentNode as Node | null; node; node = walker.nextNode()) {
    if (node instanceof Text) yield node;
  }
}
