// A selection in running text: of an editable element, or of the page itself.

import type { ReplaceError } from "../../offscreen/view/replacement";
import { type SelectionPlace, type } from "./place";

/** Time an editor that draws its text itself takes for it. */
const EDITOR_MS = 150;

export class TextPlace implements SelectionPlace {
  readonly text: string;
  readonly #range: Range;
  readonly #whole: boolean;

  /**
   * A range of the document and its text; `whole` tells that the text is all of it, not only a
   * beginning.
   */
  constructor(range: Range, text: string, whole: boolean) {
    this.#range = range.cloneRange();
    this.text = text;
    this.#whole = whole;
  }

  get element(): Element | null {
    const node = this.#range.startContainer;
    return node instanceof Element ? node : node.parentElement;
  }

  get editable(): boolean {
    return this.#whole && this.#host() !== undefined;
  }

  box(): DOMRect {
    return this.#range.getBoundingClientRect();
  }

  async replace(text: string): Promise<ReplaceError | undefined> {
    if (!this.#range.startContainer.isConnected || this.#range.collapsed) return "gone";
    const host = this.#host();
    if (!host) return "locked";
    if (!this.#whole) return "changed";
    const spaced = this.#spaced();
    this.focus();
    if (selected(host)?.toString() !== this.text) return "changed";
    const before = host.innerHTML;
    const typed = spaced ? text.replace(/\n\n+/g, "\n") : text;
    if (announce(host, typed)) type(typed);
    else await new Promise((done) => setTimeout(done, EDITOR_MS));
    return host.innerHTML === before && text !== this.text ? "refused" : undefined;
  }

  focus(): void {
    const host = this.#host();
    host?.focus({ preventScroll: true });
    const selection = selected(this.#range.startContainer);
    selection?.removeAllRanges();
    selection?.addRange(this.#range.cloneRange());
  }

  /** The editable element that holds both ends of the range. */
  #host(): HTMLElement | undefined {
    const host = editableHost(this.#range.startContainer);
    return host?.contains(this.#range.endContainer) ? host : undefined;
  }

  /**
   * Whether the blank lines of the text are the margins of paragraphs: typed, they would become
   * empty paragraphs.
   */
  #spaced(): boolean {
    const content = this.#range.cloneContents();
    return (
      content.querySelector("p, h1, h2, h3, h4, h5, h6, ul, ol, blockquote") !== null && !content.querySelector("br")
    );
  }
}

/**
 * Tells the page what is about to be typed, as keys would; false when an editor of the page's own
 * sees to it itself.
 */
function announce(host: HTMLElement, data: string): boolean {
  return host.dispatchEvent(
    new InputEvent("beforeinput", { inputType: "insertText", data, bubbles: true, cancelable: true, composed: true }),
  );
}

/** The selection that a node is part of: a shadow tree has its own. */
export function selected(node: Node): Selection | null {
  const root: Node & { getSelection?: () => Selection | null } = node.getRootNode();
  return root.getSelection?.() ?? document.getSelection();
}

/** The outermost element that is edited as one with this node. */
function editableHost(node: Node): HTMLElement | undefined {
  let host: HTMLElement | undefined;
  let element = node instanceof HTMLElement ? node : node.parentElement;
  for (; element?.isContentEditable; element = element.parentElement) host = element;
  return host;
}
