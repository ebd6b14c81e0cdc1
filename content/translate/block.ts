// One block of a page's text: what the engine is given of it, and how a translation is put in its
// place. The page's own nodes stay: its text nodes get another text, its elements keep their
// listeners and links.

import type { Block, Span } from "../../offscreen/protocol/protocol";
import { childNodes, children, document, isConnected, localName, parentElement, textContent } from "../page/dom";
import { arrange } from "./arrange";
import { Changes } from "./changes";
import type { Kind } from "./kind";
import type { Slot } from "./slot";

/** Inline elements that mean something to the reader by themselves. */
const MEANINGFUL = new Set("a abbr b bdo cite del dfn em i ins mark q s small strong sub sup time u".split(" "));
const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;

export class TextBlock {
  readonly slots: Slot[];
  readonly spans: Span[];
  /** The element whose text it is, or is part of. */
  readonly container: Element;
  readonly #captured: string[];
  #changes: Changes | undefined;

  private constructor(slots: Slot[], spans: Span[], container: Element) {
    this.slots = slots;
    this.spans = spans;
    this.container = container;
    this.#captured = this.#current();
  }

  /** A block of consecutive nodes; none when there are no words in them. */
  static of(run: Node[], kind: (element: Element) => Kind): TextBlock | undefined {
    const slots = slotsOf(run, kind);
    while (isBlank(slots[0])) slots.shift();
    while (isBlank(slots.at(-1))) slots.pop();
    const spans = slots.map(spanOf);
    squeeze(spans);
    const container = (slots[0] && parentElement(slots[0].top)) ?? hostOf(slots[0]?.top);
    const worded = spans.some(({ text, verbatim }) => !verbatim && LETTER.test(text));
    return container && worded ? new TextBlock(slots, spans, container) : undefined;
  }

  get block(): Block {
    return { spans: this.spans };
  }

  /** Where it is in the viewport. */
  box(): DOMRect {
    const range = document.createRange();
    const [first, last] = [this.slots[0], this.slots.at(-1)];
    if (first && last) {
      range.setStartBefore(first.element ?? first.texts[0] ?? first.top);
      range.setEndAfter(last.element ?? last.texts.at(-1) ?? last.top);
    }
    return range.getBoundingClientRect();
  }

  /** Puts a translation in; false when the page has changed the text since it was read. */
  translate(spans: Span[], to: string): boolean {
    if (this.#changes) return true;
    const now = this.#current();
    if (now.some((text, i) => text !== this.#captured[i])) return false;
    if (this.slots.some(({ top }) => !isConnected(top))) return false;
    const changes = new Changes();
    arrange(this.slots, spans, changes);
    if (holdsNothingElse(this.container)) {
      changes.setAttribute(this.container, "lang", to);
      const dir = RIGHT_TO_LEFT.test(to) ? "rtl" : "ltr";
      if (getComputedStyle(this.container).direction !== dir) changes.setAttribute(this.container, "dir", dir);
    }
    this.#changes = changes;
    return true;
  }

  /** Brings the original back. */
  restore(): void {
    this.#changes?.revert();
    this.#changes = undefined;
  }

  #current(): string[] {
    return this.slots.map(
      ({ texts, element }) => (element && textContent(element)) ?? texts.map(({ data }) => data).join(""),
    );
  }
}

/** The texts and verbatim elements in a run, neighbours under the same mark together. */
function slotsOf(run: Node[], kind: (element: Element) => Kind): Slot[] {
  const slots: Slot[] = [];
  let marks = 0;
  const visit = (node: Node, top: ChildNode, mark: number | undefined): void => {
    if (node instanceof Text) {
      const last = slots.at(-1);
      if (last && last.mark === mark && !last.verbatim) last.texts.push(node);
      else slots.push({ mark, verbatim: false, texts: [node], element: undefined, top });
      return;
    }
    if (!(node instanceof Element)) return;
    const what = kind(node);
    if (what === "verbatim") {
      slots.push({ mark: marks++, verbatim: true, texts: [], element: node, top });
    } else if (what === "inline") {
      const own = isMark(node) ? marks++ : mark;
      for (const child of childNodes(node)) visit(child, top, own);
    }
  };
  for (const node of run) visit(node, node as ChildNode, undefined);
  return slots;
}

/**
 * Whether an inline element is to be kept around its words: it means something, or looks like
 * something.
 */
function isMark(element: Element): boolean {
  if (MEANINGFUL.has(localName(element))) return true;
  const parent = parentElement(element);
  if (!parent) return false;
  const [own, around] = [getComputedStyle(element), getComputedStyle(parent)];
  return (["color", "fontWeight", "fontStyle", "textDecorationLine", "backgroundColor"] as const).some(
    (name) => own[name] !== around[name],
  );
}

function spanOf({ mark, verbatim, texts, element }: Slot): Span {
  const text = (element && textContent(element)) ?? texts.map(({ data }) => data).join("");
  return { text: text.replace(/\s+/g, " "), mark, verbatim };
}

function isBlank(slot: Slot | undefined): boolean {
  return slot !== undefined && !slot.verbatim && slot.texts.every(({ data }) => data.trim() === "");
}

/** No space at the ends, and one between two spans at most: as the browser lays it out. */
function squeeze(spans: Span[]): void {
  let spaced = true;
  for (const span of spans) {
    if (!span.verbatim && spaced) span.text = span.text.trimStart();
    if (span.text !== "") spaced = span.text.endsWith(" ");
  }
  const last = spans.at(-1);
  if (last && !last.verbatim) last.text = last.text.trimEnd();
}

/** The element a shadow tree hangs on. */
function hostOf(node: Node | undefined): Element | undefined {
  const root = node?.parentNode;
  return root instanceof ShadowRoot ? root.host : undefined;
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
