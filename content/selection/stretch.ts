// Edits of neighbouring text nodes that can be typed as one: fewer steps to undo.

import { document } from "../page/dom";
import type { Edit } from "./plan";
import { holder, STRUCTURE } from "./snapshot";

/** A range of the page, and what takes its place. */
export interface Stretch {
  range: Range;
  text: string;
}

/**
 * The stretches that these edits change, in order. Those with nothing but white space between them
 * are one, unless something other than formatting would be lost, or the formatting spread.
 */
export function stretchesOf(edits: Edit[]): Stretch[] {
  const stretches: Stretch[] = [];
  /** What parts the last words of a stretch from the next ones. */
  let gap = "";
  for (const { node, start, end, text } of edits) {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    const last = stretches.at(-1);
    const between = last && whiteBetween(last.range, range);
    if (last && between !== undefined) {
      last.range.setEnd(node, end);
      gap ||= between;
      if (text === "") continue;
      last.text += (last.text && gap) + text;
      gap = "";
    } else {
      stretches.push({ range, text });
      gap = "";
    }
  }
  return stretches;
}

/** The white space between two ranges that are to be one; undefined when they are not. */
function whiteBetween(first: Range, second: Range): string | undefined {
  const { startContainer: start } = first;
  const { endContainer: end } = second;
  const block = blockOf(start);
  // What is typed looks like what it starts in.
  if (block === null || block !== start.parentElement || block !== blockOf(end)) return undefined;
  if (holder(first.endContainer, STRUCTURE) !== holder(end, STRUCTURE)) return undefined;
  const between = document.createRange();
  between.setStart(first.endContainer, first.endOffset);
  between.setEnd(second.startContainer, second.startOffset);
  const text = between.toString();
  const content = between.cloneContents();
  const isEmpty = text.trim() === "" && !content.querySelector(`br, ${STRUCTURE}`);
  return isEmpty ? text && " " : undefined;
}

function blockOf(node: Node): Element | null {
  let element = node.parentElement;
  while (element && getComputedStyle(element).display === "inline") element = element.parentElement;
  return element;
}
