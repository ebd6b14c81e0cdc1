// An update of the extension ends everything that it is at: it waits for jobs and installations.

import { item, setItems } from "../offscreen/view/storage";
import { isBusy } from "./engine";

/** Stored while an update waits. */
const WAITING = "updateWaiting";

/** Updates now, or as soon as nothing is under way any more. */
export async function updateWhenIdle(): Promise<void> {
  await setItems({ [WAITING]: true });
  await handleIdle();
}

/** Nothing is under way any more, as far as is known. */
export async function handleIdle(): Promise<void> {
  if ((await item<boolean>(WAITING)) && !(await isBusy())) chrome.runtime.reload();
}
