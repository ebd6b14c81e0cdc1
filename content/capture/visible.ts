// Whether the page shows an element at all.

import { attribute } from "../page/dom";
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
 * shown. A page behind a dialog is often marked `aria-hidden` as a whole, and is still what the
 * reader came for.
 */
export function visibility(element: Element, lengths: TextLengths): Visibility {
  if (attribute(element, "aria-hidden") === "true" && !lengths.isMost(element)) return "hidden";
  if (Element.prototype.checkVisibility.call(element, { visibilityProperty: true })) return "shown";
  const style = getComputedStyle(element);
  if (style.display === "none") return "hidden";
  return style.visibility === "visible" ? "shown" : "transparent";
}
