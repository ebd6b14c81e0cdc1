// What the service worker must not forget when it is stopped, kept in the session's storage
// (memory, never the disk).

import type { Failure, JobId, JobView, Request } from "../offscreen/protocol/protocol";
import { unknownPlace } from "../offscreen/view/failures";
import type { TabFrame } from "../offscreen/view/inject";
import { storeResult } from "../offscreen/view/results";
import { entries, item } from "../offscreen/view/storage";

type Start = Extract<Request, { type: "start" }>;

const START = "start:";
const PLACE = "place:";

/** Remembers a job until it has ended, and its place beyond that. */
export async function remember(start: Start, place: TabFrame): Promise<void> {
  await chrome.storage.session.set({ [PLACE + start.job]: place });
  try {
    await chrome.storage.session.set({ [START + start.job]: start });
  } catch (error) {
    // Over the quota: the job runs all the same, only a lost engine could not be given it again.
    console.warn("job not kept for replay:", error);
  }
}

/** Forgets what a job was started with; keeps its result. */
export async function jobEnded(view: JobView): Promise<void> {
  await chrome.storage.session.remove(START + view.job);
  await storeResult(view);
}

/** Forgets a job that never reached the engine. */
export async function forget(job: JobId): Promise<void> {
  await chrome.storage.session.remove([START + job, PLACE + job]);
}

/** The jobs that had been started and had not ended. */
export async function unfinished(): Promise<Start[]> {
  return (await entries<Start>(START)).map(([, start]) => start);
}

/** Where a job works. */
export async function placeOf(job: JobId): Promise<TabFrame | Failure> {
  return (await item<TabFrame>(PLACE + job)) ?? unknownPlace();
}
