// Keeps what the reader does in one of Sotto's surfaces from the page's listeners: each event that
// is aimed at it is stopped at the window, before it can reach the document, and handed to the
// surface directly.
//
// A page that listens at the window first can swallow an event before it comes here. A click it
// cannot hide altogether: a pressed button is `:active`, whatever becomes of the events, and is
// styled so. The animations of these styles are events that only the shadow tree hears of.

const TYPES = (
  "keydown keyup keypress beforeinput input click dblclick auxclick contextmenu pointerdown pointerup pointermove " +
  "pointerover pointerout mousedown mouseup mousemove mouseover mouseout touchstart touchmove touchend wheel " +
  "copy cut paste selectstart dragstart focusin focusout compositionstart compositionupdate compositionend"
).split(" ");

const OVER = "sotto-over";
const PRESSED = "sotto-pressed";
/** Animations that nobody sees; the second after the first is a click. */
export const PRESS_STYLE = `
@keyframes ${OVER} { to { scroll-margin-top: 0; } }
@keyframes ${PRESSED} { to { scroll-margin-top: 0; } }
button:enabled:hover { animation: ${OVER} 1s !important; }
button:enabled:hover:active { animation: ${PRESSED} 1s !important; }
`;

/** What a surface wants to know of. */
export interface Handlers {
  /** An element inside was clicked, with the pointer or the keyboard. */
  click(target: Element): void;
  keydown(event: KeyboardEvent): void;
}

/** Shields the host of a closed tree, `root`, in the window that shows it. */
export class Shield {
  readonly #view: Window;
  readonly #root: ShadowRoot;
  readonly #handlers: Handlers;
  /** The button that is held down. */
  #pressed: Element | undefined;
  readonly #listen = (event: Event): void => this.#handle(event);

  constructor(view: Window, root: ShadowRoot, handlers: Handlers) {
    this.#view = view;
    this.#root = root;
    this.#handlers = handlers;
    root.addEventListener("animationstart", (event) => this.#styled(event as AnimationEvent));
  }

  /** Listens; once more where a page has removed every listener (`document.open`). */
  raise(): void {
    for (const type of TYPES) this.#view.addEventListener(type, this.#listen, { capture: true });
  }

  lower(): void {
    for (const type of TYPES) this.#view.removeEventListener(type, this.#listen, { capture: true });
  }

  #handle(event: Event): void {
    const { host } = this.#root;
    // The host stands in a shadow tree of the page's where a modal dialog does.
    if (event.target !== host && !event.composedPath().includes(host)) return;
    event.stopImmediatePropagation();
    if (!event.isTrusted) return;
    if (event.type === "mousedown") this.#keepFocus(event as MouseEvent);
    if (event.type === "keydown") this.#handlers.keydown(event as KeyboardEvent);
    if (event.type === "click") {
      this.#pressed = undefined;
      const target = this.#clicked(event as MouseEvent);
      if (target) this.#handlers.click(target);
    }
  }

  /** A button takes no focus from the page: a field of it may close without. */
  #keepFocus(event: MouseEvent): void {
    if (!this.#root.activeElement && this.#clicked(event)?.closest("button")) event.preventDefault();
  }

  /**
   * What was clicked on: seen from the window, the target is only the host. A key clicks what has
   * the focus.
   */
  #clicked({ detail, clientX, clientY }: MouseEvent): Element | null {
    return detail === 0 ? this.#root.activeElement : this.#root.elementFromPoint(clientX, clientY);
  }

  #styled({ animationName, target }: AnimationEvent): void {
    if (animationName === PRESSED) {
      this.#pressed = target as Element;
    } else if (animationName === OVER) {
      const clicked = this.#pressed === target;
      this.#pressed = undefined;
      if (clicked) this.#handlers.click(target as Element);
    }
  }
}
