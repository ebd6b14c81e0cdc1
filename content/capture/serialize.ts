// Writes what the reader sees of a document as HTML: shadow roots, slots and same-origin frames
// become plain elements. Iterative, so that no nesting overflows the stack, and read-only.

import type { LeftOut } from "../../offscreen/protocol/protocol";
import { leftOut } from "../../offscreen/view/left_out";
import { attribute, isElement, isText, localName, nodeValue, textContent } from "../page/dom";
import { alternative, isFormula, writtenFormula } from "../page/formula";
import { isForeign } from "../page/frames";
import { contents } from "./contents";
import { Doubts } from "./doubts";
import { type Flow, flowIn, keepsLines, OUTERMOST, tags } from "./flow";
import { initialOf } from "./initial";
import { attributes, dropped, escapeAttribute, escapeText, VOID } from "./markup";
import { enter, outermost, type Place, sightOf } from "./sight";
import { bytes, cut } from "./size";
import { isFoldedPanel } from "./tabs";
import { TextLengths } from "./text_lengths";
import { visibility } from "./visible";

/**
 * Deeper elements lose their tags, not their text: parsers of the result need not nest without end.
 */
const DEPTH_LIMIT = 200;
/** Time it may take. What a page has beyond that is left out. */
const TIME_MS = 1500;
/** Time beyond that for what is known only at the end. */
const SETTLE_MS = 200;
/** Nodes between two looks at the clock. */
const CLOCK_NODES = 32;
/** Of so many nodes side by side, the length of what is left out is estimated. */
const ESTIMATED_NODES = 1000;
/** Letters without a shape, and what hides whole texts in marks that only change a letter. */
const INVISIBLE =
  /(?<!\u{1f3f4}[\u{e0000}-\u{e007f}]{0,8})[\u{e0000}-\u{e007f}]+|[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{2,}/gu;
/** Elements that paint something that text may stand on. */
const PICTURES = new Set("img video canvas svg iframe frame object embed picture".split(" "));

const ROOT = { start: "<div>", end: "</div>" };

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
  flow: Flow;
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
  /** A first letter that the next text begins with. */
  #initial = "";

  constructor(root: Element, limit: number) {
    this.#root = root;
    this.#limit = limit;
    this.#lengths = new TextLengths(root);
  }

  run(): void {
    this.#open(this.#root, true, outermost(this.#root), OUTERMOST);
    for (let top = this.#stack.at(-1); top; top = this.#stack.at(-1)) {
      const node = top.nodes[top.next];
      top.next += 1;
      if (node === undefined) this.#close();
      else if (this.#isFull()) this.#skip(top, node);
      else if (isText(node)) this.#text(node, top);
      else if (isElement(node)) this.#element(node, top);
    }
  }

  result(): { html: string; leftOut: LeftOut } {
    const hidden = this.#hidden + this.#doubts.settle(this.#parts, this.#length, this.#deadline + SETTLE_MS);
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

  #element(element: Element, { place, flow }: Open): void {
    if (!place.hidden && PICTURES.has(localName(element))) this.#doubts.addPainted(element);
    const isForeignHere = !place.hidden && isForeign(element);
    if (dropped(element) && !isForeignHere) return;
    if (localName(element) === "annotation") {
      this.#source(element, place);
      return;
    }
    if (this.#formula(element, place)) return;
    const seen = isFoldedPanel(element) ? "shown" : visibility(element, this.#lengths);
    if (seen === "hidden") return;
    if (isForeignHere) this.#frames += 1;
    if (dropped(element)) return;
    if (seen === "shown" && !place.hidden) this.#countUntold(alternative(element));
    const initial = seen === "shown" && !place.hidden ? initialOf(element) : undefined;
    if (initial === undefined) this.#open(element, seen === "shown", place, flow);
    else this.#initial = initial;
  }

  /** What a formula was written as, which is drawn nowhere. */
  #source(annotation: Element, place: Place): void {
    const text = textContent(annotation) ?? "";
    if (place.hidden || !/tex/i.test(attribute(annotation, "encoding") ?? "")) return;
    if (this.#countUntold(text)) return;
    this.#write(`<annotation${attributes(annotation)}>${escapeText(text)}</annotation>`, 0);
  }

  /** Whether what passes for a formula tells something else, which is left out. */
  #countUntold(source: string | null): boolean {
    if (source === null || isFormula(source)) return false;
    this.#hidden += source.length;
    return true;
  }

  /** Writes what is drawn in an element as the formula it was written as; false where it is none that is seen. */
  #formula(element: Element, outer: Place): boolean {
    const source = writtenFormula(element);
    if (source === undefined || !Element.prototype.checkVisibility.call(element, { visibilityProperty: true }))
      return false;
    const place = enter(element, outer, this.#lengths);
    if (place.hidden || place.clipped || sightOf(element, element, place) !== "seen") return false;
    const html = `<math alttext="${escapeAttribute(source)}"></math>`;
    if (this.#size + bytes(html) > this.#limit) return false;
    const from = this.#parts.length;
    this.#write(html, source.length);
    if (place.doubt) this.#doubts.add(place.doubt, from, this.#parts.length, source.length);
    return true;
  }

  #open(element: Element, text: boolean, outer: Place, around: Flow): void {
    const place = enter(element, outer, this.#lengths);
    if (place.paper.element === element) this.#doubts.addPainted(element, place.paper.colour);
    const [nodes, inside] = contents(element, place);
    const flow = flowIn(element, around, this.#lengths);
    // What the root is called says nothing about the text: it may be a dialog.
    const { start, end: after } = element === this.#root ? ROOT : tags(element, around);
    if (start === "" || place.hidden || this.#tags >= DEPTH_LIMIT) {
      this.#stack.push({ nodes, next: 0, end: "", text, element, place: inside, flow });
      return;
    }
    const end = VOID.has(localName(element)) ? "" : after;
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
    this.#stack.push({ nodes, next: 0, end, text, element, place: inside, flow });
  }

  #close(): void {
    const closed = this.#stack.pop();
    if (!closed?.end) return;
    this.#tags -= 1;
    this.#parts.push(closed.end);
  }

  #text(node: Text, { text: shown, element, place, flow }: Open): void {
    if (!shown) return;
    const whole = nodeValue(node) ?? "";
    // What is beyond the limit in any case is not looked through.
    const written = whole.slice(0, this.#limit + 1);
    const all = written.replace(INVISIBLE, "");
    if (!/\S/.test(all)) {
      if (!place.hidden) this.#write(this.#written(all, element, flow), all.length);
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
    this.#write(this.#written(this.#initial + all, element, flow), length);
    this.#initial = "";
    const doubt = place.doubt ?? (layer ? "see-through" : undefined);
    if (doubt) this.#doubts.add(doubt, from, this.#parts.length, length);
    if (sight === "same-colour") this.#doubts.addSameColour(from, length, node, element, place);
  }

  /** A text as HTML, with the line breaks that the page keeps. */
  #written(all: string, element: Element, { preformatted }: Flow): string {
    // More than there is room for is not even escaped.
    const text = escapeText(all.slice(0, this.#limit - this.#size + 1));
    return text.includes("\n") && !preformatted && keepsLines(element) ? text.replaceAll("\n", "<br>\n") : text;
  }

  /** Writes HTML of so many characters of text as far as there is room for it. */
  #write(html: string, length: number): void {
    const fits = cut(html, this.#limit - this.#size);
    this.#parts.push(fits);
    this.#size += bytes(fits);
    this.#length += length;
    if (fits.length === html.length) return;
    this.#full = true;
    this.#cut += Math.max(length - fits.length, 1);
  }
}

/** Characters, roughly, of what is not looked at any more. */
function lengthOf(node: Node): number {
  if (isElement(node) && dropped(node)) return 0;
  return textContent(node)?.length ?? 0;
}

/** Characters, any white space as one. */
function visibleLength(text: string): number {
  return text.trim().replace(/\s+/g, " ").length;
}
