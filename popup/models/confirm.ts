// Asks before something is lost, or leaves this machine.

import type { ModelCard, ServerPlace } from "../../offscreen/protocol/protocol";
import { setText } from "../../offscreen/view/elements";
import { message } from "../../offscreen/view/messages";
import { size } from "../../offscreen/view/words";
import { byId } from "../dom";

/** Whether the reader wants a model removed. Escape keeps it. */
export async function confirmRemoval({ name, bytes, source }: ModelCard): Promise<boolean> {
  const text = message("removalText", { size: size(bytes), source });
  setText(byId("confirm-act"), message("remove"));
  return confirmed("confirm", message("removeModel", { model: name }), text);
}

/** Whether the reader wants all of them removed. */
export async function confirmRemovalOfAll(): Promise<boolean> {
  setText(byId("confirm-act"), message("removeEverything"));
  return confirmed("confirm", message("removeAllQuestion"), message("removeAllText"));
}

/** Whether the reader wants text to be sent to another machine. Escape does not. */
export async function confirmLeaving({ host }: ServerPlace): Promise<boolean> {
  return confirmed("leaving", message("sendTo", { host }), message("leavingText", { host }));
}

/** Whether the reader says yes to what a dialog asks. */
async function confirmed(id: string, title: string, text: string): Promise<boolean> {
  const dialog = byId<HTMLDialogElement>(id);
  setText(byId(`${id}-title`), title);
  setText(byId(`${id}-text`), text);
  dialog.returnValue = "no";
  dialog.showModal();
  // The event that tells of an earlier closing may come late, when the dialog is open again.
  do await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
  while (dialog.open);
  return dialog.returnValue === "yes";
}
