// A piece of Sotto's own interface on someone else's page: in a closed shadow tree, which the page
// can neither style nor read, and in the browser's top layer, which no page element can cover.

import { make } from "../../offscreen/view/elements";
import PALETTE from "../../offscreen/view/palette.css";
import { shield } from "./shield";
import { STYLE } from "./style";

export class Surface {
  /** The element that holds everything. */
  readonly body: HTMLElement;
  readonly #host = document.createElement("div");
  readonly #root = this.#host.attachShadow({ mode: "closed" });
  readonly #closed = new AbortController();
  readonly #actions = new Map<Element, () => void>();

  /**
   * `style` is a style sheet's text, beside the one that all surfaces share; `keydown` hears every
   * key pressed inside.
   */
  constructor(body: HTMLElement, style: string, keydown: (event: KeyboardEvent) => void) {
    this.body = body;
    // Constructed style sheets are no inline styles: a page's content security policy has no say in
    // them.
    this.#root.adoptedStyleSheets = [PALETTE, STYLE, style].map((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      return sheet;
    });
    this.#root.append(body);
    const click = (target: Element): void => this.#click(target);
    shield(this.#host, this.#root, { click, keydown }, this.#closed.signal);
  }

  /** Aborts when the surface is closed. */
  get signal(): AbortSignal {
    return this.#closed.signal;
  }

  /** The element inside that has the focus. */
  get focused(): Element | null {
    return this.#root.activeElement;
  }

  open(): void {
    // What is outside of a page's modal dialog cannot be reached while it is open.
    const modal = [...document.querySelectorAll("dialog:modal")].at(-1);
    (modal ?? document.documentElement).append(this.#host);
    this.#host.popover = "manual";
    this.#host.showPopover();
  }

  close(): void {
    this.#closed.abort();
    this.#host.remove();
  }

  /** Calls `action` when the element, or something in it, is clicked. */
  onClick(element: Element, action: () => void): void {
    this.#actions.set(element, action);
  }

  #click(target: Element): void {
    for (let element: Element | null = target; element; element = element.parentElement) {
      const action = this.#actions.get(element);
      if (!action) continue;
      if (!(element instanceof HTMLButtonElement && element.disabled)) action();
      return;
    }
  }
}

export function button(text: string, className = ""): HTMLButtonElement {
  const element = make("button", className, text);
  element.type = "button";
  return element;
}
