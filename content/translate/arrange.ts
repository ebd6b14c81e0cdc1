// Puts the spans of a translation where the spans of the original were.

import type { Span } from "../../offscreen/protocol/protocol";
import type { Changes } from "./changes";
import type { Slot } from "./slot";

/** A span of the translation and its slot; text under no mark takes what place there is. */
interface PlacedSpan {
  text: string;
  slot: Slot | undefined;
}

/**
 * Fills the slots: in place if the marks come in their order, with whole elements moved if those
 * come in another.
 */
export function arrange(slots: Slot[], spans: Span[], changes: Changes): void {
  const worded = spans.filter(({ text }) => text !== "").map((span) => ({ ...span }));
  const [first, last] = [worded[0], worded.at(-1)];
  const [lead, trail] = edges(slots);
  if (first && !first.verbatim) first.text = lead + first.text;
  if (last && !last.verbatim) last.text += trail;
  const placed = match(slots, worded);
  if (placed && ascends(placed, slots)) fillInPlace(slots, placed, changes);
  else if (placed && movable(placed, slots)) move(slots, placed, changes);
  else flatten(slots, worded.map(({ text }) => text).join(""), changes);
}

/** The space at both ends, which is laid out as nothing. */
function edges(slots: Slot[]): [string, string] {
  const first = slots[0]?.texts.map(({ data }) => data).join("") ?? "";
  const last =
    slots
      .at(-1)
      ?.texts.map(({ data }) => data)
      .join("") ?? "";
  return [/^\s*/.exec(first)?.[0] ?? "", /\s*$/.exec(last)?.[0] ?? ""];
}

/**
 * Finds each marked span's slot; nothing when a mark is not of the original, or something verbatim
 * has not come back. A link or an emphasis that has not come back is left without words.
 */
function match(slots: Slot[], spans: Span[]): PlacedSpan[] | undefined {
  const missing = new Set(slots.filter(({ verbatim }) => verbatim));
  const free = new Set(slots);
  const placed: PlacedSpan[] = [];
  for (const { text, mark, verbatim } of spans) {
    if (mark == null) {
      placed.push({ text, slot: undefined });
      continue;
    }
    const slot = [...free].find((candidate) => candidate.mark === mark && candidate.verbatim === verbatim);
    if (!slot) return undefined;
    free.delete(slot);
    missing.delete(slot);
    placed.push({ text, slot });
  }
  return missing.size === 0 ? placed : undefined;
}

function ascends(placed: PlacedSpan[], slots: Slot[]): boolean {
  const order = placed.flatMap(({ slot }) => (slot ? [slots.indexOf(slot)] : []));
  return order.every((index, i) => i === 0 || index > (order[i - 1] ?? 0));
}

/**
 * Whether it is enough to move the block's own elements: what is inside of each stays together, in
 * its order.
 */
function movable(placed: PlacedSpan[], slots: Slot[]): boolean {
  const tops = new Map<ChildNode, PlacedSpan[]>();
  const runs: ChildNode[] = [];
  for (const span of placed) {
    const top = span.slot?.top;
    if (!top) continue;
    tops.set(top, [...(tops.get(top) ?? []), span]);
    if (runs.at(-1) !== top) runs.push(top);
  }
  return runs.length === tops.size && [...tops.values()].every((inside) => ascends(inside, slots));
}

function fillInPlace(slots: Slot[], placed: PlacedSpan[], changes: Changes): void {
  const texts = new Map<Slot, string>();
  let at = -1;
  placed.forEach(({ text, slot }, i) => {
    if (slot) {
      texts.set(slot, text);
      at = slots.indexOf(slot);
      return;
    }
    const next = placed.slice(i).find((later) => later.slot)?.slot;
    const end = next ? slots.indexOf(next) : slots.length;
    const open = slots.slice(at + 1, end).find(({ mark }) => mark === undefined);
    const before = slots[at];
    if (open) {
      texts.set(open, text);
      at = slots.indexOf(open);
    } else if (before && !before.verbatim && before.top === next?.top) {
      // Inside of one element there is no place for text that is in none.
      texts.set(before, (texts.get(before) ?? "") + text);
    } else {
      insertBetween(before?.top ?? undefined, next?.top, text, changes);
    }
  });
  for (const slot of slots) fill(slot, texts.get(slot) ?? "", changes);
}

/** Puts the elements into a new order after the block's last node, new texts between them. */
function move(slots: Slot[], placed: PlacedSpan[], changes: Changes): void {
  const last = slots.at(-1)?.top;
  const parent = last?.parentNode;
  if (!last || !parent) return;
  const after = new Text();
  changes.insert(after, parent, last.nextSibling);
  const texts = new Map<Slot, string>();
  for (const { text, slot } of placed) {
    if (!slot) {
      changes.insert(new Text(text), parent, after);
      continue;
    }
    texts.set(slot, text);
    if (after.previousSibling !== slot.top) changes.move(slot.top, after);
  }
  for (const slot of slots) fill(slot, texts.get(slot) ?? "", changes);
}

/**
 * All of the text in one place; elements that it was part of are left empty, verbatim ones of which
 * it tells are taken out of sight.
 */
function flatten(slots: Slot[], text: string, changes: Changes): void {
  const carrier = slots.find(({ mark }) => mark === undefined);
  for (const slot of slots) {
    if (!slot.element) fill(slot, slot === carrier ? text : "", changes);
    else if (text.includes(slot.element.textContent ?? "")) changes.hide(slot.element);
  }
  if (!carrier) insertBetween(undefined, slots[0]?.top, text, changes);
}

/** The longest text carries the words: the first may be an initial, or a figure that the page counts. */
function fill({ texts }: Slot, text: string, changes: Changes): void {
  const longest = Math.max(...texts.map(({ data }) => data.trim().length));
  const carrier = texts.find(({ data }) => data.trim().length === longest);
  for (const node of texts) changes.setText(node, node === carrier ? text : "");
}

function insertBetween(
  before: ChildNode | undefined,
  next: ChildNode | undefined,
  text: string,
  changes: Changes,
): void {
  const node = new Text(text);
  if (next?.parentNode) changes.insert(node, next.parentNode, next);
  else if (before?.parentNode) changes.insert(node, before.parentNode, before.nextSibling);
}
