// Prints points as they are written, and remarks between their lines: both may stand on one console.

import type { Point } from "./popup.ts";

const FINAL = ["checked", "quoted"];

export class Teletype {
  readonly #print: (text: string) => void;
  readonly #remark: (text: string) => void;
  readonly #printed = new Map<number, string>();
  readonly #finished = new Set<number>();
  /** Whether a line has begun that goes on. */
  #isInLine = false;
  /** What is remarked when it ends. */
  readonly #held: string[] = [];

  constructor(print: (text: string) => void, remark: (text: string) => void) {
    this.#print = print;
    this.#remark = remark;
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
      this.#isInLine = true;
      if (text.startsWith(before ?? "")) this.#print(text.slice(before?.length ?? 0));
      else if (final) this.#print(`\n  replaced by: ${text}`);
      else return;
      this.#printed.set(index, text);
      if (!final) return;
      this.#finished.add(index);
      this.end();
    }
  }

  /** Makes a remark: at once, or when the line that is being written has ended. */
  say(text: string): void {
    if (this.#isInLine) this.#held.push(text);
    else this.#remark(text);
  }

  /** Ends the line that is being written. */
  end(): void {
    if (this.#isInLine) this.#print("\n");
    this.#isInLine = false;
    for (const text of this.#held.splice(0)) this.#remark(text);
  }
}
