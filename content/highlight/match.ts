// Where a passage stands in a page, both as letters only. What the page has between them (the mark
// of a note, the reading of a word) and what only the passage has (a formula's text) is stepped over.

/** Letters that must be alike for a place to be looked at: a part of the passage, within bounds. */
const SEED_SHARE = 0.25;
const SHORTEST_SEED = 4;
const LONGEST_SEED = 16;
/** Letters by which a step over something is known to have ended. */
const FOOTING = 6;
/** Letters that are stepped over at once, at most. */
const STEP = 64;
/** Steps and places that are looked at, at most. */
const MOST_STEPS = 40;
const MOST_PLACES = 64;
/** The share of the passage that a place must have. */
const SHARE = 0.75;

export interface Place {
  start: number;
  end: number;
}

interface Candidate extends Place {
  /** Letters that it has of the passage. */
  shared: number;
}

/** Where `passage` stands in `page`: as it is, or else where most of it does. */
export function match(passage: string, page: string): Place | undefined {
  const exact = page.indexOf(passage);
  if (exact >= 0) return { start: exact, end: exact + passage.length };
  const size = Math.min(LONGEST_SEED, Math.max(SHORTEST_SEED, Math.ceil(SEED_SHARE * passage.length)));
  let best: Candidate | undefined;
  let places = 0;
  for (let from = 0; from + size <= passage.length; from += size) {
    const seed = passage.slice(from, from + size);
    for (let at = page.indexOf(seed); at >= 0 && places < MOST_PLACES; at = page.indexOf(seed, at + 1)) {
      places += 1;
      const after = follow(passage.slice(from), page.slice(at, at + reach(passage.length - from)));
      const before = follow(reversed(passage.slice(0, from)), reversed(page.slice(Math.max(0, at - reach(from)), at)));
      const place = { start: at - before.end, end: at + after.end, shared: before.shared + after.shared };
      if (!best || isBetter(place, best)) best = place;
    }
  }
  return best && best.shared >= SHARE * passage.length ? best : undefined;
}

/** Has more of the passage, or as much closer together. */
function isBetter(place: Candidate, than: Candidate): boolean {
  if (place.shared !== than.shared) return place.shared > than.shared;
  return place.end - place.start < than.end - than.start;
}

/** How much of a page a passage of so many letters may lie across. */
function reach(length: number): number {
  return 2 * length + STEP;
}

/** Follows a passage along a page: how many letters they share, and where on the page the last is. */
function follow(passage: string, page: string): { shared: number; end: number } {
  let [own, other, shared, end, steps] = [0, 0, 0, 0, 0];
  while (own < passage.length && other < page.length) {
    if (passage.charCodeAt(own) === page.charCodeAt(other)) {
      own += 1;
      other += 1;
      shared += 1;
      end = other;
      continue;
    }
    steps += 1;
    const step = steps > MOST_STEPS ? undefined : nextFooting(passage, own, page, other);
    if (!step) break;
    [own, other] = step;
  }
  return { shared, end };
}

/** Where both go on alike: the page steps over as little as it can for the passage's next letters. */
function nextFooting(passage: string, own: number, page: string, other: number): [number, number] | undefined {
  const ahead = page.slice(other, other + STEP + FOOTING);
  for (let skipped = 0; skipped <= STEP; skipped += 1) {
    const footing = passage.slice(own + skipped, own + skipped + FOOTING);
    if (footing === "") return undefined;
    const found = ahead.indexOf(footing);
    if (found >= 0) return [own + skipped, other + found];
  }
  return undefined;
}

function reversed(text: string): string {
  return text.split("").reverse().join("");
}
