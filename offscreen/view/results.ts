// Finished jobs, kept in memory, never on the disk, for views that are opened after the engine has
// gone.

import type { JobId, JobView } from "../protocol/protocol";
import { pageKey } from "./page_key";
import { entries, item, removeItems, setItems } from "./storage";

interface StoredResult {
  view: JobView;
  /** Milliseconds since 1970. */
  endedAt: number;
}

/** Beyond this many the oldest are dropped. */
const LIMIT = 40;

const RESULT = "result:";

/** Stores a result in the place of the page's last one of the same task and subject; of answers, to the same question. */
export async function storeResult(view: JobView): Promise<void> {
  // A page translated in place holds its result itself.
  const stored: StoredResult = {
    view: view.subject.subject === "blocks" ? { ...view, sections: [] } : view,
    endedAt: Date.now(),
  };
  await setItems({ [RESULT + view.job]: stored });
  const results = await entries<StoredResult>(RESULT);
  const superseded = results.filter(([, { view: old, endedAt }]) => endedAt < stored.endedAt && sameUse(old, view));
  const oldest = results.toSorted((a, b) => b[1].endedAt - a[1].endedAt).slice(LIMIT);
  await removeItems([...superseded, ...oldest].map(([key]) => key));
}

/** Makes room. */
export async function dropResults(): Promise<void> {
  await removeItems((await entries<StoredResult>(RESULT)).map(([key]) => key));
}

/** The results of a page: the last of each task and question, oldest first. */
export async function storedResults(url: string): Promise<JobView[]> {
  const results = (await entries<StoredResult>(RESULT)).filter(([, { view }]) => pageKey(view.url) === pageKey(url));
  return results.toSorted((a, b) => a[1].endedAt - b[1].endedAt).map(([, { view }]) => view);
}

export async function storedResult(job: JobId): Promise<JobView | undefined> {
  return (await item<StoredResult>(RESULT + job))?.view;
}

function sameUse(one: JobView, other: JobView): boolean {
  const asked = ({ task }: JobView): string => (task.task === "ask" ? task.question : "");
  const use = (view: JobView): string =>
    JSON.stringify([view.task.task, asked(view), view.subject.subject, pageKey(view.url)]);
  return use(one) === use(other);
}
