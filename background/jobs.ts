// What the service worker must not forget when it is stopped, kept in the session's storage (memory, never the disk).
import type { Failure, JobId, JobView, Request } from "../offscreen/protocol/protocol";

type Start = Extract<Request, { type: "start" }>;
interface Kept {
  view: JobView;
  at: number;
}

/** Results kept for views opened after the engine has gone. */
const KEPT_RESULTS = 40;

const START = "start:";
const TAB = "tab:";
const RESULT = "result:";

/** Remembers a job until it has ended, and its tab beyond that. */
export async function remember(start: Start, tab: number): Promise<void> {
  await chrome.storage.session.set({ [TAB + start.job]: tab });
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
  const kept: Kept = { view, at: Date.now() };
  await chrome.storage.session.set({ [RESULT + pageOf(view.url)]: kept });
  const results = (await entries<Kept>(RESULT)).sort((a, b) => b[1].at - a[1].at);
  await chrome.storage.session.remove(results.slice(KEPT_RESULTS).map(([key]) => key));
}

/** Forgets a job that never reached the engine. */
export async function forget(job: JobId): Promise<void> {
  await chrome.storage.session.remove([START + job, TAB + job]);
}

/** The jobs that had been started and had not ended. */
export async function unfinished(): Promise<Start[]> {
  return (await entries<Start>(START)).map(([, start]) => start);
}

/** The tab a job works on. */
export async function tabOf(job: JobId): Promise<number | Failure> {
  const key = TAB + job;
  const { [key]: tab } = await chrome.storage.session.get<Record<string, number>>(key);
  return (
    tab ?? {
      code: "page-not-readable",
      message: "The tab of this summary is no longer known.",
      remedy: "Summarise the page again.",
      model: undefined,
    }
  );
}

async function entries<T>(prefix: string): Promise<[string, T][]> {
  const all = await chrome.storage.session.get<Record<string, T>>(null);
  return Object.entries(all).filter(([key]) => key.startsWith(prefix));
}

function pageOf(url: string): string {
  return url.split("#", 1)[0] ?? url;
}
