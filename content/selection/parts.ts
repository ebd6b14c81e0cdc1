// A selection's text beside the text nodes that it was read from.

import { isSpace, textNodes } from "./letters";

/** A text node's share of a text, from its first letter to its last. */
export interface Part {
  node: Text;
  /** Offsets in the node. */
  start: number;
  end: number;
  /** Offsets in the text. */
  from: number;
  to: number;
}

/**
 * The parts of a range whose text was read as `text`; undefined when its letters are not those of
 * the range. Text that is not shown, and so was not read, has no part.
 */
export function partsOf(range: Range, text: string): Part[] | undefined {
  const parts: Part[] = [];
  let position = 0;
  for (const node of textNodes(range.commonAncestorContainer)) {
    if (!range.intersectsNode(node) || !isShown(node)) continue;
    const part = matchPart(
      node,
      node === range.startContainer ? range.startOffset : 0,
      endIn(range, node),
      text,
      position,
    );
    if (!part) continue;
    parts.push(part);
    position = part.to;
  }
  return text.slice(position).trim() === "" && parts.length > 0 ? parts : undefined;
}

function endIn(range: Range, node: Text): number {
  return node === range.endContainer ? range.endOffset : node.data.length;
}

function isShown(node: Text): boolean {
  return !isOnPage(node) || (node.parentElement?.checkVisibility({ visibilityProperty: true }) ?? true);
}

/** Whether a node is drawn: what was only parsed has no say in what is seen or edited. */
export function isOnPage(node: Node): boolean {
  return node.isConnected && node.ownerDocument?.defaultView != null;
}

/** What of a node follows in the text at `position`; undefined when it is not the node's. */
function matchPart(node: Text, start: number, end: number, text: string, position: number): Part | undefined {
  let part: Part | undefined;
  let at = position;
  for (let offset = start; offset < end; offset += 1) {
    const letter = node.data.charAt(offset);
    if (isSpace(letter)) continue;
    while (at < text.length && isSpace(text.charAt(at))) at += 1;
    if (text.charAt(at).toLowerCase() !== letter.toLowerCase()) return undefined;
    part ??= { node, start: offset, end: offset, from: at, to: at };
    at += 1;
    part.end = offset + 1;
    part.to = at;
  }
  return part;
}

/** The text with its letters as they were written: a style may show them in capitals. */
export function asWritten(parts: Part[], text: string): string {
  const letters = text.split("");
  for (const { node, start, end, from, to } of parts) {
    let raw = start;
    for (let at = from; at < to && raw < end; at += 1) {
      if (isSpace(text.charAt(at))) continue;
      while (isSpace(node.data.charAt(raw))) raw += 1;
      letters[at] = node.data.charAt(raw);
      raw += 1;
    }
  }
  return letters.join("");
}

/** Where in a part's node an offset of the text stands. */
export function offsetIn({ node, start, end, from }: Part, text: string, offset: number): number {
  let raw = start;
  for (let at = from; at < offset; at += 1) {
    if (!isSpace(text.charAt(at))) {
      while (raw < end && isSpace(node.data.charAt(raw))) raw += 1;
      raw += 1;
    } else if (raw < end && isSpace(node.data.charAt(raw))) {
      raw += 1;
    }
  }
  // What comes next is a letter: white space before it that the layout left out is not part of it.
  if (!isSpace(text.charAt(offset))) while (raw < end && isSpace(node.data.charAt(raw))) raw += 1;
  return raw;
}
