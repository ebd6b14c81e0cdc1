// What is laid out inside an element: not always its children.

import { childNodes, frameDocument, isFrame, laidOutText, localName, shadowRoot } from "../page/dom";
import { drawnFormula } from "../page/formula";
import { saidInstead } from "./ornament";
import { enterFrame, type Place } from "./sight";

/**
 * What is laid out inside an element, and where: its shadow tree, a slot's content, a frame's
 * document; of a formula and of a price, what says it in words.
 */
export function contents(element: Element, place: Place): [ArrayLike<Node>, Place] {
  const name = localName(element);
  if (name === "slot") {
    const assigned = HTMLSlotElement.prototype.assignedNodes.call(element);
    if (assigned.length > 0) return [assigned, place];
  }
  if (isFrame(element)) {
    const inside = frameDocument(element);
    return inside?.body && !isLoneLink(inside.body) ? [[inside.body], enterFrame(inside, place)] : [[], place];
  }
  const instead = drawnFormula(element) ?? saidInstead(element);
  if (instead) return [[instead], place];
  return [childNodes(shadowRoot(element) ?? element), place];
}

/** Whether a frame shows one link and nothing else: what is advertised in it. */
function isLoneLink(body: Element): boolean {
  const link = Element.prototype.querySelector.call(body, "a[href]");
  const text = laidOutText(body).trim();
  return link !== null && text !== "" && laidOutText(link).trim() === text;
}
