// What is there to be clicked for what is folded away.

import { attribute, box, nextElement, parentElement, previousElement, textContent } from "../page/dom";

/** A smaller one is not found. */
const CONTROL_PX = 8;
/** Elements on each side in which one is looked for, and around it. */
const NEIGHBOURS = 3;
const LEVELS = 3;
/** Longer text is no heading of what is folded. */
const HEADING_LENGTH = 200;

const CONTROLS =
  "button,summary,label,input,[role=button],[role=tab],[aria-expanded],[aria-controls],[onclick],a:not([href]),a[href^='#']";

/** Whether an element can be seen, and says or shows what it is for. */
export function isOperable(control: Element): boolean {
  if (!Element.prototype.checkVisibility.call(control, { visibilityProperty: true, opacityProperty: true }))
    return false;
  const { width, height, right, bottom } = box(control);
  if (width < CONTROL_PX || height < CONTROL_PX || right + scrollX <= 0 || bottom + scrollY <= 0) return false;
  if (/\S/.test(textContent(control) ?? "") || attribute(control, "aria-label")) return true;
  return Element.prototype.querySelector.call(control, "svg,img,i,span") !== null;
}

/** Whether something beside an element, or beside one around it, is there to be clicked. */
export function hasControl(element: Element): boolean {
  let inner: Element | null = element;
  for (let level = 0; level < LEVELS && inner; level += 1, inner = parentElement(inner)) {
    for (const step of [previousElement, nextElement]) {
      let other = step(inner);
      for (let i = 0; i < NEIGHBOURS && other; i += 1, other = step(other)) if (controls(other)) return true;
    }
  }
  return false;
}

function controls(element: Element): boolean {
  const length = textContent(element)?.length ?? 0;
  if (length > HEADING_LENGTH) return false;
  const isOne = Element.prototype.matches.call(element, CONTROLS) || getComputedStyle(element).cursor === "pointer";
  const control = isOne ? element : Element.prototype.querySelector.call(element, CONTROLS);
  return control !== null && isOperable(control);
}
