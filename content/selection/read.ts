// Reads what is selected in this document.

import { bytes, cut } from "../capture/size";
import { FieldPlace, isField } from "./field";
import type { SelectionPlace } from "./place";
import { selected, TextPlace } from "./text";

/** Bytes of UTF-8. */
const LIMIT = 64 * 1024;

/** What is selected, and whether more was selected than was read. */
export interface ReadSelection {
  place: SelectionPlace;
  truncated: boolean;
}

/**
 * The selection of the field that has the focus, else that of the text; none when nothing is
 * selected.
 */
export function readSelection(): ReadSelection | undefined {
  const focused = deepFocus();
  if (focused && isField(focused)) return readField(focused);
  // Another kind of field: what is in it was not meant for anyone but the page.
  if (focused instanceof HTMLInputElement) return undefined;
  const selection = selected(focused ?? document);
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return undefined;
  const all = selection.toString();
  if (all.trim() === "") return undefined;
  const text = fitting(all);
  const truncated = text.length < all.length;
  return { place: new TextPlace(selection.getRangeAt(0), text, !truncated), truncated };
}

function readField(field: HTMLInputElement | HTMLTextAreaElement): ReadSelection | undefined {
  const start = field.selectionStart ?? 0;
  const all = field.value.slice(start, field.selectionEnd ?? 0);
  if (all.trim() === "") return undefined;
  const text = fitting(all);
  return { place: new FieldPlace(field, start, text), truncated: text.length < all.length };
}

function fitting(text: string): string {
  return bytes(text) > LIMIT ? cut(text, LIMIT) : text;
}

/** The element that has the focus, in whatever open shadow tree it is. */
export function deepFocus(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
