import type { Block, Span } from "../../offscreen/protocol/protocol";

/** Something of a page that is translated as one: a stretch of its text, or the text of an attribute. */
export interface Unit {
  /** What the engine is given of it: one block, or one for each line that the page keeps apart. */
  readonly blocks: Block[];
  /** The element whose text it is, or is part of. */
  readonly container: Element;
  /** The nodes that show it now. */
  readonly nodes: Node[];
  /** Where it is in the viewport; nowhere if it is not drawn. */
  box(): DOMRect | undefined;
  /** Whether its text is what Sotto has read or written, where it was. */
  isIntact(): boolean;
  /**
   * Puts in what there is of a translation, block by block; nothing when the page has changed the
   * text. With `beside`, the original of a passage stays below it.
   */
  translate(results: (Span[] | undefined)[], to: string, beside: boolean): void;
  /** Brings the original back. */
  restore(): void;
}
