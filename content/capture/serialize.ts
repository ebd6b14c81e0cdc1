// Writes what the reader sees of a document as HTML: shadow roots, slots and same-origin frames
// become plain elements. Iterative, so that no nesting overflows the stack, and read-only.

import type { LeftOut } from "../../offscreen/protocol/protocol";
import { leftOut } from "../../offscreen/view/left_out";
import { box, childNodes, localName, nodeType, nodeValue, shadowRoot, textContent } from "../page/dom";
import { Doubts } from "./doubts";
import { attributes, dropped, escapeText, VOID } from "./markup";
import { enter, enterFrame, outermost, type Place, sightOf } from "./sight";
import { bytes, cut } from "./size";
import { TextLengths } from "./text_lengths";
import { visibility } from "./visible";

/**
 * Deeper elements lose their tags, not their text: parsers of the result need not nest without end.
 */
const DEPTH_LIMIT = 200;
/** Time it may take. What a page has beyond that is left out. */
const TIME_MS = 1500;
/** Nodes between two looks at the clock. */
const CLOCK_NODES = 32;
/** A smaller frame holds nothing to read: a button, a counter of visits. */
const FRAME_PX = 50;
/** Of so many nodes side by side, the length of what is left out is estimated. */
const ESTIMATED_NODES = 1000;
/** Letters without a shape, and what hides whole texts in marks that only change a letter. */
const INVISIBLE =
  /(?<!\u{1f3f4}[\u{e0000}-\u{e007f}]{0,8})[\u{e0000}-\u{e007f}]+|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{2,}/gu;
/** Elements that paint something that text may stand on. */
const PICTURES = new Set("img video canvas svg iframe object embed picture".split(" "));

/** A node's children still to be written, then the end tag. */
interface Open {
  nodes: ArrayLike<Node>;
  next: number;
  /** Empty for what writes no tags of its own. */
  end: string;
  /** Whether text standing directly in it is seen. */
  text: boolean;
  element: Element;
  place: Place;
}

/** Serialises `root` within `limit` bytes of UTF-8, and tells what it left out. */
export function serialize(root: Element, limit: number): { html: string; leftOut: LeftOut } {
  const writer = new Writer(root, limit);
  writer.run();
  return writer.result();
}

class Writer {
  readonly #root: Element;
  readonly #limit: number;
  readonly #deadline = performance.now() + TIME_MS;
  readonly #lengths: TextLengths;
  readonly #doubts = new Doubts();
  readonly #parts: string[] = [];
  readonly #stack: Open[] = [];
  /** Bytes written, and tags open. */
  #size = 0;
  #tags = 0;
  #nodes = 0;
  /** Characters of text written. */
  #length = 0;
  /** No more room, or no more time. */
  #full = false;
  #cut = 0;
  #hidden = 0;
  #frames = 0;

  constructor(root: Element, limit: number) {
    this.#root = root;
    this.#limit = limit;
    this.#lengths = new TextLengths(root);
  }

  run(): void {
    this.#open(this.#root, true, outermost(this.#root));
    for (let top = this.#stack.at(-1); top; top = this.#stack.at(-1)) {
      const node = top.nodes[top.next];
      top.next += 1;
      if (node === undefined) this.#close();
      else if (this.#isFull()) this.#skip(top, node);
      else if (nodeType(node) === Node.TEXT_NODE) this.#text(node as Text, top);
      else if (nodeType(node) === Node.ELEMENT_NODE) this.#element(node as Element, top);
    }
  }

  result(): { html: string; leftOut: LeftOut } {
    const hidden = this.#hidden + this.#doubts.settle(this.#parts, this.#length);
    return { html: this.#parts.join(""), leftOut: leftOut({ cut: this.#cut, hidden, frames: this.#frames }) };
  }

  #isFull(): boolean {
    this.#nodes += 1;
    if (this.#nodes % CLOCK_NODES === 0 && performance.now() > this.#deadline) this.#full = true;
    return this.#full;
  }

  /** Counts a node and those after it as left out. */
  #skip(top: Open, node: Node): void {
    const left = top.nodes.length - top.next;
    this.#cut += lengthOf(node);
    if (left < ESTIMATED_NODES) return;
    // Roughly: to ask each of a million would take as long as to read them.
    this.#cut += ((textContent(top.element)?.length ?? 0) * left) / top.nodes.length;
    top.next = top.nodes.length;
  }

  #element(element: Element, { place }: Open): void {
    if (!place.hidden && PICTURES.has(localName(element))) this.#doubts.addPainted(element);
    if (dropped(element)) return;
    const seen = visibility(element, this.#lengths);
    if (seen === "hidden") return;
    if (!place.hidden && isForeign(element)) this.#frames += 1;
    this.#open(element, seen === "shown", place);
  }

  #open(element: Element, text: boolean, outer: Place): void {
    const place = enter(element, outer, this.#lengths);
    if (place.sheet === element) this.#doubts.addPainted(element);
    const [nodes, inside] = contents(element, place);
    const name = tagName(element);
    if (name === undefined || place.hidden || this.#tags >= DEPTH_LIMIT) {
      this.#stack.push({ nodes, next: 0, end: "", text, element, place: inside });
      return;
    }
    const start = `<${name}${attributes(element)}>`;
    const end = VOID.has(name) ? "" : `</${name}>`;
    const cost = bytes(start) + end.length;
    if (this.#size + cost > this.#limit) {
      this.#full = true;
      this.#cut += lengthOf(element);
      return;
    }
    this.#size += cost;
    this.#parts.push(start);
    if (end === "") return;
    this.#tags += 1;
    this.#stack.push({ nodes, next: 0, end, text, element, place: inside });
  }

  #close(): void {
    const closed = this.#stack.pop();
    if (!closed?.end) return;
    this.#tags -= 1;
    this.#parts.push(closed.end);
  }

  #text(node: Text, { text: shown, element, place }: Open): void {
    if (!shown) return;
    const whole = nodeValue(node) ?? "";
    // What is beyond the limit in any case is not looked through.
    const written = whole.slice(0, this.#limit + 1);
    const all = written.replace(INVISIBLE, "");
    if (!/\S/.test(all)) {
      if (!place.hidden) this.#write(all, all.length);
      return;
    }
    this.#cut += whole.length - written.length;
    const length = visibleLength(all);
    this.#hidden += written.length - all.length;
    const sight = place.hidden || place.clipped ? "unseen" : sightOf(node, element, place);
    const layer = sight === "see-through" && this.#doubts.liesOnPicture(element);
    if (sight === "unseen" || (sight === "see-through" && !layer)) {
      this.#hidden += length;
      return;
    }
    const from = this.#parts.length;
    this.#write(all, length);
    const doubt = place.doubt ?? (layer ? "see-through" : undefined);
    if (doubt) this.#doubts.add(doubt, from, this.#parts.length, length);
    if (sight === "same-colour") this.#doubts.addSameColour(from, length, node, element, place);
  }

  /** Writes a text as far as there is room for it. */
  #write(all: string, length: number): void {
    const room = this.#limit - this.#size;
    // No text takes fewer bytes than it has characters.
    const text = escapeText(all.length > room ? all.slice(0, room) : all);
    const fits = cut(text, room);
    this.#parts.push(fits);
    this.#size += bytes(fits);
    this.#length += length;
    if (fits.length === text.length && text.length >= all.length) return;
    this.#full = true;
    this.#cut += Math.max(all.length - fits.length, 1);
  }
}

/** Characters, roughly, of what is not looked at any more. */
function lengthOf(node: Node): number {
  if (nodeType(node) === Node.ELEMENT_NODE && dropped(node as Element)) return 0;
  return textContent(node)?.length ?? 0;
}

/** Whether an element is a frame in view whose document may not be read. */
function isForeign(element: Element): boolean {
  if (localName(element) !== "iframe" || (element as HTMLIFrameElement).contentDocument) return false;
  const { width, height } = box(element);
  return width >= FRAME_PX && height >= FRAME_PX;
}

/**
 * What is laid out inside an element, and where: its shadow tree, a slot's content, a frame's
 * document.
 */
function contents(element: Element, place: Place): [ArrayLike<Node>, Place] {
  const name = localName(element);
  if (name === "slot") {
    const assigned = HTMLSlotElement.prototype.assignedNodes.call(element);
    if (assigned.length > 0) return [assigned, place];
  }
  if (name === "iframe") {
    const inside = (element as HTMLIFrameElement).contentDocument;
    return inside?.body ? [[inside.body], enterFrame(inside, place)] : [[], place];
  }
  return [childNodes(shadowRoot(element) ?? element), place];
}

/**
 * The name to write; none for what is no box of its own. Custom elements become what they look
 * like.
 */
function tagName(element: Element): string | undefined {
  const name = localName(element);
  if (name === "slot") return undefined;
  if (name === "iframe" || name === "body") return "div";
  if (!/^[a-z][a-z0-9]*$/.test(name)) return getComputedStyle(element).display.startsWith("inline") ? "span" : "div";
  return name;
}

/** Characters, any white space as one. */
function visibleLength(text: string): number {
  return text.trim().replace(/\s+/g, " ").length;
}
