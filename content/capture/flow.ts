// How an element's box stands in the text around it, whatever its name is, and the tags that say so.

import {
  attribute,
  box,
  children,
  isFrame,
  localName,
  parentElement,
  previousElement,
  previousSibling,
  textContent,
} from "../page/dom";
import { attributes } from "./markup";
import type { TextLengths } from "./text_lengths";

/** What the elements around one decide. */
export interface Flow {
  /** Boxes in here follow each other in one line. */
  line: boolean;
  /** Line breaks in here are kept anyway. */
  preformatted: boolean;
}

export const OUTERMOST: Flow = { line: false, preformatted: false };

/** Elements that stand in a line by their names. */
const INLINE = new Set(
  (
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i ins kbd label mark q s samp small span " +
    "strike strong sub sup time tt u var"
  ).split(" "),
);
const IN_ROW = new Set([...INLINE, "img", "svg", "picture"]);
/** Elements that say nothing about what is in them. */
const GENERIC = new Set(["div", "p", "section", "span"]);
const HEADING = /^h[1-6]$/;

/** Of letters: a box that is not higher stands in a line. */
const LINE_HEIGHT = 2.2;
/** Of letters: what a space is wide, at least. */
const SPACE_WIDTH = 0.12;
/** Of the letters around them, what raised ones are at most. */
const SMALL = 0.9;
/** Of their own height, how far raised letters are moved at least: those of icons are put straight. */
const SHIFT = 0.25;
/** Longer text is no exponent and no mark of a note. */
const RAISED_LENGTH = 40;
/** Longer text is not compared with what its element is called, and is no column. */
const LABEL_LENGTH = 2000;

/** Empty for what is no box of its own. */
interface Tags {
  start: string;
  end: string;
}

/** Start and end tag of an element. */
export function tags(element: Element, { line }: Flow): Tags {
  const name = localName(element);
  if (name === "slot") return { start: "", end: "" };
  const style = getComputedStyle(element);
  const { display } = style;
  const custom = !/^[a-z][a-z0-9]*$/.test(name);
  if (display === "contents" && (custom || GENERIC.has(name))) return { start: "", end: "" };
  const inline = display.startsWith("inline") || display === "contents" || display.startsWith("ruby");
  const markup = attributes(element);
  const as = (written: string): Tags => ({ start: `<${written}${markup}>`, end: `</${written}>` });
  const apart = (written: string): Tags => ({ start: ` <${written}${markup}>`, end: `</${written}> ` });
  const inLine = (written: string): Tags => {
    const { start, end } = asRaised(element, style, written, as);
    const before = previousElement(element);
    const isBeside = before !== null && before === previousSibling(element) && display.startsWith("inline-");
    const isApart = isBeside && (hasRoom(style) || hasGap(before, element, style));
    return { start: isApart ? ` ${start}` : start, end };
  };
  if (isFrame(element) || name === "body" || name === "frameset") return as("div");
  if (INLINE.has(name)) {
    if (inline) return inLine(name);
    const isBeside = style.position === "absolute" || style.position === "fixed" || style.float !== "none";
    if (line || isBeside || display === "table-cell") return apart(name);
    return name === "span" ? as("div") : { start: `<div><${name}${markup}>`, end: `</${name}></div>` };
  }
  if (custom || GENERIC.has(name)) {
    if (inline && isLow(element, display, style)) return inLine("span");
    if (line) return apart("span");
    return as(custom ? "div" : name);
  }
  return as(name);
}

/** Tags that also say what the style alone does: that a text is raised or lowered. */
function asRaised(element: Element, style: CSSStyleDeclaration, name: string, as: (written: string) => Tags): Tags {
  const raised = name === "sup" || name === "sub" ? undefined : raisedAs(element, style);
  if (!raised) return as(name);
  if (name === "span") return as(raised);
  const { start, end } = as(name);
  return { start: `<${raised}>${start}`, end: `${end}</${raised}>` };
}

/** What an element would be called whose text the style raises or lowers among the text around it. */
export function raisedAs(element: Element, style: CSSStyleDeclaration): "sup" | "sub" | undefined {
  const { fontSize } = style;
  const shift = shiftOf(style);
  if (!shift) return undefined;
  const parent = parentElement(element);
  // A box that is only put straight is as large as the text around it.
  const around = Number.parseFloat(parent ? getComputedStyle(parent).fontSize : fontSize);
  const isSmall = Number.parseFloat(fontSize) < around * SMALL;
  if (!isSmall || (textContent(element)?.length ?? 0) > RAISED_LENGTH) return undefined;
  return shift;
}

/** Which way the style moves a text within its line. */
function shiftOf({ verticalAlign, position, top, fontSize }: CSSStyleDeclaration): "sup" | "sub" | undefined {
  if (verticalAlign === "super") return "sup";
  if (verticalAlign === "sub") return "sub";
  const moved = position === "relative" ? Number.parseFloat(top) : 0;
  if (!(Math.abs(moved) >= Number.parseFloat(fontSize) * SHIFT)) return undefined;
  return moved < 0 ? "sup" : "sub";
}

/** The flow inside of an element. */
export function flowIn(element: Element, outer: Flow, lengths: TextLengths): Flow {
  const name = localName(element);
  return {
    line: outer.line || HEADING.test(name) || isRow(element) || isSplit(element, lengths),
    preformatted: outer.preformatted || name === "pre",
  };
}

/** Whether the page keeps the line breaks of a text that stands in an element. */
export function keepsLines(element: Element): boolean {
  return !["", "collapse", "preserve-spaces"].includes(getComputedStyle(element).whiteSpaceCollapse);
}

/** Whether a box in a line is told apart from a box beside it. */
function hasRoom(style: CSSStyleDeclaration): boolean {
  const { marginLeft, marginRight, paddingLeft, paddingRight, fontSize } = style;
  const room = [marginLeft, marginRight, paddingLeft, paddingRight].reduce(
    (sum, side) => sum + Number.parseFloat(side),
    0,
  );
  return room >= Number.parseFloat(fontSize) * SPACE_WIDTH;
}

/** Whether the text before a box ends some way from where its own begins, as in columns of a fixed width. */
function hasGap(before: Element, element: Element, style: CSSStyleDeclaration): boolean {
  if (!isLow(before, "inline-block", style) || !isLow(element, "inline-block", style)) return false;
  const lengths = [before, element].map((part) => (textContent(part) ?? "").trim().length);
  // Letters of a word that are moved one by one.
  if (lengths.every((length) => length <= 1) || lengths.some((length) => length > LABEL_LENGTH)) return false;
  const [one, other] = [textBox(before), textBox(element)];
  const isSameLine = one.top < other.bottom && other.top < one.bottom;
  const gap = Math.max(other.left - one.right, one.left - other.right);
  return isSameLine && gap >= Number.parseFloat(style.fontSize) * SPACE_WIDTH;
}

/** Where the text in an element is. */
function textBox(element: Element): DOMRect {
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  return range.getBoundingClientRect();
}

/** Whether a box is no higher than a line; a higher one is a column or a card. */
function isLow(element: Element, display: string, { fontSize }: CSSStyleDeclaration): boolean {
  return !display.startsWith("inline-") || box(element).height <= Number.parseFloat(fontSize) * LINE_HEIGHT;
}

/** Whether it lays out short texts beside each other: a label and its value, a line of a table. */
function isRow(element: Element): boolean {
  const { display, flexDirection } = getComputedStyle(element);
  if (display !== "flex" && display !== "inline-flex") return false;
  return flexDirection.startsWith("row") && [...children(element)].every((child) => IN_ROW.has(localName(child)));
}

/** Whether a text was taken apart, to be moved letter by letter, word by word or line by line. */
function isSplit(element: Element, lengths: TextLengths): boolean {
  const label = attribute(element, "aria-label");
  if (!label) return false;
  const length = lengths.of(element);
  if (length === 0 || length > LABEL_LENGTH) return false;
  const letters = (text: string): string => text.replace(/\s+/g, "");
  return letters(label) === letters(textContent(element) ?? "");
}
