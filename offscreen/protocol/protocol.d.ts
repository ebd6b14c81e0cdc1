export type JobId = string;

export type Command =
  | { type: "ensureEngine" }
  | { type: "run"; task: Task; choice: Choice }
  | { type: "reveal"; job: JobId; text: string }
  | { type: "ended"; view: JobView };

export type CommandReply = { type: "ok" } | { type: "started"; job: JobId } | { type: "failed"; failure: Failure };

export type Request =
  | { type: "attach" }
  | { type: "warm"; choice: Choice }
  | { type: "start"; job: JobId; task: Task; page: PageCapture; choice: Choice }
  | { type: "cancel"; job: JobId };

export type Task = { task: "summarize"; summaryType: SummaryType; length: SummaryLength; format: SummaryFormat };

export type SummaryType = "key-points" | "tldr";

export type SummaryLength = "short" | "medium" | "long";

export type SummaryFormat = "markdown" | "plain-text";

export type Choice = "auto" | "gpu" | "cpu";

export interface PageCapture {
  url: string;
  title: string;
  lang: string | undefined;
  selection: string | undefined;
  html: string;
  truncated: boolean;
}

export type Event =
  | { type: "snapshot"; model: ModelState; jobs: JobView[] }
  | { type: "model"; model: ModelState }
  | { type: "job"; view: JobView }
  | { type: "progress"; job: JobId; progress: Progress }
  | { type: "section"; job: JobId; section: Section }
  | { type: "token"; job: JobId; section: number; text: string }
  | { type: "rejected"; failure: Failure };

export type ModelState =
  | { state: "idle" }
  | { state: "loading"; model: string; progress: Progress }
  | { state: "ready"; model: string; device: DeviceInfo; loadMs: number }
  | { state: "failed"; failure: Failure };

export interface DeviceInfo {
  backend: Backend;
  adapter: string;
  reason: string | undefined;
}

export type Backend = "gpu" | "cpu";

export interface Progress {
  phase: Phase;
  fraction: number | undefined;
  tokensPerSecond: number | undefined;
}

export type Phase = "installing" | "loading" | "reading" | "writing";

export interface Stats {
  device: DeviceInfo;
  model: string;
  promptTokens: number;
  cachedTokens: number;
  outputTokens: number;
  loadMs: number;
  firstTokenMs: number;
  totalMs: number;
  prefillTps: number;
  decodeTps: number;
  coverage: number;
}

export interface Failure {
  code: ErrorCode;
  message: string;
  remedy: string;
}

export type ErrorCode =
  | "bad-request"
  | "page-not-readable"
  | "no-text"
  | "model"
  | "storage"
  | "gpu"
  | "memory"
  | "internal";

export interface JobView {
  job: JobId;
  task: Task;
  url: string;
  title: string;
  state: JobState;
  progress: Progress | undefined;
  sections: Section[];
  coverage: number | undefined;
}

export type JobState =
  | { state: "queued" }
  | { state: "running" }
  | { state: "done"; stats: Stats; text: string }
  | { state: "cancelled" }
  | { state: "failed"; failure: Failure };

export interface Section {
  index: number;
  text: string;
  status: SectionStatus;
  source: Passage | undefined;
}

export type SectionStatus = "preview" | "draft" | "checked" | "quoted";

export interface Passage {
  text: string;
  heading: string | undefined;
}
