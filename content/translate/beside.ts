// The original of a passage, below its translation.

import { attribute, document, localName, own, ownerDocument, past } from "../page/dom";

/** These elements: no text of the page. */
const originals = (globalThis.sottoOriginals = own("sottoOriginals") ?? new WeakSet<Element>());

/** What is pressed, and bound to the size of its words. */
const CONTROLS = "a,button,select,summary,label,nav,[role=button],[role=link],[role=tab],[role=menuitem]";

/** Shorter texts are labels: a page has no room for them twice. */
const PASSAGE_LENGTH = 20;
const HEADING = /^h[1-6]$/;
/** Laid out in lines of its own. In rows and grids one more element would take a place. */
const FLOWING = /^(block|list-item|flow-root|table-cell|table-caption)$/;

/** In the passage's own type, a little apart from it; no style sheet of the page has a say. */
const STYLE = `
:host {
  all: initial !important;
  display: block !important;
  margin-block-start: 0.3em !important;
  border-inline-start: 2px solid color-mix(in srgb, currentColor 45%, transparent) !important;
  padding-inline-start: 0.6em !important;
  color: inherit !important;
  font: inherit !important;
  font-size: min(1em, 20px) !important;
  text-align: start !important;
  white-space: pre-line !important;
}
p {
  margin: 0;
  opacity: 0.75;
}
`;

/** Whether a text in an element is a passage that has room for its original. */
export function showsBeside(container: Element, text: string): boolean {
  if (text.trim().length < PASSAGE_LENGTH && !HEADING.test(localName(container))) return false;
  if (Element.prototype.closest.call(container, CONTROLS)) return false;
  return FLOWING.test(getComputedStyle(container).display);
}

/** An element that shows the original text of what `container` holds, while that is still in it. */
export function original(text: string, container: Element): Element {
  // A frame's document takes the style sheets of its own window alone.
  const page = past(ownerDocument(container) ?? document);
  const Sheet = page.defaultView?.CSSStyleSheet ?? CSSStyleSheet;
  const host = page.createElement("span");
  originals.add(host);
  const lang = Element.prototype.closest.call(container, "[lang]");
  if (lang) host.setAttribute("lang", attribute(lang, "lang") ?? "");
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new Sheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const paragraph = page.createElement("p");
  paragraph.dir = "auto";
  paragraph.textContent = text;
  root.append(paragraph);
  return host;
}
