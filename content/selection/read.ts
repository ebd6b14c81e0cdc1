// Reads what is selected in this document.

import { bytes, cut as cutTo } from "../capture/size";
import { copyFrom } from "./clipboard";
import { knownEditor } from "./editors";
import { type Field, FieldPlace, isField } from "./field";
import { lettersOf } from "./letters";
import { asWritten, partsOf } from "./parts";
import type { SelectionPlace } from "./place";
import { isProxy, ProxyPlace, selectedBehind } from "./proxy";
import { deepFocus, editableHost, selected } from "./select";
import { TextPlace } from "./text";

/** Bytes of UTF-8. */
const LIMIT = 64 * 1024;

/** What is selected, and how many characters beyond that were too many to read. */
export interface ReadSelection {
  place: SelectionPlace;
  cut: number;
}

/**
 * The selection of the field that has the focus, else that of the text; none when nothing is
 * selected.
 */
export function readSelection(): ReadSelection | undefined {
  const focused = deepFocus();
  if (focused && isProxy(focused)) return readProxy(focused);
  if (focused && isField(focused)) return readField(focused);
  // Another kind of field: what is in it was not meant for anyone but the page.
  if (focused instanceof HTMLInputElement) return undefined;
  const selection = selected(focused ?? document);
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return undefined;
  const all = selection.toString();
  if (all.trim() === "") return undefined;
  const range = selection.getRangeAt(0);
  const parts = partsOf(range, all);
  const text = fitting(parts ? asWritten(parts, all) : all);
  const cut = all.length - text.length + missing(range, all);
  return { place: new TextPlace(range, text, cut === 0), cut };
}

/** How much of what is selected the page does not hold: an editor may draw only what is on view. */
function missing(range: Range, text: string): number {
  const host = editableHost(range.startContainer);
  if (!host || !knownEditor(host)?.virtual) return 0;
  const copied = copyFrom(host)?.getData("text/plain") ?? "";
  return lettersOf(copied) === lettersOf(text) ? 0 : Math.max(1, copied.length - text.length);
}

function readField(field: Field): ReadSelection | undefined {
  const start = field.selectionStart ?? 0;
  const all = field.value.slice(start, field.selectionEnd ?? 0);
  if (all.trim() === "") return undefined;
  const text = fitting(all);
  return { place: new FieldPlace(field, start, text), cut: all.length - text.length };
}

function readProxy(proxy: Element): ReadSelection | undefined {
  const all = selectedBehind(proxy);
  if (all.trim() === "") return undefined;
  const text = fitting(all);
  return { place: new ProxyPlace(proxy, text), cut: all.length - text.length };
}

function fitting(text: string): string {
  return bytes(text) > LIMIT ? cutTo(text, LIMIT) : text;
}
