// The order in which a page is translated: what the reader sees first.

import type { TextBlock } from "./block";

/** Blocks on the screen first, then those below it, then those above. */
export function visibleFirst(blocks: TextBlock[]): TextBlock[] {
  const ranked = blocks.map((block) => ({ block, rank: rank(block.box()) }));
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ block }) => block);
}

function rank({ top, bottom }: DOMRect): number {
  if (bottom <= 0) return 2;
  return top >= innerHeight ? 1 : 0;
}
