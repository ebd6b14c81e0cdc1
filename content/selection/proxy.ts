// A selection in an editor that draws its text by itself, only the lines on view, and takes the keys
// in an element that nobody sees: what that holds is not what is selected.

import type { ReplaceError } from "../../offscreen/view/replacement";
import { copyFrom } from "./clipboard";
import type { SelectionPlace } from "./place";

const PROXIED = ".monaco-editor, .ace_editor, .CodeMirror";

export function isProxy(element: Element): boolean {
  return element.closest(PROXIED) !== null;
}

/** What the editor would copy: all of its selection. */
export function selectedBehind(proxy: Element): string {
  return copyFrom(proxy)?.getData("text/plain") ?? "";
}

/** Read, never replaced: what else the editor holds could not be compared before and after. */
export class ProxyPlace implements SelectionPlace {
  readonly text: string;
  readonly editable = false;
  readonly undos = 0;
  readonly element: Element;

  constructor(proxy: Element, text: string) {
    this.element = proxy;
    this.text = text;
  }

  box(): DOMRect {
    return (this.element.closest(PROXIED) ?? this.element).getBoundingClientRect();
  }

  async replace(): Promise<ReplaceError> {
    return "partial";
  }

  async undo(): Promise<boolean> {
    return false;
  }

  focus(): void {
    if (this.element instanceof HTMLElement) this.element.focus({ preventScroll: true });
  }
}
