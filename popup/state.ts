// What the view knows, and how each event of the engine changes it.

import type { Event, Failure, JobId, JobView, Scope, ServedModel } from "../offscreen/protocol/protocol";
import { applyEvent, type EngineState, initialEngineState, isActive } from "../offscreen/view/fold";
import { pageKey } from "../offscreen/view/page_key";
import type { Mode, Settings } from "../offscreen/view/settings";

/** The page in the active tab, as far as the browser tells. */
export interface Page {
  tab: number | undefined;
  title: string;
  url: string;
  /** The language of its text (BCP 47), if known. */
  lang: string | undefined;
  /**
   * What is selected on it, possibly nothing; undefined where the browser does not let Sotto look.
   */
  selection: SelectedText | undefined;
}

export interface SelectedText {
  text: string;
  lang: string | undefined;
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

export interface State extends EngineState {
  page: Page | undefined;
  settings: Settings;
  /** Whether the engine can be reached. */
  link: "connecting" | "connected" | "lost";
  attempts: Record<Mode, Attempt>;
  /** Jobs cancelled here: shown so at once, whatever the engine still sends. */
  cancelled: Set<JobId>;
  /** Jobs whose text was put into the page, or taken out of it again. */
  applied: Set<JobId>;
  /** What went wrong outside of any job. */
  failure: Failure | undefined;
}

export type Phase = "idle" | "queued" | "running" | "done" | "cancelled" | "failed";

export function initial(settings: Settings): State {
  return {
    ...initialEngineState(),
    page: undefined,
    settings,
    link: "connecting",
    attempts: noAttempts(),
    cancelled: new Set(),
    applied: new Set(),
    failure: undefined,
  };
}

/**
 * Another page is on view: what was started on the one before is known by its job, if by anything.
 */
export function setPage(state: State, page: Page): void {
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
export function handleEvent(state: State, event: Event): void {
  applyEvent(state, event);
  showCancelled(state);
  if (event.type === "rejected") state.failure = event.failure;
}

/** Shows a job as cancelled before the engine confirms it. */
export function cancel(state: State, job: JobId): void {
  state.cancelled.add(job);
  showCancelled(state);
}

function showCancelled({ jobs, cancelled }: State): void {
  for (const job of cancelled) {
    const view = jobs.get(job);
    if (view && isActive(view)) jobs.set(job, { ...view, state: { state: "cancelled" } });
  }
}

/**
 * The job on view: of this mode, the one started here, else this page's newest, else one being
 * worked on.
 */
export function current(state: State): JobView | undefined {
  const { starting, job: own } = attempt(state);
  if (starting) return undefined;
  if (own !== undefined) return state.jobs.get(own);
  const jobs = [...state.jobs.values()].reverse().filter(({ task }) => task.task === state.settings.mode);
  const here = jobs.find((job) => isHere(state, job));
  return here ?? jobs.find(isActive);
}

/** What was asked of this page before the question on view, the last first. */
export function earlierAnswers(state: State): JobView[] {
  const shown = current(state)?.job;
  const answers = [...state.jobs.values()].filter((job) => job.task.task === "ask" && job.state.state === "done");
  return answers.filter((job) => job.job !== shown && isHere(state, job)).reverse();
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

/** The model on a server that is set for the mode on view, where that is one. */
export function chosenServer({ models, settings }: State): ServedModel | undefined {
  const chosen = settings.models[settings.mode];
  const card = chosen === undefined ? undefined : models?.find(({ id }) => id === chosen);
  return card?.state.state === "onServer" ? card.state.served : undefined;
}

/** What went wrong, if that is what is to be shown. */
export function failure(state: State): Failure | undefined {
  if (phase(state) !== "failed") return undefined;
  const job = current(state);
  return attempt(state).failure ?? state.failure ?? (job?.state.state === "failed" ? job.state.failure : undefined);
}

function noAttempts(): Record<Mode, Attempt> {
  const none = (): Attempt => ({ job: undefined, starting: false, stopped: false, failure: undefined });
  return { summarize: none(), ask: none(), rewrite: none(), translate: none() };
}

/** The language of what a job would work on, as detected. */
export function detectedLanguage({ page }: State, scope: Scope): string | undefined {
  return scope === "selection" ? page?.selection?.lang : page?.lang;
}
