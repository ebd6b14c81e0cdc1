// Panels of tabs that are not chosen: folded away as `<details>` is, and a click away from being read.

import { attribute } from "../page/dom";
import { isOperable } from "./control";

/** Whether an element that is not laid out is the panel of a tab that is. */
export function isFoldedPanel(element: Element): boolean {
  if (attribute(element, "role") !== "tabpanel" || getComputedStyle(element).display !== "none") return false;
  const id = attribute(element, "id");
  const labels = (attribute(element, "aria-labelledby") ?? "").split(/\s+/).filter((label) => label !== "");
  const selectors = [
    ...(id ? [`[role=tab][aria-controls~="${CSS.escape(id)}"]`] : []),
    ...labels.slice(0, 1).map((label) => `[role=tab]#${CSS.escape(label)}`),
  ];
  if (selectors.length === 0) return false;
  const tab = Element.prototype.closest.call(element, "body")?.querySelector(selectors.join());
  return tab != null && isOperable(tab);
}
