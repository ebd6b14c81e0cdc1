// What parts of a page say that they are in the wanted language already. Word processors, and the
// frames of web applications, say it of everything, whatever language that is in.

import type { TextLengths } from "../capture/text_lengths";
import { attribute, document, parentElement } from "../page/dom";

/** Elements that say the language of their translation: that is Sotto's word, not the page's. */
const labelled = new WeakSet<Element>();

/** Notes that an element says from now on which language Sotto has translated it into. */
export function label(element: Element): void {
  labelled.add(element);
}

export class Claims {
  readonly #to: string;
  readonly #isBelieved: boolean;

  constructor(root: Element, to: string, lengths: TextLengths) {
    this.#to = to;
    this.#isBelieved = this.#claimed(root, lengths) * 2 <= lengths.of(root);
  }

  /** Whether an element is to be taken for what it says itself: text in the wanted language. */
  holds(element: Element): boolean {
    return this.#isBelieved && this.#says(element);
  }

  /** Whether what an element stands in is to be taken for text in the wanted language. */
  holdsAround(element: Element): boolean {
    return this.#isBelieved && this.#says(sayer(element));
  }

  #says(element: Element | null): boolean {
    if (!element || element === document.documentElement || labelled.has(element)) return false;
    return attribute(element, "lang")?.toLowerCase().split("-")[0] === this.#to;
  }

  /**
   * Characters that are said to be in the wanted language. Nobody has a page translated that is in
   * it: where it is most of them, the page doesn't know.
   */
  #claimed(root: Element, lengths: TextLengths): number {
    const sayers = [root, ...Element.prototype.querySelectorAll.call(root, "[lang]")];
    if (!sayers.some((element) => this.#says(element))) return 0;
    let sum = 0;
    for (const element of sayers) {
      if (sayer(element) !== element) continue;
      if (this.#says(element)) sum += lengths.of(element);
      // What a part says of itself is not said by what is around it.
      const around = element === root ? null : parentElement(element);
      if (around && this.#says(sayer(around))) sum -= lengths.of(element);
    }
    return sum;
  }
}

/** The nearest element that says which language an element is in. */
function sayer(element: Element): Element | null {
  for (let said: Element | null = element; said; said = parentElement(said)) {
    said = Element.prototype.closest.call(said, "[lang]");
    if (!said || !labelled.has(said)) return said;
  }
  return null;
}
