// A selection in an `<input>` or `<textarea>`.

import type { ReplaceError } from "../../offscreen/view/replacement";
import { type SelectionPlace, type } from "./place";

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
  readonly #start: number;

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
    if (value.slice(this.#start, this.#end) !== this.text) return "changed";
    // A single line takes no line breaks: the browser would drop them and glue the words together.
    const typed = field instanceof HTMLInputElement ? text.replace(/\s*\n\s*/g, " ") : text;
    const wanted = value.slice(0, this.#start) + typed + value.slice(this.#end);
    if (field.maxLength >= 0 && wanted.length > field.maxLength) return "too-long";
    this.focus();
    type(typed);
    // The page's own handlers may have tidied the text up since; only when nothing was taken was it
    // refused.
    return field.value === value && wanted !== value ? "refused" : undefined;
  }

  focus(): void {
    this.#field.focus({ preventScroll: true });
    this.#field.setSelectionRange(this.#start, this.#end);
  }
}
