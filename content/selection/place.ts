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
   * Puts a text in its place as if it had been typed: the page hears of it. Nothing else is
   * changed: what cannot be written so is left as it is.
   */
  replace(text: string): Promise<ReplaceError | undefined>;
  /** How many undos bring the old text back: several stretches are several steps to a browser. */
  readonly undos: number;
  /** Brings the old text back; false when it could not be. */
  undo(): Promise<boolean>;
  /** Gives it the focus and the selection back. */
  focus(): void;
}
