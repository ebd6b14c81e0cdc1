// Formulas: what says in words what is drawn.

import { attribute, localName } from "./dom";

/** What draws a formula, and keeps its text for those who listen. */
const DRAWN = /(^|\s)(katex|MathJax|MathJax_SVG)(\s|$)/;
/** Names of pictures of formulas, and what their alternatives look like. */
const PICTURE = /\b(math|latex|tex|equation)\b/i;
const TEX = /^(\\|\$|\{\\)|\\frac|\^\{/;
/** What only sets a formula's size. */
const SIZE = /^\s*\{?\s*\\(display|text|script)style(?![a-z])/;

/** The formula (`math`) behind what is drawn in its place. */
export function drawnFormula(element: Element): Element | null {
  const isDrawn =
    localName(element) === "mjx-container" ||
    (localName(element) === "span" && DRAWN.test(attribute(element, "class") ?? ""));
  return isDrawn ? Element.prototype.querySelector.call(element, "math") : null;
}

/** What a formula or its picture was written as (TeX), as the extractor of articles reads it. */
export function formulaSource(element: Element): string | undefined {
  const name = localName(element);
  const written = name === "math" ? texOf(element) : name === "img" ? alternative(element) : undefined;
  return written?.replace(SIZE, "");
}

function texOf(math: Element): string | undefined {
  const annotation = Element.prototype.querySelector.call(math, 'annotation[encoding*="tex" i]');
  return annotation?.textContent ?? attribute(math, "alttext") ?? undefined;
}

function alternative(picture: Element): string | undefined {
  const alt = attribute(picture, "alt");
  return alt && (TEX.test(alt) || PICTURE.test(attribute(picture, "class") ?? "")) ? alt : undefined;
}
