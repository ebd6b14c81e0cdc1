// What the service worker must not forget when it is stopped, kept in the session's storage (memory, never the disk).
import type { Failure, JobId, JobView, Request } from "../offscreen/protocol/protocol";
import { unknownPlace } from "./failures";
import type { Place } from "./inject";

type Start = Extract<Request, { type: "start" }>;
interface Kept {
  view: JobView;
  at: number;
}

/** Results kept for views opened after the engine has gone. */
const KEPT_RESULTS = 40;

const START = "start:";
const PLACE = "place:";
const RESULT = "result:";

/** Remembers a job until it has ended, and its place beyond that. */
export async function remember(start: Start, place: Place): Promise<void> {
  await chrome.storage.session.set({ [PLACE + start.job]: place });
  try {
    await chrome.storage.session.set({ [START + start.job]: start });
  } catch (error) {
    // Over the quota: the job runs all the same, only a lost engine could not be given it again.
    console.warn("job not kept for replay:", error);
  }
}

/** Forgets what a job was started with; keeps its result. */
export async function ended(view: JobView): Promise<void> {
  await chrome.storage.session.remove(START + view.job);
  // A page translated in place holds its result itself.
  const kept: Kept = { view: view.subject.subject === "blocks" ? { ...view, sections: [] } : view, at: Date.now() };
  await chrome.storage.session.set({ [RESULT + view.job]: kept });
  const results = await entries<Kept>(RESULT);
  const superseded = results.filter(([, { view: old, at }]) => at < kept.at && sameUse(old, view));
  const oldest = results.toSorted((a, b) => b[1].at - a[1].at).slice(KEPT_RESULTS);
  await chrome.storage.session.remove([...superseded, ...oldest].map(([key]) => key));
}

/** Forgets a job that never reached the engine. */
export async function forget(job: JobId): Promise<void> {
  await chrome.storage.session.remove([START + job, PLACE + job]);
}

/** The jobs that had been started and had not ended. */
export async function unfinished(): Promise<Start[]> {
  return (await entries<Start>(START)).map(([, start]) => start);
}

/** The results kept for a page: the last of each task, oldest first. */
export async function keptResults(url: string): Promise<JobView[]> {
  const kept = (await entries<Kept>(RESULT)).filter(([, { view }]) => pageOf(view.url) === pageOf(url));
  return kept.toSorted((a, b) => a[1].at - b[1].at).map(([, { view }]) => view);
}

/** The result of a job, if it is kept. */
export async function resultOf(job: JobId): Promise<JobView | undefined> {
  return (await item<Kept>(RESULT + job))?.view;
}

/** Where a job works. */
export async function placeOf(job: JobId): Promise<Place | Failure> {
  return (await item<Place>(PLACE + job)) ?? unknownPlace();
}

async function item<T>(key: string): Promise<T | undefined> {
  const { [key]: found } = await chrome.storage.session.get<Record<string, T>>(key);
  return found;
}

async function entries<T>(prefix: string): Promise<[string, T][]> {
  const all = await chrome.storage.session.get<Record<string, T>>(null);
  return Object.entries(all).filter(([key]) => key.startsWith(prefix));
}

function sameUse(one: JobView, other: JobView): boolean {
  const use = ({ url, task, subject }: JobView): string => `${task.task} ${subject.subject} ${pageOf(url)}`;
  return use(one) === use(other);
}

function pageOf(url: string): string {
  return url.split("#", 1)[0] ?? url;
}
