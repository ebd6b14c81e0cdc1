// Where a selection stands, remembered so that a text can take its place later, whatever has the
// focus then.

import type { ReplaceError } from "../../offscreen/view/replacement";

/** A selection as it was when it was read. */
export interface SelectionPlace {
  /** As it was read. */
  readonly text: string;
  /** Whether another text can take its place. */
  readonly editable: boolean;
  /** The element that it stands in. */
  readonly element: Element | null;
  /** Where it is in the viewport now. */
  box(): DOMRect;
  /**
   * Puts a text in its place as if it had been typed: the page hears of it, and one undo brings the
   * old text back.
   */
  replace(text: string): Promise<ReplaceError | undefined>;
  /** Gives it the focus and the selection back. */
  focus(): void;
}

/** Types into whatever has the focus. There is no other way that keeps a page's undo history. */
export function type(text: string): boolean {
  return document.execCommand("insertText", false, text);
}
