// How much text there is in each part of a page.

import { firstChild, localName, nextSibling, nodeType, nodeValue } from "../page/dom";
import { NOT_READ } from "./markup";

/**
 * Lengths of the text under each element, without scripts and the like. All are counted in one
 * walk, when the first is asked for.
 */
export class TextLengths {
  readonly #root: Element;
  #lengths: Map<Element, number> | undefined;

  constructor(root: Element) {
    this.#root = root;
  }

  /** Characters under an element; none for one that is not under the root in the same tree. */
  of(element: Element): number {
    this.#lengths ??= count(this.#root);
    return this.#lengths.get(element) ?? 0;
  }

  /** Whether an element holds most of the page's text. */
  isMost(element: Element): boolean {
    return this.of(element) * 2 > this.of(this.#root);
  }
}

function count(root: Element): Map<Element, number> {
  const elements = [root];
  const parents = [0];
  const sizes = [0];
  // Parents come before their children: added up backwards, every length is whole when it is used.
  for (let i = 0; i < elements.length; i += 1) {
    for (let node = firstChild(elements[i] as Element); node; node = nextSibling(node)) {
      const type = nodeType(node);
      if (type === Node.TEXT_NODE) sizes[i] = (sizes[i] ?? 0) + (nodeValue(node)?.length ?? 0);
      else if (type === Node.ELEMENT_NODE && !NOT_READ.has(localName(node as Element))) {
        elements.push(node as Element);
        parents.push(i);
        sizes.push(0);
      }
    }
  }
  const lengths = new Map<Element, number>();
  for (let i = elements.length - 1; i >= 0; i -= 1) {
    const size = sizes[i] ?? 0;
    lengths.set(elements[i] as Element, size);
    const parent = parents[i] ?? 0;
    if (i > 0) sizes[parent] = (sizes[parent] ?? 0) + size;
  }
  return lengths;
}
