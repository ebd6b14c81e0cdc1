// Keeps what the reader does in one of Sotto's surfaces from the page's listeners: each event that
// is aimed at it is stopped at the window, before it can reach the document, and handed to the
// surface directly.

const TYPES = (
  "keydown keyup keypress beforeinput input click dblclick auxclick contextmenu pointerdown pointerup pointermove " +
  "pointerover pointerout mousedown mouseup mousemove mouseover mouseout touchstart touchmove touchend wheel " +
  "copy cut paste selectstart dragstart focusin focusout compositionstart compositionupdate compositionend"
).split(" ");

/** What a surface wants to know of. */
export interface Handlers {
  /** An element inside was clicked, with the pointer or the keyboard. */
  click(target: Element): void;
  keydown(event: KeyboardEvent): void;
}

/** Shields `host`, whose closed tree is `root`, until `signal` aborts. */
export function shield(host: Element, root: ShadowRoot, handlers: Handlers, signal: AbortSignal): void {
  for (const type of TYPES) {
    window.addEventListener(
      type,
      (event) => {
        if (event.target !== host) return;
        event.stopImmediatePropagation();
        if (!event.isTrusted) return;
        if (event instanceof MouseEvent && type === "mousedown") keepFocus(root, event);
        if (event instanceof KeyboardEvent && type === "keydown") handlers.keydown(event);
        if (event instanceof MouseEvent && type === "click") {
          const target = clicked(root, event);
          if (target) handlers.click(target);
        }
      },
      { capture: true, signal },
    );
  }
}

/** A button takes no focus from the page: a field of it may close without. */
function keepFocus(root: ShadowRoot, event: MouseEvent): void {
  if (!root.activeElement && clicked(root, event)?.closest("button")) event.preventDefault();
}

/**
 * What was clicked on: seen from the window, the target is only the host. A key clicks what has the
 * focus.
 */
function clicked(root: ShadowRoot, { detail, clientX, clientY }: MouseEvent): Element | null {
  return detail === 0 ? root.activeElement : root.elementFromPoint(clientX, clientY);
}
