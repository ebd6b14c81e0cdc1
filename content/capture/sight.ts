// What of a page's laid-out text a reader can see: what is said to the layout by opacity, size,
// clipping, colour and place. Followed down the tree, from each element to what is in it.
//
// What appears only after a click or on scrolling is seen: folded and sliding boxes, sections that
// fade in. What covers something else is not looked for: it may be a dialog that will be closed.

import { attribute, box, document, isEditable, localName, parentElement } from "../page/dom";
import { clipsAll, filtersAll } from "./clipping";
import { alike, allTransparent, type Rgb, rgb } from "./colour";
import { isFoldedPanel } from "./tabs";
import type { TextLengths } from "./text_lengths";

/** Fainter text is not read. */
const FAINT = 0.05;
/** Smaller text is not read. */
const FONT_PX = 2;
/** A first line moved so far from its box is a way to hide it. */
const INDENT_PX = -500;

/** Why it isn't known whether a part belongs to the page's text. */
export type Doubt =
  /** Invisible now, it may fade in: sections that are scrolled to, a page that is just coming up. */
  | "fades"
  /** Letters without colour: a text layer over a picture of the same text, or a trick. */
  | "see-through"
  /** Editable: somebody's draft, or a whole page that can be edited. */
  | "draft";

/** Where text stands, as far as its ancestors decide. */
export interface Place {
  /** Nothing here is seen. */
  hidden: boolean;
  /** What is seen only perhaps, and why. */
  doubt: Doubt | undefined;
  opacity: number;
  /** What the text stands on, where that is one colour. */
  paper: Rgb | undefined;
  /** The element that the colour is of. */
  sheet: Element | undefined;
  /** A background is seen through the letters. */
  stencil: boolean;
  /** In a box without room; one that is not positioned lets go of what is. */
  clipped: "box" | "positioned" | undefined;
  /** In a box that shows only part of what is in it. */
  windowed: boolean;
  /** It can be brought into view: by scrolling a box, or it slides in. */
  moves: boolean;
  /** The layout of what is folded away is not known. */
  folded: boolean;
  /** It does not move when the page is scrolled. */
  fixed: boolean;
  /** How far above the view a page begins that is held in its place, as if it were scrolled. */
  above: number;
  /** The page cannot be scrolled to the side. */
  cropped: boolean;
  view: Window;
}

/** A text and how it is seen. */
export type Sight = "seen" | "unseen" | "same-colour" | "see-through";

/** Where the page's own text begins. */
export function outermost(root: Element): Place {
  const view = root.ownerDocument.defaultView ?? window;
  const place: Place = {
    hidden: false,
    doubt: undefined,
    opacity: 1,
    paper: { red: 255, green: 255, blue: 255, alpha: 1 },
    sheet: undefined,
    stencil: false,
    clipped: undefined,
    windowed: false,
    moves: false,
    folded: false,
    fixed: false,
    above: 0,
    cropped: [document.documentElement, root].some((element) => crops(getComputedStyle(element))),
    view,
  };
  const html = document.documentElement;
  const style = getComputedStyle(html);
  if (style.colorScheme.includes("dark")) place.paper = undefined;
  layPaper(place, html, style);
  if (style.position === "fixed") place.above = Math.max(0, -box(html).top);
  return html === root ? place : fade(place, html, style, undefined);
}

/** Where the text of a frame's document begins. */
export function enterFrame(inside: Document, outer: Place): Place {
  const place = { ...outer, view: inside.defaultView ?? outer.view };
  const html = Document.prototype.querySelector.call(inside, ":root");
  if (!html) return place;
  const style = getComputedStyle(html);
  layPaper(place, html, style);
  return fade(place, html, style, undefined);
}

/** The place inside of an element that stands in another. */
export function enter(element: Element, outer: Place, lengths: TextLengths): Place {
  const place = { ...outer };
  const style = getComputedStyle(element);
  const { display } = style;
  if (!outer.doubt && isEditable(element)) place.doubt = "draft";
  // No box of its own: nothing of what follows holds.
  if (display === "contents") return place;
  fade(place, element, style, lengths);
  if (filtersAll(style.filter) || clipsAll(style.clipPath, style.clip) || allTransparent(style.maskImage)) {
    place.hidden = true;
  }
  layPaper(place, element, style);
  if (isFolded(element, style)) place.folded = true;
  else if (style.contentVisibility === "hidden") place.hidden = true;
  const { position } = style;
  if (position === "fixed") fix(place, element, lengths);
  if (position === "fixed" || (position === "absolute" && outer.clipped === "box")) place.clipped = undefined;
  if (slides(style, /all|transform|translate|left|right|top|bottom|inset|margin/)) place.moves = true;
  if (outer.windowed && style.transform !== "none") place.moves = true;
  const isBox = display !== "inline" || localName(element) === "iframe";
  if (isBox && !place.folded) clip(place, element, style);
  return place;
}

/** A whole page is held where it is while a dialog is open over it: it will be scrolled again. */
function fix(place: Place, element: Element, lengths: TextLengths): void {
  const { top } = box(element);
  const isInView = top < place.view.innerHeight && top + element.scrollHeight > 0;
  if (!isInView || !lengths.isMost(element)) place.fixed = true;
  else place.above = Math.max(0, -top);
}

/** Whether a text that stands directly in an element is seen; or what is drawn in it, given the element twice. */
export function sightOf(text: Node, element: Element, place: Place): Sight {
  const style = getComputedStyle(element);
  if (Number.parseFloat(style.fontSize) < FONT_PX) return "unseen";
  if (isIndentedAway(style)) return "unseen";
  if (!place.folded && isOutOfSight(text, element, place)) return "unseen";
  const fill = rgb(style.webkitTextFillColor);
  if (!fill || place.stencil) return "seen";
  if (fill.alpha < FAINT) return hasOutline(style) ? "seen" : "see-through";
  const same = place.paper !== undefined && alike(fill, place.paper) && !hasOutline(style);
  return same ? "same-colour" : "seen";
}

/** Whether what is in an element has no layout now, and gets one when it is opened or scrolled to. */
function isFolded(element: Element, { contentVisibility }: CSSStyleDeclaration): boolean {
  if (localName(element) === "details") return attribute(element, "open") === null;
  return contentVisibility === "auto" || attribute(element, "hidden") === "until-found" || isFoldedPanel(element);
}

/** Takes an element's opacity into account. */
function fade(place: Place, element: Element, style: CSSStyleDeclaration, lengths: TextLengths | undefined): Place {
  const { opacity } = style;
  if (opacity === "1") return place;
  const before = place.opacity;
  place.opacity *= Number.parseFloat(opacity);
  if (place.opacity >= FAINT || before < FAINT) return place;
  if (lengths && mayFadeIn(element, style, place, lengths)) place.doubt ??= "fades";
  else place.hidden = true;
  return place;
}

/**
 * Whether something invisible is on its way into sight, or waits for being scrolled to. Pages that
 * want to hide something can look the same: see `Doubts`.
 */
function mayFadeIn(element: Element, style: CSSStyleDeclaration, { view }: Place, lengths: TextLengths): boolean {
  if (element.getAnimations().some(({ playState }) => playState === "running")) return true;
  if (lengths.isMost(element)) return true;
  const { top, bottom } = box(element);
  if (bottom > 0 && top < view.innerHeight) return false;
  return slides(style, /all|opacity/) || style.willChange.includes("opacity") || style.transform !== "none";
}

/** Whether a change of certain properties is made slowly, for somebody to see. */
function slides(style: CSSStyleDeclaration, properties: RegExp): boolean {
  const { transitionDuration } = style;
  if (transitionDuration !== "0s" && /[1-9]/.test(transitionDuration)) {
    if (properties.test(style.transitionProperty)) return true;
  }
  return style.animationName !== "none" && /[1-9]/.test(style.animationDuration);
}

/** What the text in an element stands on. */
function layPaper(place: Place, element: Element, style: CSSStyleDeclaration): void {
  const { backgroundColor, backgroundImage } = style;
  const sole = soleColour(backgroundImage);
  const picture = backgroundImage !== "none" && !sole;
  if (backgroundColor === "rgba(0, 0, 0, 0)" && backgroundImage === "none") return;
  if (style.backgroundClip.includes("text")) place.stencil = true;
  const colour = sole ?? rgb(backgroundColor);
  place.paper = colour?.alpha === 1 && !picture ? colour : undefined;
  place.sheet = element;
}

/** The colour of a gradient that is no gradient. */
function soleColour(image: string): Rgb | undefined {
  if (!/^[a-z-]+gradient\(/.test(image) || image.includes("url(")) return undefined;
  const [first, ...others] = image.match(/rgba?\([^)]*\)/g) ?? [];
  const colour = first !== undefined && others.every((other) => other === first) ? rgb(first) : undefined;
  return colour?.alpha === 1 ? colour : undefined;
}

/** Whether an element leaves room for what is in it. */
function clip(place: Place, element: Element, style: CSSStyleDeclaration): void {
  const name = localName(element);
  if (name === "body") return;
  if (style.overflowX === "visible" && style.overflowY === "visible" && name !== "iframe") return;
  place.windowed = true;
  if (element.scrollLeft !== 0 || element.scrollTop !== 0) place.moves = true;
  const [width, height] = roomIn(element);
  if (width > 1 && height > 1) return;
  const canBeOpened = (width > 1 || height > 1) && opens(element, style);
  if (!canBeOpened) place.clipped = style.position === "static" ? "box" : "positioned";
}

/** What an element shows of what is in it: a frame's border shows nothing. */
function roomIn(element: Element): [number, number] {
  if (localName(element) === "iframe") return [element.clientWidth, element.clientHeight];
  const { width, height } = box(element);
  return [width, height];
}

/** Whether a flat box is one that a click unfolds. */
function opens(element: Element, style: CSSStyleDeclaration): boolean {
  const sizes = /all|height|width|size|grid|flex/;
  if (slides(style, sizes)) return true;
  const parent = parentElement(element);
  if (parent && slides(getComputedStyle(parent), sizes)) return true;
  const id = attribute(element, "id");
  if (!id) return false;
  const names = ["aria-controls", "data-target", "data-bs-target"];
  const selector = names.map((name) => `[${name}~="${CSS.escape(id)}"],[${name}="#${CSS.escape(id)}"]`).join();
  return Element.prototype.closest.call(element, "html")?.querySelector(selector) != null;
}

function isIndentedAway({ textIndent, overflowX, whiteSpaceCollapse, textWrapMode }: CSSStyleDeclaration): boolean {
  if (textIndent === "0px") return false;
  const indent = Number.parseFloat(textIndent);
  if (!textIndent.endsWith("%")) return indent <= INDENT_PX;
  return indent <= -100 || (indent >= 100 && overflowX !== "visible" && `${whiteSpaceCollapse}${textWrapMode}` !== "");
}

/** Whether a text has no size, or stands where no scrolling leads. */
function isOutOfSight(text: Node, element: Element, place: Place): boolean {
  if (!isOutside(box(element), place)) return false;
  // The box may be empty or elsewhere, and the text stand outside of it.
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(text);
  return isOutside(range.getBoundingClientRect(), place);
}

function isOutside(text: DOMRect, { moves, windowed, fixed, above, cropped, view }: Place): boolean {
  const { width, height, left, right, top, bottom } = text;
  if (width < FONT_PX || height < FONT_PX) return true;
  if (moves) return false;
  if (fixed) return right <= 0 || bottom <= 0 || left >= view.innerWidth || top >= view.innerHeight;
  if (bottom + view.scrollY + above <= 0) return true;
  if (windowed) return false;
  return right + view.scrollX <= 0 || (cropped && left + view.scrollX >= view.innerWidth);
}

function crops({ overflowX }: CSSStyleDeclaration): boolean {
  return overflowX === "hidden" || overflowX === "clip";
}

/** Letters without a fill may have a shadow or an outline. */
function hasOutline({ textShadow, webkitTextStrokeWidth }: CSSStyleDeclaration): boolean {
  return (textShadow !== "none" && !allTransparent(textShadow)) || Number.parseFloat(webkitTextStrokeWidth) > 0;
}
