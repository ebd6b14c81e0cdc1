// What the models take of the browser's storage, what of that nothing uses, and how to be rid of it.

import { setText } from "../../offscreen/view/elements";
import { message, plural } from "../../offscreen/view/messages";
import { size } from "../../offscreen/view/words";
import { byId } from "../dom";
import { storageUsed, usedText } from "../storage_used";
import { confirmRemovalOfAll } from "./confirm";

interface Actions {
  removeUnused(): void;
  removeAll(): void;
}

export class StorageView {
  readonly #unused = byId("unused");

  constructor(actions: Actions) {
    byId("remove-unused").addEventListener("click", () => actions.removeUnused());
    byId("remove-all").addEventListener("click", async () => {
      if (await confirmRemovalOfAll()) actions.removeAll();
    });
  }

  /** Tells how much is used and how much is left, as the browser estimates it. */
  async draw(): Promise<void> {
    setText(byId("used"), usedText(await storageUsed()));
  }

  /** Offers to remove what nothing uses. */
  offer(files: number, bytes: number): void {
    const hadFocus = this.#unused.contains(document.activeElement);
    this.#unused.hidden = files === 0;
    setText(byId("unused-text"), plural("unused", files, { size: size(bytes) }));
    if (hadFocus && files === 0) byId("storage-title").focus();
  }

  /** Says what was freed. */
  freed(bytes: number): void {
    setText(byId("freed"), message("freed", { size: size(bytes) }));
    void this.draw();
  }
}
