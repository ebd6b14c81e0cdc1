// What is not told to those who listen to a page because there is nothing in it to tell.

import {
  attribute,
  box,
  children,
  firstChild,
  isText,
  laidOutText,
  nextElement,
  nextSibling,
  nodeValue,
  ownerDocument,
  previousElement,
  textContent,
} from "../page/dom";
import type { TextLengths } from "./text_lengths";

/** Longer text is no ornament. */
const ORNAMENT_LENGTH = 2000;
/** Longer text is said in sentences. */
const SAID_LENGTH = 40;
/** Elements on each side of it in which the same text is looked for. */
const NEIGHBOURS = 8;
/** Fonts whose words are drawn as signs: the first of a list is, others stand in for it. */
const ICONS = /^[^,]*((?<![a-z])icon|icons\b|symbols\b|awesome|glyph)/i;
/** The name of a sign in such a font. */
const SIGN = /^\s*[a-z][a-z0-9_]{1,40}\s*$/i;
/** Names of what is written for those alone who listen. */
const FOR_LISTENERS = /(^|\s)(sr-only|screen-reader-text|visually-?hidden|a-offscreen)(\s|$)/;

/** Whether an element's word is drawn as a sign. */
export function isSign(element: Element): boolean {
  const text = firstChild(element);
  if (!text || !isText(text) || nextSibling(text) || !SIGN.test(nodeValue(text) ?? "")) return false;
  return ICONS.test(getComputedStyle(element).fontFamily);
}

/** Whether an element that is `aria-hidden` is a sign, a copy, or nothing to be seen now. */
export function isOrnament(element: Element, lengths: TextLengths): boolean {
  if (lengths.isMost(element)) return false;
  const style = getComputedStyle(element);
  if (isAway(element, style)) return true;
  if (attribute(element, "alt")) return false;
  const length = lengths.of(element);
  if (length > ORNAMENT_LENGTH) return false;
  if (!/[\p{L}\p{N}]/u.test(textContent(element) ?? "") || ICONS.test(style.fontFamily)) return true;
  const [inner] = children(element);
  if (inner && ICONS.test(getComputedStyle(inner).fontFamily)) return true;
  return hasDouble(element, lengths);
}

/** Whether it waits for its turn: a drawer beside the page, a slide that is not on. */
function isAway(element: Element, { display, opacity }: CSSStyleDeclaration): boolean {
  if (display === "contents") return false;
  if (Number.parseFloat(opacity) < 0.05) return true;
  const { left, right, width, height } = box(element);
  const view = ownerDocument(element)?.defaultView ?? window;
  return (width === 0 && height === 0) || right <= 0 || left >= view.innerWidth;
}

/** Whether an element beside it says the same, and is seen. */
function hasDouble(element: Element, lengths: TextLengths): boolean {
  let text: string | undefined;
  return neighbours(element).some((other) => {
    if (attribute(other, "aria-hidden") === "true" || lengths.of(other) > ORNAMENT_LENGTH) return false;
    text ??= words(element);
    if (words(other) !== text || FOR_LISTENERS.test(attribute(other, "class") ?? "")) return false;
    const { width, height } = box(other);
    return width > 1 && height > 1;
  });
}

/**
 * What those hear who listen to a page in place of a text that is drawn in pieces (`$` `29` `99`): the same letters, with
 * the signs between them.
 */
export function saidInstead(element: Element): Text | undefined {
  if (attribute(element, "aria-hidden") !== "true") return undefined;
  for (const other of [previousElement(element), nextElement(element)]) {
    const text = other && FOR_LISTENERS.test(attribute(other, "class") ?? "") ? firstChild(other) : null;
    if (!text || !isText(text) || nextSibling(text)) continue;
    const said = nodeValue(text) ?? "";
    if (said.length > SAID_LENGTH || (textContent(element)?.length ?? 0) > ORNAMENT_LENGTH) continue;
    if (letters(said) !== "" && letters(said) === letters(laidOutText(element))) return text;
  }
  return undefined;
}

function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, "");
}

function neighbours(element: Element): Element[] {
  const found: Element[] = [];
  for (const step of [previousElement, nextElement]) {
    let other = step(element);
    for (let i = 0; i < NEIGHBOURS && other; i += 1, other = step(other)) found.push(other);
  }
  return found;
}

function words(element: Element): string {
  return (textContent(element) ?? "").trim().replace(/\s+/g, " ");
}
