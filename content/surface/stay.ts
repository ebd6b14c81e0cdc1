// Keeps a surface in front: in the document, in the top layer above what the page puts there later,
// inside of the modal dialog that makes everything else inert.

import { attribute, isConnected, own, parentElement, past, shadowRoot } from "../page/dom";

/** The hosts of all surfaces that are open here: they need not be above one another. */
export const surfaces = (globalThis.sottoSurfaces = own("sottoSurfaces") ?? new Set<Element>());

/** How often a surface is looked after. */
const PERIOD_MS = 200;
/** To look may make the browser lay the page out: at most this share of the time. */
const SHARE = 0.05;
/** A page that takes it away more often than this wins; the popup has the result. */
const TRIES = 50;

export class Stay {
  readonly #host: HTMLElement;
  readonly #body: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #document: Document;
  #tries = 0;

  /** Of a surface's host, its closed tree, and the element in it that is to be reached. */
  constructor(host: HTMLElement, root: ShadowRoot, body: HTMLElement) {
    this.#host = host;
    this.#root = root;
    this.#body = body;
    this.#document = past(host.ownerDocument);
  }

  /** Shows it, and goes on until `signal` aborts; `shown` is called each time. */
  start(shown: () => void, signal: AbortSignal): void {
    const show = (): void => {
      this.#show();
      shown();
    };
    const look = (): void => {
      if (signal.aborted) return;
      const start = performance.now();
      if (!this.#isThere()) {
        this.#tries += 1;
        show();
      }
      const took = performance.now() - start;
      if (this.#tries < TRIES) setTimeout(look, Math.max(PERIOD_MS, took / SHARE));
    };
    show();
    setTimeout(look, PERIOD_MS);
  }

  #show(): void {
    const host = this.#host;
    const focused = this.#root.activeElement;
    for (const name of host.getAttributeNames()) host.removeAttribute(name);
    const parent = this.#parent();
    if (parentElement(host) !== parent) parent.append(host);
    host.popover = "manual";
    if (host.matches(":popover-open")) host.hidePopover();
    host.showPopover();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }

  #isThere(): boolean {
    const host = this.#host;
    if (!isConnected(host) || parentElement(host) !== this.#parent()) return false;
    return host.matches(":popover-open") && attribute(host, "inert") === null && !this.#isCovered();
  }

  /** Whether something lies over its middle or one of its corners. */
  #isCovered(): boolean {
    const view = this.#document.defaultView ?? window;
    const { left, top, width, height } = this.#body.getBoundingClientRect();
    const shares = [0.5, 0.1, 0.9];
    const points = shares.flatMap((x) => shares.map((y) => [left + width * x, top + height * y] as const));
    const seen = points.filter(([x, y]) => x > 0 && y > 0 && x < view.innerWidth && y < view.innerHeight);
    return seen.some(([x, y]) => this.#root.elementFromPoint(x, y) === null || !this.#isOnTop(x, y));
  }

  #isOnTop(x: number, y: number): boolean {
    let found = this.#document.elementFromPoint(x, y);
    // Inside of a page's own shadow tree, the document knows only what that hangs on.
    while (found && found !== this.#host && shadowRoot(found)) {
      const inner = shadowRoot(found)?.elementFromPoint(x, y);
      if (!inner || inner === found) break;
      found = inner;
    }
    return found !== null && surfaces.has(found);
  }

  /** What is outside of a page's modal dialog cannot be reached while it is open. */
  #parent(): Element {
    return this.#focusedModal() ?? this.#lastModal() ?? this.#document.documentElement;
  }

  /** A modal dialog takes the focus when it opens; it may be in a shadow tree. */
  #focusedModal(): Element | undefined {
    let focused = this.#document.activeElement;
    for (let root = focused && shadowRoot(focused); root?.activeElement; root = shadowRoot(focused as Element)) {
      focused = root.activeElement;
    }
    for (let element = focused; element; element = outwards(element)) {
      if (element.matches("dialog:modal")) return element;
    }
    return undefined;
  }

  /** Of those in the document, the one that can be reached; they may be in any order. */
  #lastModal(): Element | undefined {
    const modals = [...this.#document.querySelectorAll("dialog:modal")];
    return modals.find((modal) => parentElement(this.#host) === modal) ?? modals.at(-1);
  }
}

function outwards(element: Element): Element | null {
  const root = element.getRootNode();
  return parentElement(element) ?? (root instanceof ShadowRoot ? root.host : null);
}
