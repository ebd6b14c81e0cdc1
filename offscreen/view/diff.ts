// What became of a text, word by word.

/** A stretch of words: in both texts, only in the old one, or only in the new one. */
export interface Change {
  kind: "same" | "removed" | "added";
  text: string;
}

/**
 * Pairs of words beyond which no common ones are looked for: about a thousand words against a
 * thousand.
 */
const PAIRS_LIMIT = 1_200_000;

/** The changes that lead from one text to another: their longest common sequence of words. */
export function diff(before: string, after: string): Change[] {
  const old = words(before);
  const now = words(after);
  let start = 0;
  while (start < old.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const changes: Change[] = [];
  const add = (kind: Change["kind"], text: string): void => {
    const last = changes.at(-1);
    if (last?.kind === kind) last.text += text;
    else if (text !== "") changes.push({ kind, text });
  };
  add("same", old.slice(0, start).join(""));
  middle(old.slice(start, old.length - end), now.slice(start, now.length - end), add);
  add("same", old.slice(old.length - end).join(""));
  return changes;
}

/** Words and what is between them, each a piece of its own. */
function words(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}\p{M}’'_-]+|[^\s\p{L}\p{N}\p{M}]/gu) ?? [];
}

function middle(old: string[], now: string[], add: (kind: Change["kind"], text: string) => void): void {
  if (old.length * now.length > PAIRS_LIMIT) {
    add("removed", old.join(""));
    add("added", now.join(""));
    return;
  }
  // lengths[i * width + j]: the longest common sequence of what follows old[i] and now[j].
  const width = now.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      add("same", old[i] ?? "");
      i += 1;
      j += 1;
    } else if (i < old.length && (j >= now.length || at(i + 1, j) >= at(i, j + 1))) {
      add("removed", old[i] ?? "");
      i += 1;
    } else {
      add("added", now[j] ?? "");
      j += 1;
    }
  }
}
