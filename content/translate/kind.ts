// What an element is to the translation of a page.

import { visibility } from "../capture/visible";

export type Kind =
  /** Passed over as if it were not there: nothing to read in it. */
  | "nothing"
  /** Ends the text before it, and is not looked into. */
  | "break"
  /**
   * Part of a sentence that is carried over as it is: code, a formula, what the page says not to
   * translate.
   */
  | "verbatim"
  /** Part of a sentence. */
  | "inline"
  /** Has text of its own, apart from what is around it. */
  | "block";

const NOTHING = new Set(
  "script style noscript template link meta title datalist area base source track param wbr rp".split(" "),
);
const BREAKS = new Set(
  (
    "br hr input textarea select option button video audio iframe frame object embed canvas map dialog progress " +
    "meter pre head"
  ).split(" "),
);
const VERBATIM = new Set("code kbd samp var math mjx-container tt".split(" "));
const PICTURES = new Set(["img", "svg", "picture"]);

/** A picture up to this size stands in a sentence like a letter. */
const ICON_PX = 48;
/** Longer text that is not to be translated is no part of a sentence. */
const VERBATIM_LENGTH = 160;

/** Classifies elements; `pageText` is the length of the page's text. */
export function kind(element: Element, pageText: () => number): Kind {
  const name = element.localName;
  if (NOTHING.has(name)) return "nothing";
  if (name === "br") return "break";
  const seen = visibility(element, pageText);
  if (seen === "hidden") return "nothing";
  if (BREAKS.has(name) || edited(element)) return "break";
  if (PICTURES.has(name)) return isIcon(element) ? "nothing" : "break";
  const inline = getComputedStyle(element).display.startsWith("inline");
  if (VERBATIM.has(name) || keeps(element)) {
    return inline && (element.textContent?.length ?? 0) <= VERBATIM_LENGTH ? "verbatim" : "break";
  }
  if (seen !== "shown" || !inline || element.shadowRoot) return "block";
  return [...element.children].every((child) => ["nothing", "verbatim", "inline"].includes(kind(child, pageText)))
    ? "inline"
    : "block";
}

/** Whether the reader writes in it. */
function edited(element: Element): boolean {
  return (
    (element instanceof HTMLElement && element.isContentEditable) ||
    /^(textbox|searchbox|combobox|spinbutton|application|math)$/.test(element.getAttribute("role") ?? "")
  );
}

/** Whether the page asks for it to be left as it is. */
function keeps(element: Element): boolean {
  return (
    element.getAttribute("translate") === "no" ||
    element.getAttribute("contenteditable") === "false" ||
    ["notranslate", "katex", "MathJax"].some((name) => element.classList.contains(name))
  );
}

function isIcon(picture: Element): boolean {
  const { width, height } = picture.getBoundingClientRect();
  return width <= ICON_PX && height <= ICON_PX;
}
