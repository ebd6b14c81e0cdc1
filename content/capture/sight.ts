// What of a page's laid-out text a reader can see: what is said to the layout by opacity, size,
// clipping, colour and place. Followed down the tree, from each element to what is in it.
//
// What appears only after a click or on scrolling is seen: folded and sliding boxes, sections that
// fade in. What covers something else is not looked for: it may be a dialog that will be closed.

import { attribute, box, children, document, isEditable, localName, parentElement } from "../page/dom";
import { clipsAll } from "./clipping";
import { alike, coloursIn, over, type Rgb, rgb, WHITE } from "./colour";
import { hasControl, isOperable } from "./control";
import { AS_PAINTED, filterBlur, filterOpacity, masksAll, shownThrough } from "./effects";
import { background, lay, type Paper, type Shown, under } from "./paper";
import { isFoldedPanel } from "./tabs";
import type { TextLengths } from "./text_lengths";

/** Fainter text is not read. */
const FAINT = 0.05;
/** Smaller text is not read. */
const FONT_PX = 2;
/** A blur by more than this leaves nothing of a letter. */
const BLUR_PX = 16;
/** A lower or narrower room shows no line. */
const ROOM_PX = 8;
/** What is under a page that asks for a dark one. */
const DARK: Rgb = { red: 18, green: 18, blue: 18, alpha: 1 };
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
  /** What the text stands on. */
  paper: Paper;
  /** How colours are shown that are painted here. */
  shown: Shown;
  /** What is seen through the letters, if anything is. */
  letters: { colour: Rgb | undefined } | undefined;
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
    paper: { colour: canvas(), element: undefined, beneath: undefined, height: 1 },
    shown: AS_PAINTED,
    letters: undefined,
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
  layPaper(place, html, style);
  if (style.position === "fixed") place.above = Math.max(0, -box(html).top);
  return html === root ? place : fade(place, html, style, undefined);
}

/** What the browser paints under a page. */
function canvas(): Rgb {
  const asked = getComputedStyle(document.documentElement).colorScheme;
  const named = asked === "normal" ? document.querySelector('meta[name="color-scheme" i]') : null;
  const scheme = named ? (attribute(named, "content") ?? "") : asked;
  const isDark =
    scheme.includes("dark") && (!scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
  return isDark ? DARK : WHITE;
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
  if (isWithout(element, style)) vanish(place, element, style, lengths);
  if (facesAway(element, style)) place.hidden = true;
  layPaper(place, element, style);
  if (isFolded(element, style)) place.folded = true;
  else if (localName(element) === "details" && attribute(element, "open") === null) place.hidden = true;
  else if (style.contentVisibility === "hidden") place.hidden = true;
  const { position } = style;
  if (position === "fixed") fix(place, element, lengths);
  if (position === "fixed" || (position === "absolute" && outer.clipped === "box")) place.clipped = undefined;
  if (slides(style, MOVES)) slideIn(place, element);
  if (outer.windowed && style.transform !== "none") place.moves = true;
  const isBox = display !== "inline" || localName(element) === "iframe";
  if (isBox && !place.folded) clip(place, element, style);
  return place;
}

/** What moves has a way into view: in a box that shows a part of it, or as the page comes to it, perhaps. */
function slideIn(place: Place, element: Element): void {
  if (!place.windowed) {
    const own = box(element);
    if (place.moves || own.width === 0 || own.height === 0 || !isOutside(own, place)) return;
    place.doubt ??= "fades";
  }
  place.moves = true;
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
  const opacity = place.doubt === "fades" ? 1 : place.opacity;
  const inks = paints(style, place).map((ink) => ink && { ...ink, alpha: ink.alpha * opacity });
  if (inks.includes(undefined)) return "seen";
  const visible = inks.filter((ink) => ink && ink.alpha >= FAINT);
  if (visible.length === 0) return "see-through";
  const isLost = ({ colour }: Paper): boolean =>
    colour !== undefined && visible.every((ink) => alike(over(ink, colour) ?? colour, colour));
  // Where the text lies is asked only if it matters.
  for (let paper: Paper | undefined = place.paper; paper; paper = paper.beneath) {
    if (isLost(paper)) return isLost(under(textBox(text, element), place.paper)) ? "same-colour" : "seen";
  }
  return "seen";
}

/** What the letters of an element are painted in: their fill, shadows, outline. */
function paints(style: CSSStyleDeclaration, { shown, letters }: Place): (Rgb | undefined)[] {
  const fill = shown(rgb(style.webkitTextFillColor));
  const found = [letters ? over(fill, letters.colour) : fill];
  if (style.textShadow !== "none") found.push(...coloursIn(style.textShadow).map(shown));
  if (Number.parseFloat(style.webkitTextStrokeWidth) > 0) found.push(shown(rgb(style.webkitTextStrokeColor)));
  return found;
}

/** Whether what is in an element has no layout now, and gets one when it is opened or scrolled to. */
function isFolded(element: Element, { contentVisibility }: CSSStyleDeclaration): boolean {
  if (localName(element) === "details") return attribute(element, "open") === null && canBeOpened(element);
  return contentVisibility === "auto" || attribute(element, "hidden") === "until-found" || isFoldedPanel(element);
}

/** Whether a click unfolds details: one that has no summary says so by itself. */
function canBeOpened(details: Element): boolean {
  const summary = [...children(details)].find((child) => localName(child) === "summary");
  return summary === undefined || isOperable(summary);
}

/** Whether an element's own shape, mask or blur leaves nothing of it. */
function isWithout(element: Element, style: CSSStyleDeclaration): boolean {
  return (
    masksAll(style, FAINT) ||
    filterBlur(style.filter) >= BLUR_PX ||
    clipsAll(style.clipPath, style.clip, () => box(element))
  );
}

/** Whether an element shows its back, which is not painted, and is no card that turns. */
function facesAway(element: Element, style: CSSStyleDeclaration): boolean {
  // To ask for a transform is to have all of the page laid out.
  if (style.backfaceVisibility !== "hidden") return false;
  const { rotate, transform } = style;
  const [turn = "0deg", ...axis] = rotate === "none" ? [] : rotate.split(" ").reverse();
  const around = { x: "1,0,0", y: "0,1,0" }[axis.join()] ?? (axis.length === 3 ? axis.reverse().join() : "0,0,1");
  const turned = new DOMMatrix(`rotate3d(${around},${turn})`).multiply(new DOMMatrix(transform));
  const parent = parentElement(element);
  return turned.m33 < 0 && !(parent && getComputedStyle(parent).transformStyle === "preserve-3d");
}

/** Takes an element's opacity into account. */
function fade(place: Place, element: Element, style: CSSStyleDeclaration, lengths: TextLengths | undefined): Place {
  const opacity = Number.parseFloat(style.opacity) * filterOpacity(style.filter);
  if (opacity === 1) return place;
  const before = place.opacity;
  place.opacity *= opacity;
  if (place.opacity < FAINT && before >= FAINT) vanish(place, element, style, lengths);
  return place;
}

/** What is not seen of an element may come to be. */
function vanish(place: Place, element: Element, style: CSSStyleDeclaration, lengths: TextLengths | undefined): void {
  if (lengths && mayFadeIn(element, style, place, lengths)) place.doubt ??= "fades";
  else place.hidden = true;
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
  return (
    slides(style, /all|opacity|filter|clip|mask/) || style.willChange.includes("opacity") || style.transform !== "none"
  );
}

/** Properties that bring something into view. */
const MOVES = /all|transform|translate|left|right|top|bottom|inset|margin/;

/** Whether a change of certain properties is made slowly, for somebody to see. */
function slides(style: CSSStyleDeclaration, properties: RegExp): boolean {
  const { transitionDuration } = style;
  if (transitionDuration !== "0s" && /[1-9]/.test(transitionDuration)) {
    if (properties.test(style.transitionProperty)) return true;
  }
  return style.animationName !== "none" && /[1-9]/.test(style.animationDuration);
}

/** What the text in an element stands on, and how its colours are shown. */
function layPaper(place: Place, element: Element, style: CSSStyleDeclaration): void {
  const { paper } = place;
  if (style.filter !== "none" || style.mixBlendMode !== "normal") {
    place.shown = shownThrough(style, place.shown, () => (blendsWith(element, paper) ? paper.colour : undefined));
  }
  const { colour, paints: isPainted, letters } = background(style, place.shown, paper.colour, () => box(element));
  if (letters) place.letters = letters;
  if (!isPainted) return;
  place.paper = lay(element, colour, paper);
  place.letters = letters;
}

/** Whether an element is blended with a sheet: groups between them may keep it apart. */
function blendsWith(element: Element, paper: Paper): boolean {
  for (let around = parentElement(element); around && around !== paper.element; around = parentElement(around)) {
    if (localName(around) === "html") return true;
    const { isolation, mixBlendMode, opacity, position, transform, willChange, zIndex, filter } =
      getComputedStyle(around);
    const isPlaced = position === "fixed" || position === "sticky" || zIndex !== "auto";
    const isDrawnApart = transform !== "none" || opacity !== "1" || willChange !== "auto" || filter !== "none";
    if (isPlaced || isDrawnApart || isolation === "isolate" || mixBlendMode !== "normal") return false;
  }
  return true;
}

/** Whether an element leaves room for what is in it. */
function clip(place: Place, element: Element, style: CSSStyleDeclaration): void {
  const name = localName(element);
  if (name === "body") return;
  if (style.overflowX === "visible" && style.overflowY === "visible" && name !== "iframe") return;
  place.windowed = true;
  if (element.scrollLeft !== 0 || element.scrollTop !== 0) place.moves = true;
  const [width, height] = roomIn(element);
  if (width >= ROOM_PX && height >= ROOM_PX) return;
  const opening = width >= ROOM_PX || height >= ROOM_PX ? opens(element, style) : "never";
  if (opening === "perhaps") place.doubt ??= "fades";
  else if (opening === "never") place.clipped = style.position === "static" ? "box" : "positioned";
}

/** What an element shows of what is in it: a frame's border shows nothing. */
function roomIn(element: Element): [number, number] {
  if (localName(element) === "iframe") return [element.clientWidth, element.clientHeight];
  const { width, height } = box(element);
  return [width, height];
}

/** Whether a flat box is one that a click unfolds, or at least unfolds slowly. */
function opens(element: Element, style: CSSStyleDeclaration): "on a click" | "perhaps" | "never" {
  const sizes = /all|height|width|size|grid|flex/;
  const parent = parentElement(element);
  if (slides(style, sizes) || (parent && slides(getComputedStyle(parent), sizes))) {
    return hasControl(element) ? "on a click" : "perhaps";
  }
  const id = attribute(element, "id");
  if (!id) return "never";
  const names = ["aria-controls", "data-target", "data-bs-target"];
  const selector = names.map((name) => `[${name}~="${CSS.escape(id)}"],[${name}="#${CSS.escape(id)}"]`).join();
  const control = Element.prototype.closest.call(element, "html")?.querySelector(selector);
  return control && isOperable(control) ? "on a click" : "never";
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
  return isOutside(textBox(text, element), place);
}

/** Where a text is that stands in an element. */
export function textBox(text: Node, element: Element): DOMRect {
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(text);
  return range.getBoundingClientRect();
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
