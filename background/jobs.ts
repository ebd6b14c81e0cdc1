// What the service worker must not forget when it is stopped, kept in memory, never on the disk.

import type { Failure, JobId, JobView } from "../offscreen/protocol/protocol";
import { noteFailure } from "../offscreen/view/failure_log";
import { unknownPlace } from "../offscreen/view/failures";
import { failedJob } from "../offscreen/view/fold";
import { addToHistory } from "../offscreen/view/history";
import type { TabFrame } from "../offscreen/view/inject";
import { message } from "../offscreen/view/messages";
import { dropResults, storeResult } from "../offscreen/view/results";
import { queuedJob, type Start, withoutText } from "../offscreen/view/start";
import { entries, item, removeItems, setItems } from "../offscreen/view/storage";

const START = "start:";
const PLACE = "place:";

/** A job that has not ended, as it is kept. */
export interface KeptStart {
  start: Start;
  /** How often it was given to another engine, after one was lost. */
  replays: number;
  /** Whether its text was too large to be kept. */
  isCut: boolean;
}

/** What ended one engine may end the next. */
const MOST_REPLAYS = 1;

/** Remembers a job until it has ended, and its place beyond that. */
export async function remember(start: Start, place: TabFrame): Promise<void> {
  const kept: KeptStart = { start, replays: 0, isCut: false };
  // Together: a job whose place is known has been kept.
  const set = async (now: KeptStart) => setItems({ [PLACE + start.job]: place, [START + start.job]: now });
  try {
    await set(kept);
  } catch {
    // Over the quota: a job that runs counts more than results that are over.
    await dropResults();
    await set(kept).catch(() => set({ ...kept, start: { ...start, input: withoutText(start.input) }, isCut: true }));
  }
}

async function keep(kept: KeptStart): Promise<void> {
  await setItems({ [START + kept.start.job]: kept });
}

/** Notes that a job is given to another engine. */
export async function noteReplay(kept: KeptStart): Promise<void> {
  await keep({ ...kept, replays: kept.replays + 1 });
}

/** A job that cannot be given to another engine, as it ended; undefined where it can. */
export function failedReplay({ start, replays, isCut }: KeptStart): JobView | undefined {
  if (!isCut && replays < MOST_REPLAYS) return undefined;
  return failedJob(queuedJob(start), {
    code: "internal",
    message: message(isCut ? "tooLargeToKeep" : "stoppedTwice"),
    remedy: message(isCut ? "startAgain" : "tryShorter"),
    model: undefined,
  });
}

/** Forgets what a job was started with: no engine is given it again. */
export async function forgetStart(job: JobId): Promise<void> {
  await removeItems([START + job]);
}

/** Forgets what a job was started with; keeps its result. */
export async function jobEnded(view: JobView): Promise<void> {
  await forgetStart(view.job);
  await storeResult(view);
  if (view.state.state === "failed") await noteFailure(view.state.failure.code, view.task.task);
  await addToHistory(view);
}

/** Forgets a job that never reached the engine. */
export async function forget(job: JobId): Promise<void> {
  await removeItems([START + job, PLACE + job]);
}

/** The jobs that had been started and had not ended. */
export async function unfinished(): Promise<KeptStart[]> {
  return (await entries<KeptStart>(START)).map(([, kept]) => kept);
}

/** What a job was started with, where it was and has not ended. */
export async function startOf(job: JobId): Promise<Start | undefined> {
  return (await item<KeptStart>(START + job))?.start;
}

/** Where a job works. */
export async function placeOf(job: JobId): Promise<TabFrame | Failure> {
  return (await item<TabFrame>(PLACE + job)) ?? unknownPlace();
}
