// The one fold of the engine's events into what a view knows. The session in Rust folds the same
// events into its snapshots; a test replays that session's histories through this one.

import type { Event, Failure, JobId, JobView, ModelCard, ModelState, Section } from "../protocol/protocol";
import { message } from "./messages";

/** What the engine has told so far. */
export interface EngineState {
  model: ModelState;
  /**
   * Undefined until the engine has looked for them: one that has just started tells of none at
   * first.
   */
  models: ModelCard[] | undefined;
  /** The newest is the last. */
  jobs: Map<JobId, JobView>;
}

export const ENGINE_LOST: Failure = {
  code: "internal",
  message: message("engineLost"),
  remedy: message("tryAgainSentence"),
  model: undefined,
};

export const ENGINE_SILENT: Failure = {
  code: "internal",
  message: message("engineSilent"),
  remedy: message("engineSilentRemedy"),
  model: undefined,
};

export function initialEngineState(): EngineState {
  return { model: { state: "idle" }, models: undefined, jobs: new Map() };
}

/** Whether a job is still being worked on. */
export function isActive({ state }: JobView): boolean {
  return state.state === "queued" || state.state === "running";
}

/** Whether a section will not change any more. */
export function isSettled({ status }: Section): boolean {
  return status === "checked" || status === "quoted";
}

/**
 * Takes in one event, in place: tokens come by the hundred. Late events of a job that has ended
 * change nothing.
 */
export function applyEvent(engine: EngineState, event: Event): void {
  switch (event.type) {
    case "snapshot":
      engine.model = event.model;
      engine.models = event.models.length === 0 ? undefined : event.models;
      failLost(engine.jobs, event.jobs);
      for (const view of event.jobs) engine.jobs.set(view.job, view);
      break;
    case "model":
      engine.model = event.model;
      break;
    case "models":
      engine.models = event.models.length === 0 ? undefined : event.models;
      break;
    case "job":
      engine.jobs.set(event.view.job, withKnownSections(event.view, engine.jobs.get(event.view.job)));
      break;
    case "progress": {
      const view = activeJob(engine, event.job);
      if (view) view.progress = event.progress;
      break;
    }
    case "section": {
      const view = activeJob(engine, event.job);
      if (view) setSection(view.sections, event.section);
      break;
    }
    case "token": {
      const section = activeJob(engine, event.job)?.sections.find(({ index }) => index === event.section);
      if (section) section.text += event.text;
      break;
    }
    case "offers":
    case "server":
    case "installEnded":
    case "unused":
    case "freed":
    case "rejected":
      break;
    default:
      event satisfies never;
  }
}

/** A job as a failure leaves it: what was checked stays, what only stood for it goes. */
export function failedJob(view: JobView, failure: Failure): JobView {
  return {
    ...view,
    state: { state: "failed", failure },
    progress: undefined,
    sections: view.sections.filter(isSettled),
  };
}

/** A job as a cancel leaves it, where no engine is there to end it. */
export function cancelledJob(view: JobView): JobView {
  return { ...view, state: { state: "cancelled" }, progress: undefined, sections: view.sections.filter(isSettled) };
}

/** Whoever ends a job in the place of an engine that is gone may not know what that had written. */
function withKnownSections(view: JobView, known: JobView | undefined): JobView {
  const isLost = view.state.state === "failed" && view.sections.length === 0;
  return isLost && known ? { ...view, sections: known.sections.filter(isSettled) } : view;
}

function activeJob({ jobs }: EngineState, job: JobId): JobView | undefined {
  const view = jobs.get(job);
  return view && isActive(view) ? view : undefined;
}

/** Adds a section in its order, or replaces the one of its index. */
function setSection(sections: Section[], section: Section): void {
  const at = sections.findIndex(({ index }) => index >= section.index);
  if (at < 0) sections.push(section);
  else sections.splice(at, sections[at]?.index === section.index ? 1 : 0, section);
}

/**
 * Jobs that were under way in an engine that is gone and that its successor does not know. Ended
 * ones are kept.
 */
function failLost(jobs: Map<JobId, JobView>, known: JobView[]): void {
  for (const [job, view] of jobs) {
    if (isActive(view) && !known.some((other) => other.job === job)) jobs.set(job, failedJob(view, ENGINE_LOST));
  }
}
