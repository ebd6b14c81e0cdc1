// Finds a passage in a document as it is now. Whitespace and invisible characters are ignored on
// both sides, so that line breaks, block boundaries and soft hyphens don't matter.

import { childNodes, document, localName, nodeType, shadowRoot } from "../page/dom";

const INVISIBLE = /[\s\u00ad\u200b-\u200d\u2060\ufeff]/;
const ALL_INVISIBLE = new RegExp(INVISIBLE, "g");
const SKIPPED = new Set(["script", "style", "noscript", "template", "textarea", "select"]);

/** When the whole passage isn't found, its beginning is tried: this many visible characters. */
const BEGINNING = 48;

/** The ranges that cover the passage, one for each text node; none when it isn't there. */
export function find(passage: string): Range[] {
  const wanted = squeeze(passage);
  if (wanted === "") return [];
  const nodes = textNodes(document.body);
  const page = nodes.map((node) => squeeze(node.data)).join("");
  for (const needle of wanted.length > BEGINNING ? [wanted, wanted.slice(0, BEGINNING)] : [wanted]) {
    const start = page.indexOf(needle);
    if (start >= 0) return cover(nodes, start, start + needle.length);
  }
  return [];
}

function squeeze(text: string): string {
  return text.replaceAll(ALL_INVISIBLE, "");
}

/** Characters that are looked through: more than a capture holds. */
const LENGTH_LIMIT = 16_000_000;

/** Every text node in the order it is laid out, shadow trees and slots included. */
function textNodes(root: Node): Text[] {
  const found: Text[] = [];
  const stack: Node[] = [root];
  let length = 0;
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (nodeType(node) === Node.TEXT_NODE) {
      found.push(node as Text);
      length += (node as Text).data.length;
      if (length > LENGTH_LIMIT) break;
      continue;
    }
    if (nodeType(node) !== Node.ELEMENT_NODE) continue;
    const element = node as Element;
    if (SKIPPED.has(localName(element))) continue;
    const assigned = element instanceof HTMLSlotElement ? element.assignedNodes() : [];
    const children = assigned.length > 0 ? assigned : childNodes(shadowRoot(element) ?? element);
    for (let i = children.length - 1; i >= 0; i -= 1) stack.push(children[i] as Node);
  }
  return found;
}

/**
 * Ranges over the visible characters from `start` to `end`, counted over all nodes, and what lies
 * between them.
 */
function cover(nodes: Text[], start: number, end: number): Range[] {
  const ranges: Range[] = [];
  let seen = 0;
  for (const node of nodes) {
    if (seen >= end) break;
    let first = ranges.length > 0 ? 0 : undefined;
    let last = 0;
    for (let offset = 0; offset < node.data.length && seen < end; offset += 1) {
      last = offset + 1;
      if (INVISIBLE.test(node.data.charAt(offset))) continue;
      if (seen >= start) first ??= offset;
      seen += 1;
    }
    if (first === undefined) continue;
    const range = document.createRange();
    range.setStart(node, first);
    range.setEnd(node, last);
    ranges.push(range);
  }
  return ranges;
}
