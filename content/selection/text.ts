// A selection in running text: of an editable element, or of the page itself.

import type { ReplaceError } from "../../offscreen/view/replacement";
import { editorOf, knownEditor } from "./editors";
import { alike, Letters, lettersOf } from "./letters";
import { partsOf } from "./parts";
import type { SelectionPlace } from "./place";
import { type Edit, planEdits } from "./plan";
import { editableHost, hasFocus, isSelected, selected, selectRange } from "./select";
import { hasStructure, isUniform, Snapshot } from "./snapshot";
import { stretchesOf } from "./stretch";
import { settle, settleUntouched, undoUntil } from "./typing";
import { writeLines, writeWords } from "./write";

export class TextPlace implements SelectionPlace {
  readonly text: string;
  readonly #range: Range;
  readonly #whole: boolean;
  /** Known from the beginning: an editor that draws its text anew takes the range's nodes away. */
  readonly #host: HTMLElement | undefined;
  /** Whether the element held these letters once. */
  readonly #isUnique: boolean;
  #undos = 0;
  #isUndone: () => boolean = () => true;
  /** The text that was put in last, and whether the element is as it was left then. */
  #written: { text: string; isThere: () => boolean } | undefined;

  /**
   * A range of the document and its text; `whole` tells that the text is all that was selected, not
   * only a part.
   */
  constructor(range: Range, text: string, whole: boolean) {
    this.#range = range.cloneRange();
    this.text = text;
    this.#whole = whole;
    const host = editableHost(range.startContainer);
    this.#host = host?.contains(range.endContainer) ? host : undefined;
    this.#isUnique = this.#host !== undefined && this.#letters(this.#host) !== undefined;
  }

  get element(): Element | null {
    const node = this.#range.startContainer;
    return node instanceof Element ? node : node.parentElement;
  }

  get editable(): boolean {
    return this.#whole && this.#host?.isContentEditable === true;
  }

  get undos(): number {
    return this.#undos;
  }

  box(): DOMRect {
    return this.#range.getBoundingClientRect();
  }

  async replace(text: string): Promise<ReplaceError | undefined> {
    const host = this.#host;
    if (!this.#range.startContainer.isConnected || (host && !host.isConnected)) return "gone";
    if (!host?.isContentEditable) return "locked";
    if (!this.#whole) return "partial";
    if (this.#written?.text === text && this.#written.isThere()) return undefined;
    let error = await this.#attempt(host, text, 0);
    const { length } = editorOf(host).ways;
    for (let way = 1; way < length && (error === "refused" || error === "altered"); way += 1) {
      error = await this.#attempt(host, text, way);
    }
    return error;
  }

  async undo(): Promise<boolean> {
    if (!this.#host || !this.#written?.isThere()) return false;
    return undoUntil(this.#host, this.#undos, this.#isUndone);
  }

  focus(): void {
    this.#host?.focus({ preventScroll: true });
    selectRange(this.#range);
  }

  /** The text's range now: where it was, or the one place that it can have moved to. */
  #find(host: HTMLElement): Range | undefined {
    if (!this.#range.collapsed && partsOf(this.#range, this.text)) return this.#range;
    const range = this.#isUnique ? this.#letters(host) : undefined;
    return range && partsOf(range, this.text) && range;
  }

  /** The range of the text's letters in an element that holds them once. */
  #letters(host: HTMLElement): Range | undefined {
    const letters = new Letters(host);
    const wanted = lettersOf(this.text);
    const start = letters.text.indexOf(wanted);
    if (start < 0 || letters.text.indexOf(wanted, start + 1) >= 0) return undefined;
    return letters.range(start, start + wanted.length);
  }

  /**
   * Selects the text, and waits until an editor has taken that over: it may put its own selection
   * back when it gets the focus.
   */
  async #select(host: HTMLElement, range: Range): Promise<ReplaceError | undefined> {
    // What stands selected all the time, the page has taken over long since.
    const isNew = knownEditor(host) !== undefined || !hasFocus(host) || !isSelected(range);
    host.focus({ preventScroll: true });
    for (let tries = 0; tries < 2; tries += 1) {
      selectRange(range);
      if (isNew) await settle();
      if (hasFocus(host) && alike(selected(host)?.toString() ?? "", this.text)) return undefined;
    }
    return hasFocus(host) ? "changed" : "refused";
  }

  /**
   * Writes in the first, second … of its editor's ways, looks at what became of it, and takes it
   * back if that is wrong.
   */
  async #attempt(host: HTMLElement, text: string, attempt: number): Promise<ReplaceError | undefined> {
    const range = this.#find(host);
    if (!range) return "changed";
    const unselected = await this.#select(host, range);
    if (unselected) return unselected;
    const parts = partsOf(range, this.text);
    const edits = parts && planEdits(parts, this.text, text);
    if (!edits) return "changed";
    if (edits === "kept") return "kept";
    if (edits === "lines" && hasStructure(range)) return "structure";
    const before = new Snapshot(host);
    const { letters } = before;
    const start = letters.before(range.startContainer, range.startOffset);
    const end = letters.before(range.endContainer, range.endOffset);
    const wanted =
      edits === "lines"
        ? letters.text.slice(0, start) + lettersOf(text) + letters.text.slice(end)
        : before.after(edits);
    this.#isUndone = () => before.isNow(host, letters.text);
    this.#undos = await this.#write(host, range, edits, text, attempt);
    const isThere = (): boolean => before.isNow(host, wanted);
    const wasThere = isThere();
    const known = knownEditor(host) !== undefined;
    const cursor = wanted.length - (letters.text.length - end);
    // At once: the reader may type on.
    if (wasThere && !known) await this.#placeCursor(host, cursor);
    const isUntouched = await settleUntouched(host);
    if (wasThere && !isUntouched) return undefined;
    const keepsFormatting = edits === "lines" || edits.some((edit) => edit.text === "") || before.isFormatted(host);
    if (isThere() && (keepsFormatting || !known)) {
      if (known || !wasThere) await this.#placeCursor(host, cursor);
      this.#written = { text, isThere };
      return undefined;
    }
    if (this.#isUndone()) return "refused";
    return (await undoUntil(host, this.#undos + 1, this.#isUndone)) ? "altered" : "damaged";
  }

  /** Writes over what is selected, and returns in how many steps. */
  async #write(
    host: HTMLElement,
    range: Range,
    edits: Edit[] | "lines",
    text: string,
    attempt: number,
  ): Promise<number> {
    const known = knownEditor(host);
    if (edits === "lines" || (edits.length > 1 && !known && isUniform(range))) {
      await writeLines(host, range, text);
      return 1;
    }
    const stretches = stretchesOf(edits);
    const { ways } = editorOf(host);
    // A single stretch is one step in any way: the last is the one that touches least.
    const way = (stretches.length === 1 ? ways.toReversed() : ways)[attempt];
    return way === undefined ? 0 : writeWords(host, way, stretches, this.text, text);
  }

  /**
   * Puts the cursor after the letter before `index`: where it is after typing. An editor may still
   * be about to put it where it was.
   */
  async #placeCursor(host: HTMLElement, index: number): Promise<void> {
    for (let tries = 0; tries < 3 && index > 0; tries += 1) {
      const letters = new Letters(host);
      const end = letters.range(index - 1, index);
      end.collapse(false);
      selectRange(end);
      if (!knownEditor(host)) return;
      await settle();
      const { focusNode, focusOffset } = selected(host) ?? {};
      if (focusNode && new Letters(host).before(focusNode, focusOffset ?? 0) === index) return;
    }
  }
}
