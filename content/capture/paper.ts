// What text stands on: the backgrounds of the elements around it, as they lie on each other.

import { box } from "../page/dom";
import { alike, coloursIn, over, type Rgb, rgb } from "./colour";

/** How a painted colour is shown; unknown where an effect changes it that isn't followed. */
export type Shown = (colour: Rgb | undefined) => Rgb | undefined;

/** One sheet. */
export interface Paper {
  /** Unknown where it is not one: of a picture, of a gradient. */
  colour: Rgb | undefined;
  /** The element that it is the background of; none for what is under all of the page. */
  element: Element | undefined;
  beneath: Paper | undefined;
  /** Sheets in all. */
  height: number;
}

/** Of what an element paints, the parts of its own. */
interface Background {
  /** Behind its box: what there was, if it paints nothing there. */
  colour: Rgb | undefined;
  paints: boolean;
  /** Seen through its letters. */
  letters: { colour: Rgb | undefined } | undefined;
}

/** Lower sheets than this are not looked at. */
const HEIGHT_LIMIT = 20;
/** Of a box, what a background covers of it at least in each direction, if text is to stand on it. */
const COVER = 0.5;
/** Of a text, what lies on a sheet at least, if it is to stand on it. */
const STANDS = 0.25;

/** What an element paints behind its box and its letters, over what there is. */
export function background(
  style: CSSStyleDeclaration,
  shown: Shown,
  under: Rgb | undefined,
  area: () => DOMRect,
): Background {
  const { backgroundColor, backgroundImage } = style;
  const found: Background = { colour: under, paints: false, letters: undefined };
  if (backgroundColor === "rgba(0, 0, 0, 0)" && backgroundImage === "none") return found;
  const images = layers(backgroundImage);
  const [clips, sizes, repeats] = [style.backgroundClip, style.backgroundSize, style.backgroundRepeat].map(layers);
  const paint = (i: number, laid: (under: Rgb | undefined) => Rgb | undefined): void => {
    if (nth(clips, i) === "text") {
      found.letters = { colour: laid(found.letters ? found.letters.colour : under) };
      return;
    }
    const colour = laid(found.colour);
    if (colour === found.colour && colour) return;
    found.colour = colour;
    found.paints = true;
  };
  if (backgroundColor !== "rgba(0, 0, 0, 0)") {
    paint(images.length - 1, (below) => over(shown(rgb(backgroundColor)), below));
  }
  for (let i = images.length - 1; i >= 0; i -= 1) {
    const image = images[i] ?? "none";
    if (image === "none" || !covers(nth(sizes, i), nth(repeats, i), area)) continue;
    paint(i, (below) => soleColour(image, shown, below));
  }
  return found;
}

/** Lays what an element paints on what there is around it. */
export function lay(element: Element, colour: Rgb | undefined, paper: Paper): Paper {
  const beneath = paper.height < HEIGHT_LIMIT ? paper : undefined;
  return { colour, element, beneath, height: beneath ? paper.height + 1 : 1 };
}

/** The sheet that a text stands on: it may stand out of the box that it is in. */
export function under(text: DOMRect, papers: Paper): Paper {
  let paper = papers;
  while (paper.beneath && paper.element && share(text, box(paper.element)) < STANDS) paper = paper.beneath;
  return paper;
}

/** How much of one box another covers. */
export function share(one: DOMRect, other: DOMRect): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return width > 0 && height > 0 ? (width * height) / (one.width * one.height) : 0;
}

/** The colour of a gradient that is none on what is under it. */
function soleColour(image: string, shown: Shown, below: Rgb | undefined): Rgb | undefined {
  if (!/^[a-z-]+gradient\(/.test(image) || image.includes(" hue")) return undefined;
  const [first, ...others] = coloursIn(image).map((colour) => over(shown(colour), below));
  return first && others.every((other) => other && alike(first, other)) ? first : undefined;
}

/** Whether a layer of a background fills a box, more or less: a line under a text does not. */
function covers(size: string, repeat: string, area: () => DOMRect): boolean {
  if (!repeat.includes("no-repeat")) return !/^0(px|%)?( |$)|(^| )0(px|%)$/.test(size);
  const [across = "auto", down = "auto"] = size.split(" ");
  const isEnough = (length: string, side: "width" | "height"): boolean => {
    const value = Number.parseFloat(length);
    return Number.isNaN(value) || value >= (length.endsWith("%") ? 100 : area()[side]) * COVER;
  };
  return isEnough(across, "width") && isEnough(down, "height");
}

/** The values of a list: commas in brackets are their own. */
function layers(value: string): string[] {
  return value.split(/,\s*(?![^()]*(?:\([^()]*\)[^()]*)*\))/);
}

function nth(values: string[] | undefined, i: number): string {
  return values?.[i % values.length] ?? "";
}
