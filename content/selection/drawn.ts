// Whether a page draws its text itself, as Google Docs does: then the browser knows of no selection there.

import { box, document } from "../page/dom";

/** Share of the view that its drawings cover at least. */
const LEAST_SHARE = 0.4;
/** Drawings that are looked at. */
const DRAWINGS_LIMIT = 50;

export function isDrawn(): boolean {
  const areas = [...document.querySelectorAll("canvas")].slice(0, DRAWINGS_LIMIT).map((canvas) => {
    const { left, top, right, bottom } = box(canvas);
    const width = Math.min(right, innerWidth) - Math.max(left, 0);
    const height = Math.min(bottom, innerHeight) - Math.max(top, 0);
    return Math.max(width, 0) * Math.max(height, 0);
  });
  return areas.reduce((sum, area) => sum + area, 0) >= LEAST_SHARE * innerWidth * innerHeight;
}
