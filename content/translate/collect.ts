// Finds a page's text: runs of text and inline elements that make up a paragraph, a heading, an
// item, a cell; then the words in attributes.

import { TextLengths } from "../capture/text_lengths";
import {
  attribute,
  childNodes,
  frameDocument,
  isElement,
  isFrame,
  isText,
  localName,
  ownerDocument,
  shadowRoot,
  textContent,
} from "../page/dom";
import { isForeign } from "../page/frames";
import { attributeTexts } from "./attributes";
import { TextBlock } from "./block";
import { Claims } from "./claims";
import { Kinds } from "./kind";
import type { Unit } from "./unit";

/** Time it may take. What a page has beyond that is left out. */
const TIME_MS = 1500;
/** Elements in one another that are looked into. */
const DEPTH_LIMIT = 400;

/** A text with more changes of markup than this is no sentence. */
const SPANS_LIMIT = 400;

/**
 * Whose attributes are as they should be. What is said of the whole page is not asked: the reader wants it translated.
 */
const UNTOUCHED =
  ":is([translate=no],.notranslate):not(html,body),.katex,.MathJax,code,pre,math,[contenteditable=''],[contenteditable=true]";

/** What is found on a page. */
export interface Collected {
  units: Unit[];
  /** Characters, roughly, beyond what is looked at. */
  cut: number;
  /** Frames in view that cannot be read. */
  frames: number;
  /** The page's document, those in its frames, and shadow roots. */
  roots: (Document | ShadowRoot)[];
  /** What was known, and has something new in it. */
  changed: Set<Unit>;
}

/** What of a page is known already. */
export interface Known {
  /** The unit that a text is part of. */
  unitOf(text: Text): Unit | undefined;
  hasAttribute(element: Element, name: string): boolean;
}

export const NOTHING_KNOWN: Known = { unitOf: () => undefined, hasAttribute: () => false };

/**
 * Collects what is not known under `root` in document order, up to a number of units; shadow trees
 * and frames included.
 */
export function collect(root: Element, to: string, limit: number, known: Known): Collected {
  const lengths = new TextLengths(root);
  return new Collector(limit, known, lengths, new Claims(root, to, lengths)).collect(root);
}

class Collector {
  readonly #limit: number;
  readonly #known: Known;
  readonly #claims: Claims;
  readonly #kinds: Kinds;
  readonly #deadline = performance.now() + TIME_MS;
  readonly #found: Collected = { units: [], cut: 0, frames: 0, roots: [], changed: new Set() };

  constructor(limit: number, known: Known, lengths: TextLengths, claims: Claims) {
    this.#limit = limit;
    this.#known = known;
    this.#claims = claims;
    this.#kinds = new Kinds(lengths, claims, this.#deadline);
  }

  collect(root: Element): Collected {
    const page = ownerDocument(root);
    if (page) this.#found.roots.push(page);
    this.#walk(root, 0);
    for (const inside of this.#found.roots) this.#addAttributes(inside);
    return this.#found;
  }

  #walk(container: Element, depth: number): void {
    let run: Node[] = [];
    const isVisible = getComputedStyle(container).visibility === "visible";
    const flush = (): void => {
      if (run.some(hasText)) this.#addRun(run, depth);
      run = [];
    };
    for (const node of this.#contents(container)) {
      if (this.#isFull(depth)) {
        this.#found.cut += textContent(node)?.trim().length ?? 0;
      } else if (isText(node)) {
        if (isVisible) run.push(node);
      } else if (isElement(node)) {
        const what = this.#kinds.of(node);
        if (what === "inline" || what === "verbatim" || localName(node) === "rt") {
          run.push(node);
        } else if (what !== "nothing") {
          flush();
          if (what === "block") this.#walk(node, depth + 1);
          else if (isForeign(node)) this.#found.frames += 1;
        }
      }
    }
    flush();
  }

  #isFull(depth: number): boolean {
    return depth > DEPTH_LIMIT || this.#found.units.length >= this.#limit || performance.now() > this.#deadline;
  }

  /** What is laid out inside an element: a frame's document, its shadow tree, what is put into a slot. */
  #contents(element: Element): Iterable<Node> {
    if (isFrame(element)) {
      const page = frameDocument(element);
      if (!page?.body) return [];
      this.#found.roots.push(page);
      return [page.body];
    }
    const assigned = localName(element) === "slot" ? HTMLSlotElement.prototype.assignedNodes.call(element) : [];
    if (assigned.length > 0) return assigned;
    const shadow = shadowRoot(element);
    if (shadow) this.#found.roots.push(shadow);
    return childNodes(shadow ?? element);
  }

  /** Adds what a run of nodes, in which text and inline elements alternate, consists of. */
  #addRun(run: Node[], depth: number): void {
    const worded = run.filter(hasText);
    const parts = worded.filter(isElement);
    if (parts.length === worded.length && (parts.length === 1 || (parts.every(standsAlone) && !isSplit(parts)))) {
      // One element that holds all the text, or a row of them: each is a container of its own.
      for (const part of parts) if (this.#kinds.of(part) === "inline") this.#walk(part, depth + 1);
      return;
    }
    const known = worded.flatMap(textsIn).map((text) => this.#known.unitOf(text));
    if (known.some((unit) => unit !== undefined)) {
      for (const unit of known.includes(undefined) ? known : []) if (unit) this.#found.changed.add(unit);
      return;
    }
    const block = TextBlock.of(run, (element) => this.#kinds.of(element));
    if (!block || this.#claims.holdsAround(block.container)) return;
    const spans = block.blocks.flatMap((line) => line.spans);
    if (spans.length <= SPANS_LIMIT * block.blocks.length) this.#found.units.push(block);
    else this.#found.cut += spans.reduce((sum, { text }) => sum + text.length, 0);
  }

  #addAttributes(root: ParentNode): void {
    for (const unit of attributeTexts(root)) {
      if (this.#isFull(0)) return;
      const { container, name } = unit;
      if (this.#known.hasAttribute(container, name)) continue;
      if (!Element.prototype.checkVisibility.call(container, { visibilityProperty: true }) && !isListed(container)) {
        continue;
      }
      if (Element.prototype.closest.call(container, UNTOUCHED) || this.#claims.holdsAround(container)) continue;
      this.#found.units.push(unit);
    }
  }
}

function hasText(node: Node): boolean {
  return /\S/.test(textContent(node) ?? "");
}

/** The texts with something in them under a node. */
function textsIn(node: Node): Text[] {
  if (isText(node)) return hasText(node) ? [node] : [];
  return [...childNodes(node)].flatMap(textsIn);
}

/** A link or a small box in a row of such: no part of a sentence. */
function standsAlone(element: Element): boolean {
  return localName(element) === "a" || getComputedStyle(element).display !== "inline";
}

/** Whether a row of boxes is a text that was taken apart, to be moved letter by letter or word by word. */
function isSplit(parts: Element[]): boolean {
  return parts.every(
    (part) => attribute(part, "aria-hidden") === "true" || (textContent(part) ?? "").trim().length === 1,
  );
}

/** Entries of a list that the system draws when it is opened. */
function isListed(element: Element): boolean {
  return localName(element) === "option" || localName(element) === "optgroup";
}
