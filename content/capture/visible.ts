// Whether the reader sees an element.

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
 * shown.
 */
export function visibility(element: Element, pageText: () => number): Visibility {
  if (element.getAttribute("aria-hidden") === "true" && !holdsThePage(element, pageText)) return "hidden";
  if (element.checkVisibility({ visibilityProperty: true })) return "shown";
  const style = getComputedStyle(element);
  if (style.display === "none") return "hidden";
  return style.visibility === "visible" ? "shown" : "transparent";
}

/**
 * A page behind a dialog is often marked `aria-hidden` as a whole, and is still what the reader
 * came for.
 */
function holdsThePage(element: Element, pageText: () => number): boolean {
  return (element.textContent?.length ?? 0) * 2 > pageText();
}
