// While Shift is held, the passage under the pointer is shown as the page wrote it.

import { document, isEditable, isElement } from "../page/dom";
import type { Translation } from "./translation";

const KEY = "Shift";
/** Words that belong to what the reader types. */
const FIELDS = "input,textarea,select";

export class Peek {
  readonly #translation: Translation;
  readonly #ends = new AbortController();
  /** Where the pointer is. */
  #at: { target: Element; x: number; y: number } | undefined;
  #end: (() => void) | undefined;

  constructor(translation: Translation) {
    this.#translation = translation;
    const options = { capture: true, passive: true, signal: this.#ends.signal };
    window.addEventListener("pointermove", (event) => this.#point(event), options);
    window.addEventListener("keydown", (event) => this.#press(event), options);
    window.addEventListener("keyup", ({ key }) => key === KEY && this.#release(), options);
    // Whose keys go elsewhere is not told when one is released.
    window.addEventListener("blur", () => this.#release(), options);
  }

  stop(): void {
    this.#release();
    this.#ends.abort();
  }

  #point(event: PointerEvent): void {
    const [target] = event.composedPath();
    this.#at = isElement(target as Node)
      ? { target: target as Element, x: event.clientX, y: event.clientY }
      : undefined;
  }

  #press({ key, repeat, isTrusted }: KeyboardEvent): void {
    if (key !== KEY) this.#release();
    if (key !== KEY || repeat || !isTrusted || !this.#at || this.#end || !this.#translation.shown) return;
    const { activeElement } = document;
    if (activeElement && (isEditable(activeElement) || Element.prototype.matches.call(activeElement, FIELDS))) return;
    const { target, x, y } = this.#at;
    const units = this.#translation.unitsAround(target).filter((unit) => isIn(unit.box(), x, y));
    if (units.length > 0) this.#end = this.#translation.peek(units);
  }

  #release(): void {
    this.#end?.();
    this.#end = undefined;
  }
}

function isIn(area: DOMRect | undefined, x: number, y: number): boolean {
  return area !== undefined && x >= area.left && x <= area.right && y >= area.top && y <= area.bottom;
}
