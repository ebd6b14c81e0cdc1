// A selection in an `<input>` or `<textarea>`.

import type { ReplaceError } from "../../offscreen/view/replacement";
import type { SelectionPlace } from "./place";
import { type, undoUntil } from "./typing";

export type Field = HTMLInputElement | HTMLTextAreaElement;

/** Types of `<input>` that hold words. A password is never read. */
const TEXT_TYPES = new Set(["text", "search", "url", "tel"]);

/** Whether an element is a field whose text may be read. */
export function isField(element: Element): element is Field {
  return (
    element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && TEXT_TYPES.has(element.type))
  );
}

export class FieldPlace implements SelectionPlace {
  readonly text: string;
  readonly #field: Field;
  #start: number;
  #before = "";

  /** The part of a field from `start` that is this text. */
  constructor(field: Field, start: number, text: string) {
    this.#field = field;
    this.#start = start;
    this.text = text;
  }

  get element(): Element {
    return this.#field;
  }

  get editable(): boolean {
    return !this.#field.readOnly && !this.#field.disabled;
  }

  /** Typing over a selection is one step. */
  get undos(): number {
    return 1;
  }

  get #end(): number {
    return this.#start + this.text.length;
  }

  box(): DOMRect {
    return this.#field.getBoundingClientRect();
  }

  async replace(text: string): Promise<ReplaceError | undefined> {
    const field = this.#field;
    if (!field.isConnected) return "gone";
    if (!this.editable) return "locked";
    const { value } = field;
    if (!this.#find(value)) return "changed";
    // A single line takes no line breaks: the browser would drop them and glue the words together.
    const typed = field instanceof HTMLInputElement ? text.replace(/\s*\n\s*/g, " ") : text;
    const wanted = value.slice(0, this.#start) + typed + value.slice(this.#end);
    if (field.maxLength >= 0 && wanted.length > field.maxLength) return "too-long";
    this.focus();
    this.#before = value;
    type(typed);
    const now = field.value;
    if (now === wanted) return undefined;
    if (now === value) return "refused";
    // The page's own handlers may have tidied up what was typed, but nothing else.
    if (now.startsWith(value.slice(0, this.#start)) && now.endsWith(value.slice(this.#end))) return undefined;
    return (await this.undo()) ? "altered" : "damaged";
  }

  /** Whether the text is where it was, or in one other place. */
  #find(value: string): boolean {
    if (value.slice(this.#start, this.#end) === this.text) return true;
    const start = value.indexOf(this.text);
    if (start < 0 || value.indexOf(this.text, start + 1) >= 0) return false;
    this.#start = start;
    return true;
  }

  async undo(): Promise<boolean> {
    return undoUntil(this.#field, 2, () => this.#field.value === this.#before);
  }

  focus(): void {
    this.#field.focus({ preventScroll: true });
    this.#field.setSelectionRange(this.#start, this.#end);
  }
}
