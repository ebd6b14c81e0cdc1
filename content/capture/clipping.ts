// Style values that leave nothing of a box to be seen.

/** Of `clip-path` and of `clip`. */
export function clipsAll(clipPath: string, clip: string): boolean {
  return (clipPath !== "none" && clipPath !== "" && shapeIsEmpty(clipPath)) || rectIsEmpty(clip);
}

/** Of `filter`: an `opacity()` of nothing. */
export function filtersAll(filter: string): boolean {
  return /opacity\(0(\.0\d*)?%?\)/.test(filter);
}

function shapeIsEmpty(shape: string): boolean {
  const [, name, inside] = /^([a-z]+)\(([^()]*)\)/.exec(shape) ?? [];
  if (name === undefined || inside === undefined) return false;
  switch (name) {
    case "circle":
    case "ellipse":
      return /^0(px|%)?(\s|$)/.test(inside.trim());
    case "inset":
      return insetIsEmpty(inside.split(" round ")[0] ?? "");
    case "polygon":
      return polygonIsEmpty(inside);
    default:
      return false;
  }
}

/** Lengths are not compared with the box: only what takes half of it or more from both sides. */
function insetIsEmpty(inside: string): boolean {
  const sides = inside
    .trim()
    .split(/\s+/)
    .map((side) => (side.endsWith("%") ? Number.parseFloat(side) : Number.NaN));
  const [top = Number.NaN, right = top, bottom = top, left = right] = sides;
  return top + bottom >= 100 || left + right >= 100;
}

function polygonIsEmpty(inside: string): boolean {
  const points = inside.split(",").map((point) => point.trim().split(/\s+/).slice(-2));
  const [first] = points;
  return [0, 1].some((axis) => points.every((point) => point[axis] === first?.[axis]));
}

function rectIsEmpty(clip: string): boolean {
  const [, inside] = /^rect\((.*)\)$/.exec(clip) ?? [];
  if (inside === undefined) return false;
  const [top, right, bottom, left] = inside.split(/[\s,]+/).map(Number.parseFloat);
  const isThin = (from: number | undefined, to: number | undefined): boolean => (to ?? NaN) - (from ?? NaN) <= 1;
  return isThin(left, right) || isThin(top, bottom);
}
