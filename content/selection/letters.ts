// The letters of a tree: every character of its text that is not white space, in order. White space
// is what a layout, an editor and a selection disagree about; letters are the same to all three.

/** White space, and the marks without width that editors put where there is no text. */
const SPACE = /[\s\u200b]/u;

export function isSpace(character: string): boolean {
  return SPACE.test(character);
}

/** A text's letters alone. */
export function lettersOf(text: string): string {
  return text.replace(/[\s\u200b]+/gu, "");
}

/** Where a letter stands. */
interface Point {
  node: Text;
  offset: number;
}

export class Letters {
  /** All of them. */
  readonly text: string;
  readonly #nodes: { node: Text; start: number }[] = [];

  constructor(root: Node) {
    const texts: string[] = [];
    let start = 0;
    for (const node of textNodes(root)) {
      const letters = lettersOf(node.data);
      if (letters === "") continue;
      this.#nodes.push({ node, start });
      texts.push(letters);
      start += letters.length;
    }
    this.text = texts.join("");
  }

  /** Letters before a point of the tree. */
  before(node: Node, offset: number): number {
    const end = document.createRange();
    end.setStart(node, offset);
    const { length } = this.text;
    for (const { node: text, start } of this.#nodes) {
      if (text === node) return start + lettersOf(text.data.slice(0, offset)).length;
      if (end.comparePoint(text, 0) >= 0) return start;
    }
    return length;
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
    const found = this.#nodes.findLast(({ start }) => start <= index);
    if (!found) return undefined;
    const { node, start } = found;
    let left = index - start;
    for (let offset = 0; offset < node.data.length; offset += 1) {
      if (isSpace(node.data.charAt(offset))) continue;
      if (left === 0) return { node, offset };
      left -= 1;
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
