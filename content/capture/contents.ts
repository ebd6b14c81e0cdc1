// What is laid out inside an element: not always its children.

import { attribute, childNodes, frameDocument, isFrame, localName, shadowRoot } from "../page/dom";
import { enterFrame, type Place } from "./sight";

/** What draws a formula, and keeps its text for those who listen. */
const FORMULA = /(^|\s)(katex|MathJax|MathJax_SVG)(\s|$)/;

/**
 * What is laid out inside an element, and where: its shadow tree, a slot's content, a frame's
 * document; of a formula, what says it in words.
 */
export function contents(element: Element, place: Place): [ArrayLike<Node>, Place] {
  const name = localName(element);
  if (name === "slot") {
    const assigned = HTMLSlotElement.prototype.assignedNodes.call(element);
    if (assigned.length > 0) return [assigned, place];
  }
  if (isFrame(element)) {
    const inside = frameDocument(element);
    return inside?.body ? [[inside.body], enterFrame(inside, place)] : [[], place];
  }
  if (name === "mjx-container" || (name === "span" && FORMULA.test(attribute(element, "class") ?? ""))) {
    const formula = Element.prototype.querySelector.call(element, "math");
    if (formula) return [[formula], place];
  }
  return [childNodes(shadowRoot(element) ?? element), place];
}
