// One translation of a page: its blocks, which of them have been replaced, and the way back.

import type { JobView, Span } from "../../offscreen/protocol/protocol";
import type { TextBlock } from "./block";

export class Translation {
  /** In the order in which they are translated. */
  readonly blocks: TextBlock[];
  readonly #to: string;
  readonly #begins: () => void;
  readonly #results = new Map<number, Span[]>();
  #shown = true;

  /** `begins` is called before the first block is replaced: until then the page is as it was. */
  constructor(blocks: TextBlock[], to: string, begins: () => void) {
    this.blocks = blocks;
    this.#to = to;
    this.#begins = begins;
  }

  get size(): number {
    return this.blocks.length;
  }

  /** Whether the translation is on view, not the original. */
  get shown(): boolean {
    return this.#shown;
  }

  /** Whether anything has been replaced. */
  get started(): boolean {
    return this.#results.size > 0;
  }

  /** Puts in what has been finished since. */
  update(view: JobView): void {
    for (const { index, status, text, spans } of view.sections) {
      if (status !== "checked" || this.#results.has(index)) continue;
      if (!this.started) this.#begins();
      const result = spans.length > 0 ? spans : [{ text, mark: undefined, verbatim: false }];
      this.#results.set(index, result);
      if (this.#shown) this.blocks[index]?.translate(result, this.#to);
    }
  }

  /** Shows the original, or the translation again. */
  show(translation: boolean): void {
    this.#shown = translation;
    if (translation) {
      for (const [index, spans] of this.#results) this.blocks[index]?.translate(spans, this.#to);
      return;
    }
    // Backwards: a block may have been put into an element that another one is part of.
    for (const block of this.blocks.toReversed()) block.restore();
  }
}
