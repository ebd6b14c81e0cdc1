// Asks before something is lost.

import type { ModelCard } from "../../offscreen/protocol/protocol";
import { setText } from "../../offscreen/view/elements";
import { size } from "../../offscreen/view/words";
import { byId } from "../dom";

/** Whether the reader wants a model removed. Escape keeps it. */
export async function confirmRemoval({ name, bytes, source }: ModelCard): Promise<boolean> {
  const dialog = byId<HTMLDialogElement>("confirm");
  setText(byId("confirm-title"), `Remove ${name}?`);
  setText(byId("confirm-text"), `This frees ${size(bytes)}. To use it again it must be installed anew (${source}).`);
  dialog.returnValue = "keep";
  dialog.showModal();
  // The event that tells of an earlier closing may come late, when the dialog is open again.
  do await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
  while (dialog.open);
  return dialog.returnValue === "remove";
}
