// What of a page is worth keeping: which elements, which of their attributes.

import { attribute, localName } from "../page/dom";
import { alternative, isFormula } from "../page/formula";

/** Elements that hold no reading text, or what the reader typed: never descended into. */
export const NOT_READ = new Set(
  (
    "applet area audio base canvas datalist embed input link map meta meter noscript object " +
    "optgroup option param progress script select source style svg template textarea title track video"
  ).split(" "),
);

/** Elements without an end tag. */
export const VOID = new Set(["br", "hr", "img", "wbr", "col"]);

const ATTRIBUTES =
  "aria-controls aria-labelledby aria-level cite class colspan datetime dir encoding href id itemprop itemscope itemtype lang rel role rowspan".split(
    " ",
  );

/** Longer attribute values say nothing about an article. */
const ATTRIBUTE_LIMIT = 400;

const TEXT_FIELD_ROLES = new Set(["textbox", "searchbox", "combobox", "spinbutton"]);

/** Whether an element is dropped with all that is in it, whatever its style. */
export function dropped(element: Element): boolean {
  return NOT_READ.has(localName(element)) || TEXT_FIELD_ROLES.has(attribute(element, "role") ?? "");
}

/** The attributes that help to find an article in the markup, serialised. */
export function attributes(element: Element): string {
  if (!Element.prototype.hasAttributes.call(element)) return "";
  const formula = alternative(element);
  const named = localName(element) === "math" ? "alttext" : "alt";
  let html = formula !== null && isFormula(formula) ? ` ${named}="${escapeAttribute(formula)}"` : "";
  for (const name of ATTRIBUTES) {
    const value = attribute(element, name);
    if (value === null || value.length > ATTRIBUTE_LIMIT) continue;
    html += ` ${name}="${escapeAttribute(value)}"`;
  }
  return html;
}

export function escapeAttribute(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}

export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
