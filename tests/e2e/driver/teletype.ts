// Prints points as they are written.

import type { Point } from "./popup.ts";

const FINAL = ["checked", "quoted"];

export class Teletype {
  readonly #print: (text: string) => void;
  readonly #printed = new Map<number, string>();
  readonly #finished = new Set<number>();

  constructor(print: (text: string) => void) {
    this.#print = print;
  }

  /**
   * Prints what is new of the first point that is not finished: several are written at once, and are printed one after
   * the other. Text that a check replaced afterwards is printed again, below the draft.
   */
  show(points: Point[]): void {
    for (const { index, status, text } of points) {
      const final = FINAL.includes(status);
      if (this.#finished.has(index)) continue;
      if (status !== "draft" && !final) return;
      const before = this.#printed.get(index);
      if (before === undefined) this.#print("- ");
      if (text.startsWith(before ?? "")) this.#print(text.slice(before?.length ?? 0));
      else if (final) this.#print(`\n  replaced by: ${text}`);
      else return;
      this.#printed.set(index, text);
      if (!final) return;
      this.#finished.add(index);
      this.#print("\n");
    }
  }
}
