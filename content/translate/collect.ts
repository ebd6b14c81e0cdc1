// Finds a page's text: runs of text and inline elements that make up a paragraph, a heading, an
// item, a cell.

import { TextLengths } from "../capture/text_lengths";
import { attribute, childNodes, document, localName, shadowRoot, textContent } from "../page/dom";
import { TextBlock } from "./block";
import { Kinds } from "./kind";

/** Time it may take. What a page has beyond that is left out. */
const TIME_MS = 1500;
/** Elements in one another that are looked into. */
const DEPTH_LIMIT = 400;

/** A text with more changes of markup than this is no sentence. */
const SPANS_LIMIT = 400;

/** A page's blocks, and how many characters, roughly, were beyond what is looked at. */
export interface Collected {
  blocks: TextBlock[];
  cut: number;
}

/**
 * Collects the blocks under `root` in document order, up to a number; shadow trees included.
 */
export function collect(root: Element, to: string, limit: number): Collected {
  return new Collector(root, to, limit).collect();
}

class Collector {
  readonly #root: Element;
  readonly #to: string;
  readonly #limit: number;
  readonly #kinds: Kinds;
  readonly #deadline = performance.now() + TIME_MS;
  readonly #blocks: TextBlock[] = [];
  #cut = 0;

  constructor(root: Element, to: string, limit: number) {
    this.#root = root;
    this.#to = to;
    this.#limit = limit;
    this.#kinds = new Kinds(new TextLengths(root));
  }

  collect(): Collected {
    this.#walk(this.#root, 0);
    return { blocks: this.#blocks, cut: this.#cut };
  }

  #walk(container: Element, depth: number): void {
    let run: Node[] = [];
    const isVisible = getComputedStyle(container).visibility === "visible";
    const flush = (): void => {
      if (run.some(hasText)) this.#addRun(run, depth);
      run = [];
    };
    for (const node of contents(container)) {
      if (this.#isFull(depth)) {
        this.#cut += textContent(node)?.trim().length ?? 0;
      } else if (node instanceof Text) {
        if (isVisible) run.push(node);
      } else if (node instanceof Element) {
        const what = this.#kinds.of(node);
        if (what === "inline" || what === "verbatim") {
          run.push(node);
        } else if (what !== "nothing") {
          flush();
          if (what === "block") this.#walk(node, depth + 1);
        }
      }
    }
    flush();
  }

  #isFull(depth: number): boolean {
    return depth > DEPTH_LIMIT || this.#blocks.length >= this.#limit || performance.now() > this.#deadline;
  }

  /** Adds what a run of nodes, in which text and inline elements alternate, consists of. */
  #addRun(run: Node[], depth: number): void {
    const worded = run.filter(hasText);
    const parts = worded.filter((node): node is Element => node instanceof Element);
    if (parts.length === worded.length && (parts.length === 1 || parts.every(standsAlone))) {
      // One element that holds all the text, or a row of them: each is a container of its own.
      for (const part of parts) if (this.#kinds.of(part) === "inline") this.#walk(part, depth + 1);
      return;
    }
    const block = TextBlock.of(run, (element) => this.#kinds.of(element));
    if (!block || readAlready(block.container, this.#to)) return;
    if (block.spans.length <= SPANS_LIMIT) this.#blocks.push(block);
    else this.#cut += block.spans.reduce((sum, { text }) => sum + text.length, 0);
  }
}

function hasText(node: Node): boolean {
  return /\S/.test(textContent(node) ?? "");
}

/** What is laid out inside an element: its shadow tree, or what is put into a slot. */
function contents(element: Element): Iterable<Node> {
  const assigned = element instanceof HTMLSlotElement ? element.assignedNodes() : [];
  return assigned.length > 0 ? assigned : childNodes(shadowRoot(element) ?? element);
}

/** A link or a small box in a row of such: no part of a sentence. */
function standsAlone(element: Element): boolean {
  return localName(element) === "a" || getComputedStyle(element).display !== "inline";
}

/**
 * Whether a part of the page is said to be in the language that is wanted, unlike the page itself.
 */
function readAlready(container: Element, to: string): boolean {
  const declared = Element.prototype.closest.call(container, "[lang]");
  if (!declared || declared === document.documentElement) return false;
  return attribute(declared, "lang")?.toLowerCase().split("-")[0] === to;
}
