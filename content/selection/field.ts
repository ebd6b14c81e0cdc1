// A selection in an `<input>` or `<textarea>`.

import type { ReplaceError } from "../../offscreen/view/replacement";
import { alike } from "./letters";
import type { SelectionPlace } from "./place";
import { hasFocus } from "./select";
import { settle, settleUntouched, type, undoUntil } from "./typing";

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
  /** Whether no other part of the field was the same text. */
  readonly #isUnique: boolean;
  /** The field's whole text before it was written to. */
  #before = "";
  /** What was written last, and the field's whole text since. */
  #written: { typed: string; value: string } | undefined;

  /** The part of a field from `start` that is this text. */
  constructor(field: Field, start: number, text: string) {
    this.#field = field;
    this.#start = start;
    this.text = text;
    this.#isUnique = isUnique(field.value, text);
  }

  get element(): Element {
    return this.#field;
  }

  get editable(): boolean {
    return !this.#field.readOnly && !this.#field.matches(":disabled");
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
    // A single line takes no line breaks: the browser would drop them and glue the words together.
    const typed = field instanceof HTMLInputElement ? text.replace(/\s*\n\s*/g, " ") : text;
    if (this.#written?.typed === typed && this.#written.value === value) return undefined;
    if (!this.#find(value)) return "changed";
    const head = value.slice(0, this.#start);
    const tail = value.slice(this.#end);
    const wanted = head + typed + tail;
    if (field.maxLength >= 0 && wanted.length > field.maxLength) return "too-long";
    this.focus();
    // The page hears of the focus, and may do anything then.
    if (field.value !== value) return "changed";
    if (!this.#isSelected()) return "refused";
    this.#before = value;
    // The page's own handlers may tidy up what was typed, but nothing else.
    const isThere = (now: string): boolean => {
      if (now === wanted || now === value) return now === wanted;
      const length = now.length - head.length - tail.length;
      if (length < 0 || !now.startsWith(head) || !now.endsWith(tail)) return false;
      return alike(now.slice(head.length, head.length + length), typed);
    };
    type(field, typed);
    const wasThere = isThere(field.value);
    const isUntouched = await settleUntouched(field);
    if (wasThere && !isUntouched) return undefined;
    const now = field.value;
    if (isThere(now)) {
      this.#written = { typed, value: now };
      return undefined;
    }
    if (now === value) return "refused";
    return (await this.undo()) ? "altered" : "damaged";
  }

  /** Whether the text is where it was, or in one other place that it can have moved to. */
  #find(value: string): boolean {
    if (value.slice(this.#start, this.#end) === this.text) return true;
    if (!this.#isUnique || !isUnique(value, this.text)) return false;
    this.#start = value.indexOf(this.text);
    return true;
  }

  /** Whether what is typed now takes the text's place. */
  #isSelected(): boolean {
    const { selectionStart, selectionEnd } = this.#field;
    return hasFocus(this.#field) && selectionStart === this.#start && selectionEnd === this.#end;
  }

  async undo(): Promise<boolean> {
    const field = this.#field;
    const isBack = (): boolean => field.value === this.#before;
    if (await undoUntil(field, 1, isBack)) return true;
    // What a script has changed since, no undo brings back: a script does, with the page's consent or
    // without.
    for (const isHeard of [true, false]) {
      field.value = this.#before;
      if (isHeard) field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      await settle();
      if (isBack()) return true;
    }
    return false;
  }

  focus(): void {
    this.#field.focus({ preventScroll: true });
    this.#field.setSelectionRange(this.#start, this.#end);
  }
}

/** Whether a text has this part, once. */
function isUnique(text: string, part: string): boolean {
  const start = text.indexOf(part);
  return start >= 0 && text.indexOf(part, start + 1) < 0;
}
