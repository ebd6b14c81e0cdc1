// What the view knows, and how each event of the engine changes it.
import type { Mode, Settings } from "../offscreen/view/settings";
import { advance, isActive } from "../offscreen/view/fold";
import { pageKey } from "../offscreen/view/page_key";
import type { Event, Failure, JobId, JobView, ModelCard, ModelState } from "../offscreen/protocol/protocol";

/** The page in the active tab, as far as the browser tells. */
export interface Page {
  tab: number | undefined;
  title: string;
  url: string;
  /** The language its text is in, as the browser detects it. */
  lang: string | undefined;
  /** What is selected on it; unknown where the browser does not let Sotto look. */
  selection: string | undefined;
}

/** What was started from this view, in one mode. */
interface Attempt {
  job: JobId | undefined;
  /** True from the click until the background has answered. */
  starting: boolean;
  /** Cancelled before the background had answered. */
  stopped: boolean;
  /** Why it could not be started. */
  failure: Failure | undefined;
}

export interface State {
  page: Page | undefined;
  settings: Settings;
  /** Whether the engine can be reached. */
  link: "connecting" | "connected" | "lost";
  model: ModelState;
  /** The models that can be had; unknown until the engine has told. */
  models: ModelCard[] | undefined;
  jobs: Map<JobId, JobView>;
  attempts: Record<Mode, Attempt>;
  /** Jobs cancelled here: shown so at once, whatever the engine still sends. */
  cancelled: Set<JobId>;
  /** Jobs whose text was put into the page, or taken out of it again. */
  applied: Set<JobId>;
  /** What went wrong outside of any job. */
  failure: Failure | undefined;
}

const LOST: Failure = {
  code: "internal",
  message: "The engine was stopped while it worked.",
  remedy: "Try again.",
  model: undefined,
};

export type Phase = "idle" | "queued" | "running" | "done" | "cancelled" | "failed";

export function initial(settings: Settings): State {
  return {
    page: undefined,
    settings,
    link: "connecting",
    model: { state: "idle" },
    models: undefined,
    jobs: new Map(),
    attempts: noAttempts(),
    cancelled: new Set(),
    applied: new Set(),
    failure: undefined,
  };
}

/** Another page is on view: what was started on the one before is known by its job, if by anything. */
export function turnTo(state: State, page: Page): void {
  const before = state.page;
  state.page = page;
  if (before === undefined || (before.tab === page.tab && pageKey(before.url) === pageKey(page.url))) return;
  state.attempts = noAttempts();
  state.failure = undefined;
}

/** What was started in the mode on view. */
export function attempt(state: State): Attempt {
  return state.attempts[state.settings.mode];
}

/** Takes in one event. */
export function apply(state: State, event: Event): void {
  switch (event.type) {
    case "snapshot":
      state.model = event.model;
      state.models = known(event.models);
      dropLost(state, event.jobs);
      for (const view of event.jobs) put(state, view);
      break;
    case "model":
      state.model = event.model;
      break;
    case "models":
      state.models = known(event.models);
      break;
    case "job":
      put(state, event.view);
      break;
    case "progress":
    case "section":
    case "token":
      advance(state.jobs.get(event.job), event);
      break;
    case "rejected":
      state.failure = event.failure;
      break;
    default:
      event satisfies never;
  }
}

/** Replaces what was known of a job. The newest job is the last of the map. */
export function put(state: State, view: JobView): void {
  if (state.cancelled.has(view.job) && isActive(view)) return;
  state.jobs.set(view.job, view);
}

/** Shows a job as cancelled before the engine confirms it. */
export function cancel(state: State, job: JobView): void {
  state.cancelled.add(job.job);
  state.jobs.set(job.job, { ...job, state: { state: "cancelled" } });
}

/** The job on view: of this mode, the one started here, else this page's newest, else one being worked on. */
export function current(state: State): JobView | undefined {
  const { starting, job: own } = attempt(state);
  if (starting) return undefined;
  if (own !== undefined) return state.jobs.get(own);
  const jobs = [...state.jobs.values()].reverse().filter(({ task }) => task.task === state.settings.mode);
  const here = jobs.find((job) => isHere(state, job));
  return here ?? jobs.find(isActive);
}

/** Whether a job works on the page on view. */
export function isHere(state: State, job: JobView): boolean {
  return state.page !== undefined && pageKey(state.page.url) === pageKey(job.url);
}

export function phase(state: State): Phase {
  const { starting, stopped, failure: refused, job: own } = attempt(state);
  if (starting) return "queued";
  const job = current(state);
  if (job && isActive(job)) return job.state.state;
  if (stopped) return "cancelled";
  if (refused ?? state.failure) return "failed";
  if (job) return job.state.state;
  return own === undefined ? "idle" : "queued";
}

/** What went wrong, if that is what is to be shown. */
export function failure(state: State): Failure | undefined {
  if (phase(state) !== "failed") return undefined;
  const job = current(state);
  return attempt(state).failure ?? state.failure ?? (job?.state.state === "failed" ? job.state.failure : undefined);
}

function noAttempts(): Record<Mode, Attempt> {
  const none = (): Attempt => ({ job: undefined, starting: false, stopped: false, failure: undefined });
  return { summarize: none(), rewrite: none(), translate: none() };
}

/** An engine that has just started has not looked for its models yet. */
function known(models: ModelCard[]): ModelCard[] | undefined {
  return models.length === 0 ? undefined : models;
}

/** Forgets jobs that were under way in an engine that is gone and that its successor does not know. */
function dropLost(state: State, known: JobView[]): void {
  for (const [id, job] of state.jobs) {
    if (!isActive(job) || known.some((view) => view.job === id)) continue;
    state.jobs.delete(id);
    const own = state.attempts[job.task.task];
    if (own.job !== id) continue;
    own.job = undefined;
    own.failure = LOST;
  }
}
