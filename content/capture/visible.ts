// Whether the page shows an element at all.

import { attribute, own } from "../page/dom";
import { isOrnament, isSign } from "./ornament";
import type { TextLengths } from "./text_lengths";

/** How much of an element is kept. */
export type Visibility =
  /** All of it. */
  | "shown"
  /** Its visible descendants, not its own text. */
  | "transparent"
  /** Nothing. */
  | "hidden";

/**
 * Asks the browser's layout. Text folded away (`<details>`, `hidden="until-found"`) counts as
 * shown. What is kept from those who listen to a page (`aria-hidden`) is mostly there to be seen: the
 * page behind a dialog, words that were taken apart.
 */
export function visibility(element: Element, lengths: TextLengths): Visibility {
  if (isOwn(element)) return "hidden";
  if (isSign(element) || (attribute(element, "aria-hidden") === "true" && isOrnament(element, lengths)))
    return "hidden";
  if (Element.prototype.checkVisibility.call(element, { visibilityProperty: true })) return "shown";
  const style = getComputedStyle(element);
  if (style.display === "none") return "hidden";
  return style.visibility === "visible" ? "shown" : "transparent";
}

/** Whether an element is none of the page's. */
function isOwn(element: Element): boolean {
  return (own("sottoSurfaces")?.has(element) ?? false) || (own("sottoOriginals")?.has(element) ?? false);
}
