// The lines that a page keeps in a text (`white-space: pre-wrap`): each is translated by itself, and
// stays a line.

import type { Span } from "../../offscreen/protocol/protocol";

/** A text's spans, cut at the ends of its lines. */
export class Lines {
  /** Each line as it stands, its end included. */
  readonly #raw: Span[][] = [[]];
  /** Each line as a sentence is written. */
  readonly spans: Span[][];

  /** Of spans in which line breaks are only those that the page keeps. */
  constructor(spans: Span[]) {
    for (const span of spans) {
      const parts = span.verbatim ? [span.text] : span.text.split(/(?<=\n)/);
      for (const text of parts) {
        this.#raw.at(-1)?.push({ ...span, text });
        if (!span.verbatim && text.endsWith("\n")) this.#raw.push([]);
      }
    }
    this.spans = this.#raw.map(squeezed);
  }

  /** The whole text with what there is of a translation, line by line. */
  with(results: (Span[] | undefined)[]): Span[] {
    if (this.#raw.length === 1) return results[0] ?? this.spans[0] ?? [];
    const spans = this.#raw.flatMap((raw, i) => {
      const result = results[i]?.filter(({ text }) => text !== "");
      return result ? framed(raw, result) : raw;
    });
    const whole = joined(spans);
    const [first, last] = [whole[0], whole.at(-1)];
    if (first && !first.verbatim) first.text = first.text.trimStart();
    if (last && !last.verbatim) last.text = last.text.trimEnd();
    return whole;
  }
}

/** A line's translation with the line's own indent and end. */
function framed(raw: Span[], result: Span[]): Span[] {
  const spans = result.map((span) => ({ ...span }));
  const indent = /^\s*/.exec(raw[0]?.text ?? "")?.[0] ?? "";
  const [first] = spans;
  if (first && !first.verbatim && raw[0]?.verbatim === false) first.text = indent + first.text;
  const last = raw.at(-1);
  if (last?.text.endsWith("\n")) spans.push({ ...last, text: "\n" });
  return spans;
}

/** Neighbours under the same mark as one. */
function joined(spans: Span[]): Span[] {
  const whole: Span[] = [];
  for (const span of spans) {
    const last = whole.at(-1);
    if (last && !last.verbatim && !span.verbatim && last.mark === span.mark) last.text += span.text;
    else whole.push({ ...span });
  }
  return whole;
}

/** No space at the ends, and one between two spans at most: as the browser lays it out. */
function squeezed(line: Span[]): Span[] {
  const spans = line.map((span) => ({ ...span, text: span.verbatim ? span.text : span.text.replace(/\s+/g, " ") }));
  let spaced = true;
  for (const span of spans) {
    if (!span.verbatim && spaced) span.text = span.text.trimStart();
    if (span.text !== "") spaced = span.text.endsWith(" ");
  }
  const last = spans.at(-1);
  if (last && !last.verbatim) last.text = last.text.trimEnd();
  return spans;
}
