// A piece of Sotto's own interface on someone else's page: in a closed shadow tree, which the page
// can neither style nor read, and in the browser's top layer, which no page element can cover.

import { make } from "../../offscreen/view/elements";
import { DIRECTION, LANGUAGE } from "../../offscreen/view/messages";
import PALETTE from "../../offscreen/view/palette.css";
import { past } from "../page/dom";
import { PRESS_STYLE, Shield } from "./shield";
import { Stay, surfaces } from "./stay";
import { STYLE } from "./style";

export class Surface {
  /** The element that holds everything. */
  readonly body: HTMLElement;
  /** The window that shows it. */
  readonly view: Window & typeof globalThis;
  readonly #root: ShadowRoot;
  readonly #shield: Shield;
  readonly #closed = new AbortController();
  readonly #actions = new Map<Element, () => void>();

  /**
   * `style` is a style sheet's text, beside the one that all surfaces share; `keydown` hears every
   * key pressed inside; `view` is the window to show it in.
   */
  constructor(
    body: HTMLElement,
    style: string,
    keydown: (event: KeyboardEvent) => void,
    view: Window & typeof globalThis = window,
  ) {
    this.body = body;
    this.view = view;
    this.#root = past(view.document).createElement("div").attachShadow({ mode: "closed" });
    // Constructed style sheets are no inline styles: a page's content security policy has no say in
    // them.
    this.#root.adoptedStyleSheets = [PALETTE, STYLE, PRESS_STYLE, style].map((text) => {
      const sheet = new view.CSSStyleSheet();
      sheet.replaceSync(text);
      return sheet;
    });
    body.lang = LANGUAGE;
    body.dir = DIRECTION;
    this.#root.append(body);
    this.#shield = new Shield(view, this.#root, { click: (target) => this.#click(target), keydown });
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
    const stay = new Stay(this.#root.host as HTMLElement, this.#root, this.body);
    surfaces.add(this.#root.host);
    stay.start(() => this.#shield.raise(), this.#closed.signal);
  }

  close(): void {
    this.#closed.abort();
    this.#shield.lower();
    surfaces.delete(this.#root.host);
    this.#root.host.remove();
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
