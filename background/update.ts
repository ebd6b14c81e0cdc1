// An update of the extension ends everything that it is at, in every window: it waits for jobs and
// installations. Incognito windows have a worker and an engine of their own. Each worker notes in
// the session's storage, which all of them share, whether something is under way, and nothing else.

import { isBusy } from "./engine";

/** Noted while an update waits. */
const WAITING = "updateWaiting";
/** Noted while something is under way. */
const BUSY = "busy";
const BUSY_INCOGNITO = "busyIncognito";

/** Updates now, or as soon as nothing is under way any more. */
export async function updateWhenIdle(): Promise<void> {
  await chrome.storage.session.set({ [WAITING]: true });
  await checkActivity();
}

/** Looks whether something is under way: an engine that was lost has not said that it is idle. */
export async function checkActivity(): Promise<void> {
  await noteActivity(await isBusy());
}

/** Notes whether something is under way in this worker's windows. */
export async function noteActivity(isBusy: boolean): Promise<void> {
  await chrome.storage.session.set({ [chrome.extension.inIncognitoContext ? BUSY_INCOGNITO : BUSY]: isBusy });
  const noted = await chrome.storage.session.get<Record<string, boolean>>([WAITING, BUSY, BUSY_INCOGNITO]);
  if (noted[WAITING] && !noted[BUSY] && !noted[BUSY_INCOGNITO]) chrome.runtime.reload();
}
