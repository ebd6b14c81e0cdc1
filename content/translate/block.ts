// One block of a page's text: what the engine is given of it, and how a translation is put in its
// place. The page's own nodes stay: its text nodes get another text, its elements keep their
// listeners and links.

import type { Block, Span } from "../../offscreen/protocol/protocol";
import { raisedAs } from "../capture/flow";
import { initialOf } from "../capture/initial";
import {
  attribute,
  childNodes,
  children,
  document,
  isConnected,
  isElement,
  isText,
  localName,
  ownerDocument,
  parentElement,
  textContent,
} from "../page/dom";
import { arrange } from "./arrange";
import { original, showsBeside } from "./beside";
import { Changes } from "./changes";
import { label } from "./claims";
import type { Kind } from "./kind";
import { Lines } from "./lines";
import type { Slot } from "./slot";
import type { Unit } from "./unit";

/** Inline elements that mean something to the reader by themselves. */
const MEANINGFUL = new Set("a abbr b bdo button cite del dfn em i ins mark q s small strong sub sup time u".split(" "));
const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;
/** Where a word may be cut and where it may not, which is seen as nothing. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;

/** A node as it was left. */
interface Mark {
  node: Node;
  text: string | undefined;
  parent: Node | null;
}

export class TextBlock implements Unit {
  readonly blocks: Block[];
  readonly container: Element;
  readonly #slots: Slot[];
  readonly #lines: Lines;
  /** The lines with words in them: their numbers. */
  readonly #worded: number[];
  /** What a translation has none of: how the original is read, where its lines end. */
  readonly #unneeded: Element[];
  readonly #changes = new Changes();
  #left: Mark[];

  private constructor(slots: Slot[], lines: Lines, worded: number[], container: Element, unneeded: Element[]) {
    this.#slots = slots;
    this.#lines = lines;
    this.#worded = worded;
    this.#unneeded = unneeded;
    this.container = container;
    this.blocks = worded.map((line) => ({ spans: lines.spans[line] ?? [] }));
    this.#left = this.#marks();
  }

  /** A block of consecutive nodes; none when there are no words in them. */
  static of(run: Node[], kind: (element: Element) => Kind): TextBlock | undefined {
    const { slots, unneeded } = slotsOf(run, kind);
    while (isBlank(slots[0])) slots.shift();
    while (isBlank(slots.at(-1))) slots.pop();
    const lines = new Lines(slots.map(spanOf));
    const worded = [...lines.spans.keys()].filter((line) => isWorded(lines.spans[line] ?? []));
    const container = (slots[0] && parentElement(slots[0].top)) ?? hostOf(slots[0]?.top);
    return container && worded.length > 0 ? new TextBlock(slots, lines, worded, container, unneeded) : undefined;
  }

  get nodes(): Node[] {
    return this.#left.map(({ node }) => node);
  }

  box(): DOMRect {
    const page = ownerDocument(this.container);
    const frame = page === ownerDocument(document.body) ? null : page?.defaultView?.frameElement;
    if (frame) return frame.getBoundingClientRect();
    const range = document.createRange();
    const [first, last] = [this.#slots[0], this.#slots.at(-1)];
    if (first && last) {
      range.setStartBefore(first.element ?? first.texts[0] ?? first.top);
      range.setEndAfter(last.element ?? last.texts.at(-1) ?? last.top);
    }
    return range.getBoundingClientRect();
  }

  isIntact(): boolean {
    return this.#left.every(
      ({ node, text, parent }) => node.parentNode === parent && isConnected(node) && textOf(node) === text,
    );
  }

  translate(results: (Span[] | undefined)[], to: string, beside: boolean): void {
    if (!this.isIntact()) return;
    this.restore();
    const isAlone = holdsNothingElse(this.container);
    const lines: (Span[] | undefined)[] = [];
    for (const [i, line] of this.#worded.entries()) lines[line] = results[i];
    const changes = this.#changes;
    if (localName(this.container) === "option" && attribute(this.container, "value") === null) {
      // What a form sends, and what the page asks for.
      changes.setAttribute(this.container, "value", (this.container as HTMLOptionElement).value);
    }
    // First, so that what is put in after the passage's last node stands before it.
    if (beside) this.#keepBeside();
    arrange(this.#slots, this.#lines.with(lines), changes);
    for (const element of this.#unneeded) changes.hide(element);
    if (isAlone) {
      if (changes.setAttribute(this.container, "lang", to)) label(this.container);
      const dir = RIGHT_TO_LEFT.test(to) ? "rtl" : "ltr";
      if (getComputedStyle(this.container).direction !== dir) changes.setAttribute(this.container, "dir", dir);
    }
    this.#left = this.#marks();
  }

  restore(): void {
    this.#changes.revert();
    this.#left = this.#marks();
  }

  /** Puts the original below the passage. */
  #keepBeside(): void {
    const last = this.#slots.at(-1)?.top;
    const text = this.#lines.spans.map((line) => line.map((span) => span.text).join("")).join("\n");
    if (!last?.parentNode || !showsBeside(this.container, text)) return;
    this.#changes.insert(original(text, this.container), last.parentNode, last.nextSibling);
  }

  #marks(): Mark[] {
    const own = this.#slots.flatMap(({ texts, element, top }) => [...(element ? [element] : texts), top]);
    return [...new Set<Node>([...own, ...this.#changes.inserted])].map((node) => ({
      node,
      text: textOf(node),
      parent: node.parentNode,
    }));
  }
}

function textOf(node: Node): string | undefined {
  return isText(node) ? node.data : undefined;
}

function isWorded(line: Span[]): boolean {
  return line.some(({ text, verbatim }) => !verbatim && LETTER.test(text));
}

/** The texts and verbatim elements in a run, neighbours under the same mark together. */
function slotsOf(run: Node[], kind: (element: Element) => Kind): { slots: Slot[]; unneeded: Element[] } {
  const slots: Slot[] = [];
  const unneeded: Element[] = [];
  let marks = 0;
  let ended = false;
  const visit = (node: Node, top: ChildNode, mark: number | undefined): void => {
    if (isText(node)) {
      const last = slots.at(-1);
      const open = last && last.mark === mark && !last.verbatim ? last : undefined;
      const slot: Slot = open ?? { mark, verbatim: false, texts: [], begun: new Set(), element: undefined, top };
      if (!open) slots.push(slot);
      slot.texts.push(node);
      if (ended) slot.begun.add(node);
      ended = false;
      return;
    }
    if (!isElement(node)) return;
    const what = kind(node);
    if (localName(node) === "br") {
      unneeded.push(node);
      ended = true;
    } else if (what === "verbatim") {
      slots.push({ mark: marks++, verbatim: true, texts: [], begun: new Set(), element: node, top });
    } else if (what === "inline") {
      const own = isMark(node) ? marks++ : mark;
      for (const child of childNodes(node)) visit(child, top, own);
    } else if (localName(node) === "rt") {
      unneeded.push(node);
    }
  };
  for (const node of run) visit(node, node as ChildNode, undefined);
  return { slots, unneeded };
}

/**
 * Whether an inline element is to be kept around its words: it means something, or looks like
 * something.
 */
function isMark(element: Element): boolean {
  if (MEANINGFUL.has(localName(element)) || attribute(element, "role") === "button") return true;
  const parent = parentElement(element);
  if (!parent || initialOf(element) !== undefined) return false;
  const [own, around] = [getComputedStyle(element), getComputedStyle(parent)];
  if (raisedAs(element, own)) return true;
  return (["color", "fontWeight", "fontStyle", "textDecorationLine", "backgroundColor"] as const).some(
    (name) => own[name] !== around[name],
  );
}

function spanOf({ mark, verbatim, texts, begun, element }: Slot): Span {
  if (element) return { text: (textContent(element) ?? "").replace(/\s+/g, " "), mark, verbatim };
  const written = texts.map((text) => (begun.has(text) ? ` ${laidOut(text)}` : laidOut(text)));
  return { text: written.join("").replace(INVISIBLE, ""), mark, verbatim };
}

/** A text with those line breaks alone that the page keeps. */
function laidOut(text: Text): string {
  const parent = parentElement(text);
  const keeps = parent !== null && getComputedStyle(parent).whiteSpaceCollapse !== "collapse";
  return keeps ? text.data.replace(/\r\n?/g, "\n") : text.data.replace(/\s+/g, " ");
}

function isBlank(slot: Slot | undefined): boolean {
  return slot !== undefined && !slot.verbatim && slot.texts.every(({ data }) => data.trim() === "");
}

/** The element a shadow tree hangs on. */
function hostOf(node: Node | undefined): Element | undefined {
  const root = node?.parentNode;
  return root && "host" in root ? (root as ShadowRoot).host : undefined;
}

/** Of an element with many blocks, the answer is asked for with each of them. */
const holdingNothingElse = new WeakMap<Element, boolean>();

/**
 * Whether an element holds running text alone: no other element's language is to change with it.
 */
function holdsNothingElse(element: Element): boolean {
  const known = holdingNothingElse.get(element);
  if (known !== undefined) return known;
  const found = [...children(element)].every(
    (child) => localName(child) === "br" || getComputedStyle(child).display.startsWith("inline"),
  );
  holdingNothingElse.set(element, found);
  return found;
}
