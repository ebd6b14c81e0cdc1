// Shapes that leave nothing of a box to be seen.

/** What is smaller in one direction shows no letter. */
const SHAPE_PX = 2;

/** By `clip-path` or `clip`, of a box of this size. */
export function clipsAll(clipPath: string, clip: string, size: () => DOMRect): boolean {
  return (clipPath !== "none" && clipPath !== "" && shapeIsEmpty(clipPath, size())) || rectIsEmpty(clip);
}

function shapeIsEmpty(shape: string, { width, height }: DOMRect): boolean {
  const [, name, inside = ""] = /^([a-z]+)\((.*)\)/.exec(shape) ?? [];
  const values = split(inside, /\s+/);
  switch (name) {
    case "circle":
      return isThin(2 * length(values[0], Math.hypot(width, height) / Math.SQRT2));
    case "ellipse":
      return isThin(2 * length(values[0], width)) || isThin(2 * length(values[1], height));
    case "inset":
      return insetIsEmpty(split(inside.split(" round ")[0] ?? "", /\s+/), width, height);
    case "polygon":
      return polygonIsEmpty(split(inside, /,\s*/), width, height);
    case "path":
    case "shape":
      // Fewer than three points.
      return (inside.match(/-?[\d.]+/g) ?? []).length < 6;
    default:
      return false;
  }
}

function insetIsEmpty(sides: string[], width: number, height: number): boolean {
  const [top = "0px", right = top, bottom = top, left = right] = sides;
  return (
    isThin(height - length(top, height) - length(bottom, height)) ||
    isThin(width - length(left, width) - length(right, width))
  );
}

function polygonIsEmpty(corners: string[], width: number, height: number): boolean {
  const points = corners.map((corner) => split(corner, /\s+/).slice(-2));
  return [width, height].some((whole, axis) => {
    const places = points.map((point) => length(point[axis], whole));
    return isThin(Math.max(...places) - Math.min(...places));
  });
}

function rectIsEmpty(clip: string): boolean {
  const [, inside] = /^rect\((.*)\)$/.exec(clip) ?? [];
  if (inside === undefined) return false;
  const [top = NaN, right = NaN, bottom = NaN, left = NaN] = inside.split(/[\s,]+/).map(Number.parseFloat);
  return isThin(right - left) || isThin(bottom - top);
}

function isThin(extent: number): boolean {
  return extent < SHAPE_PX;
}

/** In pixels: of `px`, of parts of a whole, of sums of both. */
function length(text: string | undefined, whole: number): number {
  const terms = [...(text ?? "").matchAll(/([+-]?)\s*(-?[\d.]+(?:e-?\d+)?)(px|%)/g)];
  if (terms.length === 0 || /[a-z]/.test((text ?? "").replace(/^calc|px/g, ""))) return NaN;
  return terms.reduce((sum, [, sign, value, unit]) => {
    const pixels = Number(value) * (unit === "%" ? whole / 100 : 1);
    return sum + (sign === "-" ? -pixels : pixels);
  }, 0);
}

function split(text: string, separator: RegExp): string[] {
  return text.trim().split(new RegExp(`(?:${separator.source})(?![^()]*\\))`));
}
