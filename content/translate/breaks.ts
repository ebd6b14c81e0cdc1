// Lines that end in `<br>` in the middle of a sentence: the sentence is translated whole.

import { childNodes, isElement, isText, localName, nodeValue, parentElement, textContent } from "../page/dom";

/** What a line ends with that is not the end of what it says. */
const OPEN_END = /[,;(“„«–—/&]$/;
/** A text of lines that fill at least so many characters was broken by a machine. */
const NARROWEST = 40;
/** Characters of a line that are looked at. */
const LINE_LENGTH = 2000;

interface Line {
  text: string;
  /** What ends it; nothing behind the last. */
  end: Element | undefined;
}

/** The `<br>` of one page as it is now: those side by side are looked at once. */
export class Breaks {
  readonly #known = new Map<Element, Set<Element>>();

  /** Whether the sentence in front of a `<br>` goes on behind it, as the extractor of articles decides it too. */
  isWithinSentence(br: Element): boolean {
    const parent = parentElement(br);
    if (!parent) return false;
    let within = this.#known.get(parent);
    if (!within) {
      within = withinSentences(parent);
      this.#known.set(parent, within);
    }
    return within.has(br);
  }
}

function withinSentences(parent: Element): Set<Element> {
  const lines = linesOf(parent);
  const wrapped = areWrapped(lines.map(({ text }) => text));
  const within = lines.flatMap(({ text, end }, i) => {
    const next = lines[i + 1]?.text ?? "";
    return end && text !== "" && next !== "" && (wrapped || goesOn(text, next)) ? [end] : [];
  });
  return new Set(within);
}

function linesOf(parent: Element): Line[] {
  const lines: Line[] = [];
  let text = "";
  const end = (br: Element | undefined): void => {
    lines.push({ text: text.trim().replace(/\s+/g, " "), end: br });
    text = "";
  };
  for (const node of childNodes(parent)) {
    if (isElement(node) && localName(node) === "br") end(node);
    else if (isElement(node) || isText(node)) {
      const more = (isText(node) ? nodeValue(node) : textContent(node)) ?? "";
      text += more.slice(0, LINE_LENGTH);
    }
  }
  end(undefined);
  return lines;
}

function goesOn(line: string, next: string): boolean {
  return OPEN_END.test(line) || /^\p{Ll}/u.test(next);
}

/** Whether every line ends where the next word would not have fitted. */
function areWrapped(lines: string[]): boolean {
  const width = lines.reduce((most, { length }) => Math.max(most, length), 0);
  const pairs = lines.slice(1).map((next, i) => [lines[i] ?? "", next] as const);
  const ends = pairs.filter(([line, next]) => line !== "" && next !== "");
  const fills = ends.every(([line, next]) => line.length + 1 + (next.split(" ")[0] ?? "").length > width);
  return fills && ends.length >= 2 && width >= NARROWEST;
}
