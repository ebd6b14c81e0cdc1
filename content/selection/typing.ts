// Typing into what is selected, and taking it back.

import { document } from "../page/dom";
import { hasFocus } from "./select";

/** Time that a page which draws its text itself takes for a change, or a selection. */
const SETTLE_MS = 150;

export async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done, SETTLE_MS));
}

/** The same after a change of an element; false when the reader has typed on in it meanwhile. */
export async function settleUntouched(element: Element): Promise<boolean> {
  let isUntouched = true;
  const hear = ({ isTrusted }: Event): void => {
    if (isTrusted) isUntouched = false;
  };
  element.addEventListener("beforeinput", hear, true);
  await settle();
  element.removeEventListener("beforeinput", hear, true);
  return isUntouched;
}

/**
 * Types over what is selected in an element. There is no other way that keeps a page's undo history.
 * The browser types into whatever has the focus: a page may have led that elsewhere, and then
 * nothing is typed.
 */
export function type(element: Element, text: string): void {
  if (!hasFocus(element)) return;
  if (text === "") document.execCommand("delete");
  else document.execCommand("insertText", false, text);
}

/** Types over the selection in an editable element, or has its editor do it. */
export async function typeInto(host: Element, text: string): Promise<void> {
  if (announce(host, text)) type(host, text);
  else await settle();
}

/**
 * Tells the page what is about to be typed, as keys would; false when an editor of the page's own
 * sees to it itself.
 */
function announce(host: Element, data: string): boolean {
  const what = data === "" ? { inputType: "deleteContentBackward" } : { inputType: "insertText", data };
  return host.dispatchEvent(
    new InputEvent("beforeinput", { ...what, bubbles: true, cancelable: true, composed: true }),
  );
}

/** Undoes until `isBack`, at most this many times: what came before is not Sotto's to undo. */
export async function undoUntil(host: Element, steps: number, isBack: () => boolean): Promise<boolean> {
  for (let i = 0; i < steps && !isBack(); i += 1) {
    if (press(host) && historyUndo(host) && !undoIn(host)) break;
    await settle();
  }
  return isBack();
}

/**
 * The browser undoes what was typed last, wherever that was: a step that changes nothing in an
 * element is not that element's, and is done again. False then.
 */
function undoIn(element: Element): boolean {
  const content = (): string => ("value" in element ? String(element.value) : element.innerHTML);
  const before = content();
  if (!document.execCommand("undo") || content() !== before) return true;
  document.execCommand("redo");
  return false;
}

/** The keys that undo; true when nobody took them. */
function press(host: Element): boolean {
  const mac = navigator.platform.startsWith("Mac");
  const keys = { key: "z", code: "KeyZ", keyCode: 90, ctrlKey: !mac, metaKey: mac };
  return host.dispatchEvent(new KeyboardEvent("keydown", { ...keys, bubbles: true, cancelable: true, composed: true }));
}

function historyUndo(host: Element): boolean {
  const init = { inputType: "historyUndo", bubbles: true, cancelable: true, composed: true };
  return host.dispatchEvent(new InputEvent("beforeinput", init));
}
