// What an element is to the translation of a page.

import type { TextLengths } from "../capture/text_lengths";
import { visibility } from "../capture/visible";
import { attribute, children, isEditable, localName, shadowRoot, textContent } from "../page/dom";

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

/** Inline elements in one another beyond this are taken for blocks. */
const INLINE_DEPTH = 60;

/** Classifies the elements of one page as it is now: each is looked at once. */
export class Kinds {
  readonly #lengths: TextLengths;
  readonly #known = new Map<Element, Kind>();

  constructor(lengths: TextLengths) {
    this.#lengths = lengths;
  }

  of(element: Element, depth = 0): Kind {
    const known = this.#known.get(element);
    if (known !== undefined) return known;
    const found = this.#classify(element, depth);
    this.#known.set(element, found);
    return found;
  }

  #classify(element: Element, depth: number): Kind {
    const kind = kindItself(element, this.#lengths);
    if (kind !== "inline") return kind;
    if (depth >= INLINE_DEPTH) return "block";
    for (const child of children(element)) {
      if (!["nothing", "verbatim", "inline"].includes(this.of(child, depth + 1))) return "block";
    }
    return "inline";
  }
}

/** What an element is, whatever is in it. */
function kindItself(element: Element, lengths: TextLengths): Kind {
  const name = localName(element);
  if (NOTHING.has(name)) return "nothing";
  if (name === "br") return "break";
  const seen = visibility(element, lengths);
  if (seen === "hidden") return "nothing";
  if (BREAKS.has(name) || edited(element)) return "break";
  if (PICTURES.has(name)) return isIcon(element) ? "nothing" : "break";
  const inline = getComputedStyle(element).display.startsWith("inline");
  if (VERBATIM.has(name) || keeps(element)) {
    return inline && (textContent(element)?.length ?? 0) <= VERBATIM_LENGTH ? "verbatim" : "break";
  }
  return seen !== "shown" || !inline || shadowRoot(element) ? "block" : "inline";
}

/** Whether the reader writes in it. */
function edited(element: Element): boolean {
  return (
    isEditable(element) ||
    /^(textbox|searchbox|combobox|spinbutton|application|math)$/.test(attribute(element, "role") ?? "")
  );
}

/** Whether the page asks for it to be left as it is. */
function keeps(element: Element): boolean {
  return (
    attribute(element, "translate") === "no" ||
    attribute(element, "contenteditable") === "false" ||
    ["notranslate", "katex", "MathJax"].some((name) => element.classList.contains(name))
  );
}

function isIcon(picture: Element): boolean {
  const { width, height } = picture.getBoundingClientRect();
  return width <= ICON_PX && height <= ICON_PX;
}
