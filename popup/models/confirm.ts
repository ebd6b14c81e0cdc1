// Asks before something is lost, or leaves this machine.

import type { ModelCard, ServerPlace } from "../../offscreen/protocol/protocol";
import { setText } from "../../offscreen/view/elements";
import { size } from "../../offscreen/view/words";
import { byId } from "../dom";

/** Whether the reader wants a model removed. Escape keeps it. */
export async function confirmRemoval({ name, bytes, source }: ModelCard): Promise<boolean> {
  const text = `This frees ${size(bytes)}. To use it again it must be installed anew (${source}).`;
  setText(byId("confirm-act"), "Remove");
  return confirmed("confirm", `Remove ${name}?`, text);
}

/** Whether the reader wants all of them removed. */
export async function confirmRemovalOfAll(): Promise<boolean> {
  const text =
    "All models and translators go, with all that has come of unfinished downloads and what was noted beside them. " +
    "Those that come with Sotto are installed again when you use them; the others have to be fetched anew.";
  setText(byId("confirm-act"), "Remove everything");
  return confirmed("confirm", "Remove everything?", text);
}

/** Whether the reader wants text to be sent to another machine. Escape does not. */
export async function confirmLeaving({ host }: ServerPlace): Promise<boolean> {
  const text =
    `What you have it summarise, rewrite or translate leaves this machine: it is sent to ${host}, where it can be read` +
    " and kept. Nothing else is sent, and that only for what you choose this server for.";
  return confirmed("leaving", `Send text to ${host}?`, text);
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
