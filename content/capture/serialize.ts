// Writes what the reader sees of a document as HTML: shadow roots, slots and same-origin frames
// become plain elements. Iterative, so that no nesting overflows the stack, and read-only.

import type { LeftOut } from "../../offscreen/protocol/protocol";
import { leftOut } from "../../offscreen/view/left_out";
import { attributes, dropped, escapeText, VOID } from "./markup";
import { bytes, cut } from "./size";
import { visibility } from "./visible";

/**
 * Deeper elements lose their tags, not their text: parsers of the result need not nest without end.
 */
const DEPTH_LIMIT = 200;

/** A smaller frame holds nothing to read: a button, a counter of visits. */
const FRAME_PX = 50;

/** A node's children still to be written, then the end tag. */
interface Open {
  nodes: ArrayLike<Node>;
  next: number;
  /** Empty for what writes no tags of its own. */
  end: string;
  /** Whether text standing directly in it is seen. */
  text: boolean;
}

/** Serialises `root` within `limit` bytes of UTF-8. */
export function serialize(root: Element, limit: number): { html: string; leftOut: LeftOut } {
  const parts: string[] = [];
  const stack: Open[] = [];
  let size = 0;
  let tags = 0;
  let cutOff = 0;
  let frames = 0;

  let length: number | undefined;
  const pageText = (): number => (length ??= root.textContent?.length ?? 0);

  /** Writes a start tag and accounts for its end; false when there is no room left. */
  const open = (element: Element, text: boolean): boolean => {
    const nodes = children(element);
    const name = tagName(element);
    if (name === undefined || tags >= DEPTH_LIMIT) {
      stack.push({ nodes, next: 0, end: "", text });
      return true;
    }
    const start = `<${name}${attributes(element)}>`;
    const end = VOID.has(name) ? "" : `</${name}>`;
    const cost = bytes(start) + end.length;
    if (size + cost > limit) return false;
    size += cost;
    parts.push(start);
    if (end === "") return true;
    tags += 1;
    stack.push({ nodes, next: 0, end, text });
    return true;
  };

  let truncated = !open(root, true);
  while (stack.length > 0) {
    const top = stack[stack.length - 1] as Open;
    const node = top.nodes[top.next];
    top.next += 1;
    if (truncated && node !== undefined) {
      cutOff += node.textContent?.length ?? 0;
      continue;
    }
    if (node === undefined) {
      stack.pop();
      if (top.end !== "") tags -= 1;
      parts.push(top.end);
    } else if (node.nodeType === Node.TEXT_NODE) {
      if (!top.text) continue;
      const text = escapeText(node.nodeValue ?? "");
      const cost = bytes(text);
      truncated = size + cost > limit;
      const fits = truncated ? cut(text, limit - size) : text;
      size += truncated ? bytes(fits) : cost;
      cutOff += text.length - fits.length;
      parts.push(fits);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      const element = node as Element;
      if (dropped(element)) continue;
      const seen = visibility(element, pageText);
      if (seen === "hidden") continue;
      if (isForeign(element)) frames += 1;
      truncated = !open(element, seen === "shown");
      if (truncated) cutOff += element.textContent?.length ?? 0;
    }
  }
  return { html: parts.join(""), leftOut: leftOut({ cut: cutOff, frames }) };
}

/** Whether an element is a frame in view whose document may not be read. */
function isForeign(element: Element): boolean {
  if (element.localName !== "iframe" || (element as HTMLIFrameElement).contentDocument) return false;
  const { width, height } = element.getBoundingClientRect();
  return width >= FRAME_PX && height >= FRAME_PX;
}

/** What is laid out inside an element: its shadow tree, a slot's content, a frame's document. */
function children(element: Element): ArrayLike<Node> {
  if (element instanceof HTMLSlotElement || element.localName === "slot") {
    const assigned = (element as HTMLSlotElement).assignedNodes();
    if (assigned.length > 0) return assigned;
  }
  if (element.localName === "iframe") {
    const body = (element as HTMLIFrameElement).contentDocument?.body;
    return body ? [body] : [];
  }
  return (element.shadowRoot ?? element).childNodes;
}

/**
 * The name to write; none for what is no box of its own. Custom elements become what they look
 * like.
 */
function tagName(element: Element): string | undefined {
  const name = element.localName;
  if (name === "slot") return undefined;
  if (name === "iframe" || name === "body") return "div";
  if (!/^[a-z][a-z0-9]*$/.test(name)) return getComputedStyle(element).display.startsWith("inline") ? "span" : "div";
  return name;
}
