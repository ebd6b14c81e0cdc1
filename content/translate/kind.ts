// What an element is to the translation of a page.

import { raisedAs } from "../capture/flow";
import { initialOf } from "../capture/initial";
import type { TextLengths } from "../capture/text_lengths";
import { visibility } from "../capture/visible";
import {
  attribute,
  box,
  children,
  frameDocument,
  isEditable,
  isFrame,
  localName,
  shadowRoot,
  textContent,
} from "../page/dom";
import { writtenFormula } from "../page/formula";
import { Breaks } from "./breaks";
import type { Claims } from "./claims";

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
  "script style noscript template link meta title datalist area base source track param wbr rp rt head".split(" "),
);
const BREAKS = new Set("br hr input textarea video audio object embed canvas map progress meter pre".split(" "));
const VERBATIM = new Set("code kbd samp var math mjx-container tt".split(" "));
const PICTURES = new Set(["img", "svg", "picture"]);

/** Boxes of their own, whatever their style says: what the system draws, and what is laid out elsewhere. */
const BLOCKS = new Set(["select", "option", "optgroup", "slot"]);

/** What the reader may write in, inside of a box to choose from. */
const FIELDS = "input,textarea,[contenteditable]";

/** A picture up to this size stands in a sentence like a letter. */
const ICON_PX = 48;
/** Longer text that is not to be translated is no part of a sentence. */
const VERBATIM_LENGTH = 160;
/** Longer text marks no note. */
const MARK_LENGTH = 25;

/** Inline elements in one another beyond this are taken for blocks. */
const INLINE_DEPTH = 60;

/** Classifies the elements of one page as it is now: each is looked at once. */
export class Kinds {
  readonly #lengths: TextLengths;
  readonly #claims: Claims;
  readonly #deadline: number;
  readonly #breaks = new Breaks();
  readonly #known = new Map<Element, Kind>();

  /** After the deadline whatever was not looked at is taken for a block. */
  constructor(lengths: TextLengths, claims: Claims, deadline: number) {
    this.#lengths = lengths;
    this.#claims = claims;
    this.#deadline = deadline;
  }

  of(element: Element, depth = 0): Kind {
    const known = this.#known.get(element);
    if (known !== undefined) return known;
    const found = this.#classify(element, depth);
    this.#known.set(element, found);
    return found;
  }

  #classify(element: Element, depth: number): Kind {
    if (performance.now() > this.#deadline) return "block";
    const kind = this.#itself(element);
    if (kind !== "inline") return kind;
    if (depth >= INLINE_DEPTH) return "block";
    for (const child of children(element)) {
      if (!["nothing", "verbatim", "inline"].includes(this.of(child, depth + 1))) return "block";
    }
    return "inline";
  }

  /** What an element is, whatever is in it. */
  #itself(element: Element): Kind {
    const name = localName(element);
    if (NOTHING.has(name)) return "nothing";
    if (name === "br") return this.#breaks.isWithinSentence(element) ? "inline" : "break";
    const seen = visibility(element, this.#lengths);
    if (seen === "hidden") return "nothing";
    if (BREAKS.has(name) || edited(element)) return "break";
    if (isFrame(element)) return frameDocument(element) ? "block" : "break";
    if (BLOCKS.has(name)) return "block";
    if (PICTURES.has(name)) return isIcon(element) ? "nothing" : "break";
    const inline = isInline(element);
    if (VERBATIM.has(name) || isKept(element) || isNoteMark(element) || writtenFormula(element) !== undefined) {
      return inline && isShort(element) ? "verbatim" : "break";
    }
    // Words in the wanted language inside of a sentence.
    if (inline && this.#claims.holds(element) && isShort(element)) return "verbatim";
    return seen !== "shown" || !inline || shadowRoot(element) ? "block" : "inline";
  }
}

function isShort(element: Element): boolean {
  return (textContent(element)?.length ?? 0) <= VERBATIM_LENGTH;
}

/** Whether an element stands in a line of text. */
function isInline(element: Element): boolean {
  const { display } = getComputedStyle(element);
  return /^(inline|contents|ruby)/.test(display) || initialOf(element) !== undefined;
}

/** The mark of a note: a raised figure in brackets, or one that leads somewhere. */
function isNoteMark(element: Element): boolean {
  const name = localName(element);
  if (name !== "sup" && name !== "a") return false;
  const text = (textContent(element) ?? "").trim();
  if (
    text.length > MARK_LENGTH ||
    !/^([[(]?\d{1,3}[\])]?|[[(]?[a-z]{1,2}[\])]|\[[^\]]{1,20} \d{1,3}\]|[*†‡§]{1,3})$/.test(text)
  )
    return false;
  const isRaised =
    name === "sup" ||
    raisedAs(element, getComputedStyle(element)) !== undefined ||
    Element.prototype.querySelector.call(element, "sup") !== null;
  const link = name === "a" ? element : Element.prototype.querySelector.call(element, "a[href]");
  const leads = link !== null && (attribute(link, "href") ?? "").includes("#");
  return leads ? isRaised || text.startsWith("[") : isRaised && /^[[*†‡]/.test(text);
}

/** Whether the reader writes in it. A box to choose from may be made of a button, and is read as a list is. */
function edited(element: Element): boolean {
  if (isEditable(element)) return true;
  const role = attribute(element, "role") ?? "";
  if (role === "combobox") return Element.prototype.querySelector.call(element, FIELDS) !== null;
  return /^(textbox|searchbox|spinbutton|application|math)$/.test(role);
}

/** Whether the page asks for it to be left as it is. */
export function isKept(element: Element): boolean {
  return (
    attribute(element, "translate") === "no" ||
    attribute(element, "contenteditable") === "false" ||
    /(^|\s)(notranslate|katex|MathJax)(\s|$)/.test(attribute(element, "class") ?? "")
  );
}

function isIcon(picture: Element): boolean {
  const { width, height } = box(picture);
  return width <= ICON_PX && height <= ICON_PX;
}
