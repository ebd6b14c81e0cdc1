// How fast bytes come, from when they were there: over the last seconds, so that neither a pause nor
// what was there before counts for long.

const WINDOW_MS = 5000;

export class Pace {
  #seen: { at: number; bytes: number }[] = [];

  /** Notes how many bytes are there now. Fewer than before: it begins anew. */
  note(at: number, bytes: number): void {
    const last = this.#seen.at(-1);
    if (last && bytes < last.bytes) this.#seen = [];
    this.#seen.push({ at, bytes });
    // The last one before the window is where it begins.
    while ((this.#seen[1]?.at ?? at) <= at - WINDOW_MS) this.#seen.shift();
  }

  reset(): void {
    this.#seen = [];
  }

  /** Bytes a second; undefined while it is too early to tell. */
  get perSecond(): number | undefined {
    const [first] = this.#seen;
    const last = this.#seen.at(-1);
    if (!first || !last || last.at - first.at < 500) return undefined;
    return ((last.bytes - first.bytes) / (last.at - first.at)) * 1000;
  }
}
