// Puts a text on the clipboard from a page.

import { make } from "../../offscreen/view/elements";
import { past } from "../page/dom";

/**
 * Copies; on a page that is not served securely, or forbids it, by the old way from a field inside
 * `within`.
 */
export async function copy(text: string, within: HTMLElement): Promise<boolean> {
  try {
    // The window that shows the card has the focus.
    await (within.ownerDocument.defaultView ?? window).navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = make("textarea", "spoken");
    field.value = text;
    const root = within.getRootNode() as ShadowRoot;
    const focused = root.activeElement;
    within.append(field);
    field.select();
    // What is copied is what has the focus: the page may have led that elsewhere.
    const copied = root.activeElement === field && past(within.ownerDocument).execCommand("copy");
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    return copied;
  }
}
