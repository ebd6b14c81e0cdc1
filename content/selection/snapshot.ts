// What an editable element holds, for telling whether anything in it changed that should not have.

import { document } from "../page/dom";
import { folded, Letters, lettersOf } from "./letters";
import type { Edit } from "./plan";

/** What words stand in or between, and what stands among them: none of it is changed with them. */
export const STRUCTURE =
  "a, img, picture, video, audio, iframe, canvas, object, embed, input, select, textarea, button, hr, table, tr, td, " +
  "th, ul, ol, li, blockquote, pre, h1, h2, h3, h4, h5, h6, [contenteditable='false']";

/** What of an element is more than its looks. */
const ATTRIBUTES = ["href", "src", "type", "data-id", "contenteditable"];

/** Inline formatting that whoever reads the text alone does not see. */
const FORMATTING = "b, strong, i, em, u, s, del, ins, code, mark, sub, sup, font";

const SYNONYMS: Record<string, string> = { b: "strong", i: "em", s: "del" };

export class Snapshot {
  readonly letters: Letters;
  readonly #structure: string;
  readonly #formatting: string;

  constructor(host: Element) {
    this.letters = new Letters(host);
    this.#structure = structure(host);
    this.#formatting = formatting(host);
  }

  /** Whether an element holds `text`'s letters now, in the same structure. */
  isNow(host: Element, text: string): boolean {
    return folded(new Letters(host).text) === folded(text) && structure(host) === this.#structure;
  }

  /** Whether its formatting is the same: an editor may drop that from what is pasted. */
  isFormatted(host: Element): boolean {
    return formatting(host) === this.#formatting;
  }

  /** The letters after edits. */
  after(edits: Edit[]): string {
    let { text } = this.letters;
    for (const { node, start, end, text: words } of edits.toReversed()) {
      text =
        text.slice(0, this.letters.before(node, start)) + lettersOf(words) + text.slice(this.letters.before(node, end));
    }
    return text;
  }
}

/** Whether a range holds anything that a text put in its place would take away unseen. */
export function hasStructure(range: Range): boolean {
  const unseen = `${STRUCTURE}, ${FORMATTING}`;
  if (range.cloneContents().querySelector(unseen)) return true;
  return holder(range.startContainer, unseen) !== holder(range.endContainer, unseen);
}

/**
 * Whether a range holds nothing but text in paragraphs that are all alike: a text typed over it
 * makes the same.
 */
export function isUniform(range: Range): boolean {
  if (hasStructure(range)) return false;
  const walker = document.createTreeWalker(range.cloneContents(), ~NodeFilter.SHOW_TEXT & NodeFilter.SHOW_ALL);
  const nodes: Node[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes.length > 0 && nodes.every((node) => node instanceof Element && isPlainParagraph(node));
}

function isPlainParagraph({ localName, attributes }: Element): boolean {
  return (localName === "p" || localName === "div") && attributes.length === 0;
}

/** The nearest element around a node that a selector describes. */
export function holder(node: Node, selector: string): Element | null {
  return (node instanceof Element ? node : node.parentElement)?.closest(selector) ?? null;
}

function structure(host: Element): string {
  const elements = [...host.querySelectorAll(STRUCTURE)];
  return elements
    .map((element) => [element.localName, ...ATTRIBUTES.map((name) => element.getAttribute(name) ?? "")].join(" "))
    .join("\n");
}

function formatting(host: Element): string {
  return [...host.querySelectorAll(`${FORMATTING}, [style]`)]
    .filter(({ textContent }) => textContent?.trim())
    .map((element) => `${SYNONYMS[element.localName] ?? element.localName} ${element.getAttribute("style") ?? ""}`)
    .join("\n");
}
