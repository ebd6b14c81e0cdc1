// Which text nodes have to change, and in which stretch, for one text to become another.

import { type Change, diff } from "../../offscreen/view/diff";
import { isSpace } from "./letters";
import { isOnPage, offsetIn, type Part } from "./parts";

/** A stretch of a text node, and what takes its place. */
export interface Edit {
  node: Text;
  start: number;
  end: number;
  text: string;
}

/** Words of the old text that are to be others. */
interface Stretch {
  start: number;
  end: number;
  text: string;
}

/** Elements that a changed word must not take away with it. */
const KEPT = "a[href], [contenteditable='false'], button";

/**
 * The edits that make `text` of the old one, one a text node, in order. `lines`: it has other lines,
 * which text nodes alone cannot express; `kept`: a link or the like would lose all its text, or is
 * not to be edited.
 */
export function planEdits(parts: Part[], old: string, text: string): Edit[] | "lines" | "kept" {
  const changes = lineChanges(old, text) ?? (parts.length === 1 ? diff(old, text) : undefined);
  if (!changes) return "lines";
  const texts = newTexts(parts, old, changes);
  const edits: Edit[] = [];
  for (const [i, part] of parts.entries()) {
    const now = (texts[i] ?? "").trim();
    const edit = now === "" ? removal(part, old) : change(part, old, now);
    if (!edit) continue;
    // What stood between two words that are gone is not needed twice.
    const gone = texts[i - 1]?.trim() === "" && /^\s+$/u.test(old.slice(parts[i - 1]?.to, part.from));
    if (gone && edit.start === part.start)
      while (edit.start > 0 && isSpace(part.node.data.charAt(edit.start - 1))) edit.start -= 1;
    const kept = part.node.parentElement?.closest(KEPT);
    if (kept && (now === "" || !isEditable(part.node))) return "kept";
    edits.push(edit);
  }
  return edits;
}

function isEditable(node: Text): boolean {
  return !isOnPage(node) || (node.parentElement instanceof HTMLElement && node.parentElement.isContentEditable);
}

/** The changes line by line, so that none leads from one line into another. */
function lineChanges(old: string, text: string): Change[] | undefined {
  const now = text.split(/\n+/u).filter(isFilled);
  const before = old.split(/(\s*\n\s*)/u);
  if (before.filter(isFilled).length !== now.length) return undefined;
  return before.flatMap((line) => {
    const words = line.trim();
    if (words === "") return [same(line)];
    const start = line.indexOf(words);
    const changes = diff(words, (now.shift() ?? "").trim());
    return [same(line.slice(0, start)), ...changes, same(line.slice(start + words.length))];
  });
}

function same(text: string): Change {
  return { kind: "same", text };
}

function isFilled(line: string): boolean {
  return line.trim() !== "";
}

/** What each part's text becomes. */
function newTexts(parts: Part[], old: string, changes: Change[]): string[] {
  const texts = parts.map(() => "");
  const add = (owner: number, text: string): void => {
    texts[owner] = (texts[owner] ?? "") + text;
  };
  let position = 0;
  let stretch: Stretch | undefined;
  const settle = (): void => {
    if (stretch && (stretch.text.trim() !== "" || stretch.end > stretch.start)) {
      const { owner, text } = placed(parts, old, stretch);
      add(owner, text);
    }
    stretch = undefined;
  };
  for (const { kind, text } of changes) {
    if (kind === "same") {
      settle();
      const start = position;
      position += text.length;
      for (const [i, { from, to }] of parts.entries()) {
        if (from < position && to > start) add(i, old.slice(Math.max(from, start), Math.min(to, position)));
      }
    } else {
      stretch ??= { start: position, end: position, text: "" };
      if (kind === "added") stretch.text += text;
      else stretch.end = position += text.length;
    }
  }
  settle();
  return texts;
}

/** The part that takes a stretch's new words, and how they are joined to it. */
function placed(parts: Part[], old: string, { start, end, text }: Stretch): { owner: number; text: string } {
  const shares = parts.map(({ node, from, to }) => {
    const share = Math.min(to, end) - Math.max(from, start);
    // A link's words give way only to words of its own.
    return share > 0 && isKept(node) ? share / 1000 : share;
  });
  const most = Math.max(...shares);
  if (most > 0) return { owner: shares.indexOf(most), text };
  const inside = parts.findIndex(({ from, to }) => from < start && start < to);
  if (inside >= 0) return { owner: inside, text };
  const next = parts.findIndex(({ from }) => from >= start);
  const previous = next < 0 ? parts.length - 1 : next - 1;
  const before = parts[previous];
  const after = parts[next];
  const continues = before && !old.slice(before.to, start).includes("\n");
  if (before && (!after || (continues && (!isKept(before.node) || isKept(after.node))))) {
    return { owner: previous, text: old.slice(before.to, start) + text };
  }
  return { owner: next, text: after ? text + old.slice(end, after.from) : text };
}

function isKept({ parentElement }: Text): boolean {
  return parentElement?.closest(KEPT) != null;
}

/** The smallest stretch of a part that has to change; none when it stays as it is. */
function change(part: Part, old: string, now: string): Edit | undefined {
  const before = old.slice(part.from, part.to);
  if (before === now) return undefined;
  const most = Math.min(before.length, now.length);
  let head = 0;
  while (head < most && before[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  if (isHalf(before.charCodeAt(head - 1), 0xd800)) head -= 1;
  if (isHalf(before.charCodeAt(before.length - tail), 0xdc00)) tail -= 1;
  // A cursor at the edge of a node may stand in its neighbour: a letter of its own keeps the words in.
  if (head + tail === before.length && head > 0) head -= 1;
  else if (head + tail === before.length) tail -= 1;
  return {
    node: part.node,
    start: offsetIn(part, old, part.from + head),
    end: tail === 0 ? part.end : offsetIn(part, old, part.to - tail),
    text: now.slice(head, now.length - tail),
  };
}

/** Whether a code unit is the half of a surrogate pair whose range begins at `start`. */
function isHalf(unit: number, start: number): boolean {
  return unit >= start && unit < start + 0x400;
}

/** Takes a part away, and one of the spaces around it. */
function removal({ node, start, end, from, to }: Part, old: string): Edit {
  let last = end;
  if (isSpace(old.charAt(from - 1)) && isSpace(old.charAt(to))) {
    while (last < node.data.length && isSpace(node.data.charAt(last))) last += 1;
  }
  return { node, start, end: last, text: "" };
}
