// Parts of a capture of which it is known only at the end whether they belong to it.

import { box, localName, parentElement } from "../page/dom";
import type { Doubt, Place } from "./sight";

/**
 * A page's text is kept from this share of it on, although it looks like what is left out: a
 * sentence that is smuggled in is less, sections that fade in and pages that are editors are more.
 */
const SHARES: Record<Doubt, number> = { fades: 0.1, "see-through": 0.5, draft: 0.5 };

/** Texts in the colour of what they stand on that are looked at again; more are left out. */
const SAME_COLOUR_LIMIT = 500;
/** Painted elements that are looked at for each. */
const PAINTED_LIMIT = 2000;

interface SameColour {
  part: number;
  length: number;
  text: Text;
  element: Element;
  sheet: Element | undefined;
}

export class Doubts {
  /** Ranges of parts, with the number of characters of text in each. */
  readonly #ranges: Record<Doubt, { from: number; to: number; length: number }[]> = {
    fades: [],
    "see-through": [],
    draft: [],
  };
  readonly #sameColour: SameColour[] = [];
  /** What paints something that text may stand on. */
  readonly #painted: Element[] = [];
  #boxes: DOMRect[] | undefined;
  readonly #pictured = new Map<Element, boolean>();

  add(doubt: Doubt, from: number, to: number, length: number): void {
    const ranges = this.#ranges[doubt];
    const last = ranges.at(-1);
    if (last?.to === from) Object.assign(last, { to, length: last.length + length });
    else ranges.push({ from, to, length });
  }

  addSameColour(part: number, length: number, text: Text, element: Element, { sheet }: Place): void {
    this.#sameColour.push({ part, length, text, element, sheet });
  }

  /** Notes an element that paints a background of its own, or a picture. */
  addPainted(element: Element): void {
    if (this.#painted.length < PAINTED_LIMIT) this.#painted.push(element);
  }

  /**
   * Empties what does not belong to the text, of which there are so many characters in all. Returns
   * how many of them no reader can see.
   */
  settle(parts: string[], total: number): number {
    let hidden = 0;
    for (const doubt of ["fades", "see-through", "draft"] as const) {
      const ranges = this.#ranges[doubt];
      const length = ranges.reduce((sum, range) => sum + range.length, 0);
      if (length >= total * SHARES[doubt]) continue;
      for (const { from, to } of ranges) parts.fill("", from, to);
      if (doubt !== "draft") hidden += length;
    }
    this.#sameColour.forEach((suspect, i) => {
      if (parts[suspect.part] === "" || (i < SAME_COLOUR_LIMIT && this.#standsOnSomething(suspect))) return;
      parts[suspect.part] = "";
      hidden += suspect.length;
    });
    return hidden;
  }

  /** Whether a picture or another box lies between a text and the background of its colour. */
  #standsOnSomething({ text, element, sheet }: SameColour): boolean {
    const range = element.ownerDocument.createRange();
    range.selectNodeContents(text);
    const place = range.getBoundingClientRect();
    if (sheet && !["html", "body"].includes(localName(sheet)) && !overlap(box(sheet), place)) return true;
    for (let ancestor: Element | null = element; ancestor; ancestor = parentElement(ancestor)) {
      if (["::before", "::after"].some((pseudo) => paints(ancestor as Element, pseudo))) return true;
      if (ancestor === sheet) break;
    }
    this.#boxes ??= this.#painted.map(box);
    return this.#boxes.some((other, i) => {
      const painted = this.#painted[i] as Element;
      return overlap(other, place) && !Node.prototype.contains.call(painted, element);
    });
  }

  /** Whether a text lies over a canvas or a picture, as the text layers of scanned pages do. */
  liesOnPicture(element: Element): boolean {
    let around: Element | null = element;
    for (let i = 0; i < 3 && around; i += 1) {
      around = parentElement(around);
      if (around && this.#holdsPicture(around)) return true;
    }
    return false;
  }

  #holdsPicture(element: Element): boolean {
    const known = this.#pictured.get(element);
    if (known !== undefined) return known;
    const holds = Element.prototype.querySelector.call(element, "canvas, img, picture, video, svg") !== null;
    this.#pictured.set(element, holds);
    return holds;
  }
}

/** Whether an element, or what the style puts before or after it, has a background. */
export function paints(element: Element, pseudo?: string): boolean {
  const style = getComputedStyle(element, pseudo);
  if (pseudo && style.content === "none") return false;
  return style.backgroundImage !== "none" || style.backgroundColor !== "rgba(0, 0, 0, 0)";
}

function overlap(one: DOMRect, other: DOMRect): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
