// Formulas: what says in words what is drawn.

import { attribute, isElement, localName, nextSibling, textContent } from "./dom";

/** What draws a formula, and keeps its text for those who listen. */
const DRAWN = /(^|\s)(katex|MathJax|MathJax_SVG)(\s|$)/;
/** Names of what MathJax draws, of which the script behind it says how it was written. */
const SCRIPTED = /(^|\s)(MathJax|MJXc|mjx-)/;
/** Attributes that say how what is drawn in an element was written. */
const WRITTEN = ["data-tex", "data-latex"];
/** Names of pictures of formulas, and what their alternatives look like. */
const PICTURE = /\b(math|latex|tex|equation)\b/i;
const TEX = /^(\\|\$|\{\\)|\\frac|\^\{/;
/** What only sets a formula's size. */
const SIZE = /^\s*\{?\s*\\(display|text|script)style(?![a-z])/;
/** A formula's source is not longer. */
const SOURCE_LENGTH = 400;
/** Nor are the signs that it is drawn with, in several forms. */
const DRAWN_LENGTH = 4000;
/** Words one after the other that are no commands: a formula has none. */
const SENTENCE = /(?:(?<![\\\p{L}])\p{L}{2,}[\s,]+){3}/u;

/** Whether a source that nobody sees may be a formula's, and does not tell something else. */
export function isFormula(source: string): boolean {
  return source.length <= SOURCE_LENGTH && !SENTENCE.test(source);
}

/** The formula (`math`) behind what is drawn in its place. */
export function drawnFormula(element: Element): Element | null {
  const isDrawn =
    localName(element) === "mjx-container" ||
    (localName(element) === "span" && DRAWN.test(attribute(element, "class") ?? ""));
  return isDrawn ? Element.prototype.querySelector.call(element, "math") : null;
}

/** What stands for a formula in an element that draws it, as attributes or the script behind it say (TeX). */
export function writtenFormula(element: Element): string | undefined {
  const source = sourceBeside(element);
  if (!source?.trim() || !isFormula(source)) return undefined;
  const drawn = textContent(element) ?? "";
  return drawn.length > DRAWN_LENGTH || SENTENCE.test(drawn) ? undefined : source;
}

function sourceBeside(element: Element): string | null | undefined {
  const name = localName(element);
  if (name === "img") return attribute(element, "eeimg") === null ? undefined : attribute(element, "alt");
  if (name === "button") return undefined;
  const written = WRITTEN.map((attributeName) => attribute(element, attributeName)).find((source) => source);
  if (written || !SCRIPTED.test(attribute(element, "class") ?? "")) return written;
  const script = nextSibling(element);
  const isSource = script && isElement(script) && /^math\/tex/i.test(attribute(script, "type") ?? "");
  return isSource ? textContent(script) : undefined;
}

/** What a formula or its picture was written as (TeX), as the extractor of articles reads it. */
export function formulaSource(element: Element): string | undefined {
  const written = writtenFormula(element) ?? ownSource(drawnFormula(element) ?? element);
  return written?.replace(SIZE, "");
}

function ownSource(element: Element): string | undefined {
  const name = localName(element);
  return name === "math" ? texOf(element) : name === "img" ? alternative(element) : undefined;
}

function texOf(math: Element): string | undefined {
  const annotation = Element.prototype.querySelector.call(math, 'annotation[encoding*="tex" i]');
  return annotation?.textContent ?? attribute(math, "alttext") ?? undefined;
}

function alternative(picture: Element): string | undefined {
  const alt = attribute(picture, "alt");
  return alt && (TEX.test(alt) || PICTURE.test(attribute(picture, "class") ?? "")) ? alt : undefined;
}
