// The way from one language to another.

/** Where translators of two directions meet. */
const PIVOT = "en";

export interface Direction {
  from: string;
  to: string;
}

/** The directions that translators need to lead from one language to the other. */
export function legs(from: string, to: string): Direction[] {
  if (from === "" || to === "" || from === to) return [];
  if (from === PIVOT || to === PIVOT) return [{ from, to }];
  return [
    { from, to: PIVOT },
    { from: PIVOT, to },
  ];
}
