// Finds a passage in a document as it is now. Only letters and digits count on both sides, so that
// line breaks, block boundaries, quotation marks and invisible characters don't matter.

import { childNodes, document, isText, localName, nodeType, shadowRoot } from "../page/dom";
import { formulaSource } from "../page/formula";
import { match } from "./match";

const OTHER = /[^\p{L}\p{N}]+/gu;
const LETTER = /[\p{L}\p{N}]/u;
/** Digits that are raised by their signs or by markup are the same. */
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉";
const ALL_RAISED = new RegExp(`[${RAISED}]`, "g");

/** What is no text, and what stands beside a text: readings, a formula's source. */
const SKIPPED = new Set(
  "script style noscript template textarea select rt rp rtc annotation annotation-xml".split(" "),
);

/** A text of a page, or a formula that stands for one. */
interface Piece {
  node: Text | Element;
  text: string;
  /** Its letters and digits. */
  letters: string;
}

/** The ranges that cover the passage, one for each text node; none when it isn't there. */
export function find(passage: string): Range[] {
  const wanted = letters(passage);
  if (wanted === "") return [];
  const pieces = piecesIn(document.body);
  const place = match(wanted, pieces.map((piece) => piece.letters).join(""));
  return place ? cover(pieces, place.start, place.end, passage) : [];
}

function letters(text: string): string {
  return text.replaceAll(OTHER, "").replaceAll(ALL_RAISED, (digit) => String(RAISED.indexOf(digit) % 10));
}

/** Characters that are looked through: more than a capture holds. */
const LENGTH_LIMIT = 16_000_000;

/** Every text node and formula in the order it is laid out, shadow trees and slots included. */
function piecesIn(root: Node): Piece[] {
  const found: Piece[] = [];
  const stack: Node[] = [root];
  let length = 0;
  let last: Piece | undefined;
  const add = (node: Text | Element, text: string): void => {
    const piece = { node, text, letters: letters(text) };
    found.push(piece);
    if (piece.letters !== "") last = piece;
    length += text.length;
  };
  for (let node = stack.pop(); node !== undefined && length <= LENGTH_LIMIT; node = stack.pop()) {
    if (nodeType(node) === Node.TEXT_NODE) add(node as Text, (node as Text).data);
    if (nodeType(node) !== Node.ELEMENT_NODE) continue;
    const element = node as Element;
    const source = formulaSource(element);
    if (source !== undefined) {
      // A picture that stands in for a formula is the one that is seen.
      if (localName(element) === "img" && last?.text === source) last.node = element;
      else add(element, source);
      continue;
    }
    if (SKIPPED.has(localName(element))) continue;
    const assigned = element instanceof HTMLSlotElement ? element.assignedNodes() : [];
    const children = assigned.length > 0 ? assigned : childNodes(shadowRoot(element) ?? element);
    for (let i = children.length - 1; i >= 0; i -= 1) stack.push(children[i] as Node);
  }
  return found;
}

/**
 * Ranges over the letters from `start` to `end`, counted over all nodes, what lies between them, and
 * the punctuation that the passage has around them.
 */
function cover(pieces: Piece[], start: number, end: number, passage: string): Range[] {
  const ranges: Range[] = [];
  let seen = 0;
  for (const { node, text: data, letters: own } of pieces) {
    if (seen >= end) break;
    if (!isText(node)) {
      seen += own.length;
      if (own === "" || seen <= start) continue;
      const range = document.createRange();
      range.selectNode(node);
      ranges.push(range);
      continue;
    }
    let first = ranges.length > 0 ? 0 : undefined;
    let last = 0;
    for (let offset = 0; offset < data.length && seen < end; ) {
      const letter = String.fromCodePoint(data.codePointAt(offset) ?? 0);
      if (LETTER.test(letter)) {
        if (seen >= start) first ??= offset - opening(data.slice(0, offset), passage);
        seen += letter.length;
      }
      offset += letter.length;
      last = offset;
    }
    if (first === undefined) continue;
    if (seen >= end) last += closing(data.slice(last), passage);
    const range = document.createRange();
    range.setStart(node, first);
    range.setEnd(node, last);
    ranges.push(range);
  }
  return ranges;
}

/** How many characters of the passage before its first letter stand at the end of `text`. */
function opening(text: string, passage: string): number {
  const signs = /^[^\p{L}\p{N}]*/u.exec(passage.trimStart())?.[0] ?? "";
  return text.endsWith(signs) ? signs.length : 0;
}

/** How many characters of the passage behind its last letter stand at the beginning of `text`. */
function closing(text: string, passage: string): number {
  const body = passage.trimEnd();
  let length = 0;
  for (const signs = body.slice(lastLetter(body) + 1); length < signs.length; length += 1) {
    if (text[length] !== signs[length]) break;
  }
  return length;
}

function lastLetter(text: string): number {
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const code = text.codePointAt(at) ?? 0;
    if (LETTER.test(String.fromCodePoint(code))) return at + (code > 0xffff ? 1 : 0);
  }
  return -1;
}
