// The order in which a page is translated: what the reader sees first.

import type { Unit } from "./unit";

/** Units on the screen first, then those below it, those above, and what is not drawn. */
export function visibleFirst(units: Unit[]): Unit[] {
  const ranked = units.map((unit) => ({ unit, rank: rank(unit.box()) }));
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ unit }) => unit);
}

function rank(box: DOMRect | undefined): number {
  if (!box || (box.width === 0 && box.height === 0)) return 3;
  if (box.bottom <= 0) return 2;
  return box.top >= innerHeight ? 1 : 0;
}
