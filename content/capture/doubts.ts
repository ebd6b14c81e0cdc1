// Parts of a capture of which it is known only at the end whether they belong to it.

import { box, parentElement } from "../page/dom";
import { alike, type Rgb } from "./colour";
import { AS_PAINTED } from "./effects";
import { background, share } from "./paper";
import { type Doubt, type Place, textBox } from "./sight";

/**
 * A page's text is kept from this share of it on, although it looks like what is left out: a
 * sentence that is smuggled in is less, sections that fade in and pages that are editors are more.
 */
const SHARES: Record<Doubt, number> = { fades: 0.1, "see-through": 0.5, draft: 0.5 };

/** Texts in the colour of what they stand on that are looked at again; more are left out. */
const SAME_COLOUR_LIMIT = 500;
/** Painted elements that are looked at for each. */
const PAINTED_LIMIT = 2000;
/** Of a text, what lies on other boxes at least, if it is to stand on them. */
const STANDS = 0.25;

interface SameColour {
  part: number;
  length: number;
  text: Text;
  element: Element;
  /** Whose background it is that has its colour, and which colour. */
  sheet: Element | undefined;
  colour: Rgb | undefined;
}

interface Painted {
  element: Element;
  /** Unknown of pictures. */
  colour: Rgb | undefined;
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
  readonly #painted: Painted[] = [];
  #boxes: DOMRect[] | undefined;
  /** What is painted before or after what an element holds. */
  readonly #made = new Map<Element, Made[]>();
  readonly #pictured = new Map<Element, boolean>();

  add(doubt: Doubt, from: number, to: number, length: number): void {
    const ranges = this.#ranges[doubt];
    const last = ranges.at(-1);
    if (last?.to === from) Object.assign(last, { to, length: last.length + length });
    else ranges.push({ from, to, length });
  }

  addSameColour(part: number, length: number, text: Text, element: Element, { paper }: Place): void {
    this.#sameColour.push({ part, length, text, element, sheet: paper.element, colour: paper.colour });
  }

  /** Notes an element that paints a background of its own, or a picture. */
  addPainted(element: Element, colour?: Rgb): void {
    if (this.#painted.length < PAINTED_LIMIT) this.#painted.push({ element, colour });
  }

  /**
   * Empties what does not belong to the text, of which there are so many characters in all. Returns
   * how many of them no reader can see. What is not looked at again by the deadline counts as such.
   */
  settle(parts: string[], total: number, deadline: number): number {
    let hidden = 0;
    for (const doubt of ["fades", "see-through", "draft"] as const) {
      const ranges = this.#ranges[doubt];
      const length = ranges.reduce((sum, range) => sum + range.length, 0);
      if (length >= total * SHARES[doubt]) continue;
      for (const { from, to } of ranges) parts.fill("", from, to);
      if (doubt !== "draft") hidden += length;
    }
    this.#sameColour.forEach((suspect, i) => {
      if (parts[suspect.part] === "") return;
      if (i < SAME_COLOUR_LIMIT && performance.now() < deadline && this.#standsOnSomething(suspect)) return;
      parts[suspect.part] = "";
      hidden += suspect.length;
    });
    return hidden;
  }

  /** Whether a picture or a box of another colour lies between a text and the background of its colour. */
  #standsOnSomething({ text, element, sheet, colour }: SameColour): boolean {
    const place = textBox(text, element);
    const isOther = (other: Rgb | undefined): boolean => !other || !colour || !alike(other, colour);
    for (let ancestor: Element | null = element; ancestor; ancestor = parentElement(ancestor)) {
      const area = place.width * place.height * STANDS;
      if (this.#madeIn(ancestor).some((made) => isOther(made.colour) && made.area >= area)) return true;
      if (ancestor === sheet) break;
    }
    this.#boxes ??= this.#painted.map((painted) => box(painted.element));
    let covered = 0;
    this.#boxes.forEach((other, i) => {
      const painted = this.#painted[i] as Painted;
      if (!isOther(painted.colour) || Node.prototype.contains.call(painted.element, element)) return;
      if (!Element.prototype.checkVisibility.call(painted.element, VISIBLE)) return;
      covered += share(place, other);
    });
    return covered >= STANDS;
  }

  #madeIn(element: Element): Made[] {
    const known = this.#made.get(element);
    if (known) return known;
    const made = ["::before", "::after"].flatMap((pseudo) => madeBy(element, pseudo) ?? []);
    this.#made.set(element, made);
    return made;
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

const VISIBLE = { visibilityProperty: true, opacityProperty: true };

/** A box that the style puts before or after what an element holds: its colour, and how large it is. */
interface Made {
  colour: Rgb | undefined;
  area: number;
}

function madeBy(element: Element, pseudo: string): Made | undefined {
  const style = getComputedStyle(element, pseudo);
  // One in the line lies beside the text.
  if (style.content === "none" || ["none", "inline"].includes(style.display) || Number.parseFloat(style.opacity) === 0)
    return undefined;
  const { width, height } = style;
  const sides = [width, height].map(Number.parseFloat);
  const isKnown = style.transform === "none" && sides.every((side) => !Number.isNaN(side));
  const [across = 0, down = 0] = sides;
  const { colour, paints } = background(style, AS_PAINTED, undefined, () => new DOMRect(0, 0, across, down));
  return paints ? { colour, area: isKnown ? across * down : Number.POSITIVE_INFINITY } : undefined;
}
