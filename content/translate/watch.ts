// What a page does while it is translated, apart from what Sotto does to it.

import { own } from "../page/dom";

/** Attributes by which parts of a page are shown, and those that hold words. */
const ATTRIBUTES = (
  "class style hidden open aria-hidden aria-expanded aria-selected lang translate " +
  "title placeholder alt aria-label aria-description aria-placeholder label value"
).split(" ");

/** After these a page may look otherwise without a change in its tree: its style answers them. */
const EVENTS = ["click", "toggle", "focusin", "pointerover", "change", "load"];

export class Watch {
  readonly #tell: (records: MutationRecord[]) => void;
  readonly #observer: MutationObserver;
  readonly #roots = new WeakSet<Node>();
  readonly #ends = new AbortController();

  /** Calls `tell` when the page has changed something, before that is drawn; without records, perhaps. */
  constructor(tell: (records: MutationRecord[]) => void) {
    this.#tell = tell;
    this.#observer = new MutationObserver((records) => this.#pass(records));
  }

  /** Looks at a document or a shadow root too; false if it does already. */
  add(root: Document | ShadowRoot): boolean {
    if (this.#roots.has(root) || this.#ends.signal.aborted) return false;
    this.#roots.add(root);
    this.#observer.observe(root, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ATTRIBUTES,
    });
    const { signal } = this.#ends;
    for (const event of EVENTS) {
      root.addEventListener(event, () => this.#tell([]), { capture: true, passive: true, signal });
    }
    return true;
  }

  /** Changes the page without being told of it. */
  quietly(change: () => void): void {
    this.#pass(this.#observer.takeRecords());
    try {
      change();
    } finally {
      this.#observer.takeRecords();
    }
  }

  stop(): void {
    this.#ends.abort();
    this.#observer.disconnect();
  }

  #pass(records: MutationRecord[]): void {
    const surfaces = own("sottoSurfaces");
    const others = records.filter(({ target }) => !surfaces?.has(target as Element));
    if (others.length > 0) this.#tell(others);
  }
}
