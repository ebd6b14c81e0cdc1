// Typing into what is selected, and taking it back.

import { document } from "../page/dom";

/** Time that an editor which draws its text itself takes for a change, or a selection. */
const EDITOR_MS = 150;

export async function settle(): Promise<void> {
  await new Promise((done) => setTimeout(done, EDITOR_MS));
}

/** Types into whatever has the focus. There is no other way that keeps a page's undo history. */
export function type(text: string): boolean {
  if (text === "") return document.execCommand("delete");
  return document.execCommand("insertText", false, text);
}

/** Types over the selection in an editable element, or has its editor do it. */
export async function typeInto(host: Element, text: string): Promise<void> {
  if (announce(host, text)) type(text);
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
    if (press(host) && historyUndo(host)) document.execCommand("undo");
    await settle();
  }
  return isBack();
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
