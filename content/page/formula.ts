// Formulas: what says in words what is drawn.

import { attribute, isElement, localName, nextSibling, textContent } from "./dom";

/** What draws a formula, and keeps its text for those who listen. */
const DRAWN = /(^|\s)(katex|MathJax|MathJax_SVG)(\s|$)/;
/** Names of what MathJax draws, of which the script behind it says how it was written. */
const SCRIPTED = /(^|\s)(MathJax|MJXc|mjx-)/;
/** Attributes that say how what is drawn in an element was written. */
const WRITTEN = ["data-tex", "data-latex"];
/** Names of pictures of formulas, and what their alternatives look like. */
const PICTURE = /(?<![a-z0-9])(math|latex|tex|equation|formula)(?![a-z0-9])/i;
const TEX = /^(\\|\$|\{\\)|\\frac|\^\{/;
/** What only sets a formula's size. */
const SIZE = /^\s*\{?\s*\\(display|text|script)style(?![a-z])/;
/** A formula's source is not longer. */
const SOURCE_LENGTH = 400;
/** Nor are the signs that it is drawn with, in several forms. */
const DRAWN_LENGTH = 4000;

const WORD = String.raw`(?<![\\\p{L}])\p{L}{2,}`;
/** What stands between words as a space does, in TeX: two arguments of a command are apart, not one after the other. */
const SPACE = String.raw`(?:[\s,~]|\\[ ,;:!]|\\q?quad(?!\p{L})|\\(?:text|math|mbox)[a-z]*|\}(?!\{)|(?<!\})\{)`;
/** What may stand within one word of a formula as well. */
const JOINT = `(?:${SPACE}|[-_.;:!?'"/])`;
/** Scripts that leave no spaces between words. */
const UNSPACED = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar", "Tibetan"]
  .map((script) => String.raw`\p{Script=${script}}`)
  .join("");
/** Words one after the other that are no commands: a formula has none. */
const SENTENCE = new RegExp(
  `${WORD}(?:${SPACE}+${WORD}){2}|${WORD}(?:${JOINT}+${WORD}){3}|(?:[${UNSPACED}](?:${JOINT}|[、。，；：])*){13}|\\p{L}{30}`,
  "u",
);

/** Whether a source that nobody sees may be a formula's, and does not tell something else. */
export function isFormula(source: string): boolean {
  return source.length <= SOURCE_LENGTH && !SENTENCE.test(source);
}

/** The formula (`math`) behind what is drawn in its place. */
export function drawnFormula(element: Element): Element | null {
  const isDrawn =
    localName(element) === "mjx-container" ||
    (localName(element) === "span" && DRAWN.test(attribute(element, "class") ?? ""));
  const math = isDrawn ? Element.prototype.querySelector.call(element, "math") : null;
  return math && repeats(math, element) ? math : null;
}

/** Whether what a formula says in words, if it does, is said by what is drawn around it as well. */
function repeats(math: Element, drawn: Element): boolean {
  const [said = "", around = ""] = [textContent(math), textContent(drawn)].map((text) => text ?? "");
  if (said.length <= DRAWN_LENGTH && !SENTENCE.test(said)) return true;
  const beside = around.replace(said, "");
  return said.match(/\p{L}{3,}/gu)?.every((word) => beside.includes(word)) ?? true;
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
  return [annotation(element), alternative(element)].find((source) => source && isFormula(source)) ?? undefined;
}

function annotation(element: Element): string | null {
  if (localName(element) !== "math") return null;
  const written = Element.prototype.querySelector.call(element, 'annotation[encoding*="tex" i]');
  return written && textContent(written);
}

/** What stands for a formula or its picture where it is not drawn: perhaps no formula, see `isFormula`. */
export function alternative(element: Element): string | null {
  const name = localName(element);
  if (name === "math") return attribute(element, "alttext");
  const alt = name === "img" ? attribute(element, "alt") : null;
  return alt && (TEX.test(alt) || PICTURE.test(attribute(element, "class") ?? "")) ? alt : null;
}
