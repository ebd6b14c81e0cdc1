// First letters that are set apart from the words that they begin.

import { firstChild, isText, nextSibling, nodeValue } from "../page/dom";

/** A letter, perhaps with a quotation mark before it. */
const LETTER = /^\s*(\P{L}?\p{L})\s*$/u;
/** Elements around it. */
const DEPTH = 3;

/** The letter of a drop cap: it is laid out beside the text that goes on with it. */
export function initialOf(element: Element): string | undefined {
  const letter = LETTER.exec(soleText(element) ?? "")?.[1];
  return letter !== undefined && getComputedStyle(element).float !== "none" ? letter : undefined;
}

/** The text of an element in which there is nothing else. */
function soleText(element: Element): string | null {
  let node: Node = element;
  for (let i = 0; i < DEPTH; i += 1) {
    const child = firstChild(node);
    if (!child || nextSibling(child)) return null;
    if (isText(child)) return nodeValue(child);
    node = child;
  }
  return null;
}
