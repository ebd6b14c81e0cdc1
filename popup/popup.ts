// The popup: a view over the engine's events. It draws first, connects afterwards, and owns nothing: closed and opened
// again it shows the same job.
import type { JobView, Passage } from "../offscreen/protocol/protocol";
import { copy } from "./copy";
import { byId, setText } from "./dom";
import { command, Link } from "./link";
import { Output } from "./output";
import * as settings from "./settings";
import { apply, cancel, current, initial, isActive, pageKey, phase, put } from "./state";
import { View } from "./view";

/** Tokens may come faster than a screen shows them: drawn together after this time. */
const FRAME_MS = 16;
const COPIED_MS = 1500;

const state = initial();
const form = byId<HTMLFormElement>("task");
const choice = byId<HTMLSelectElement>("choice");
const view = new View(new Output(reveal));
let chosen = settings.DEFAULTS;
/** True once the reader has chosen here: the stored choices are older then. */
let touched = false;
/** Counts the clicks, so that an answer to one that was cancelled meanwhile is known for what it is. */
let attempts = 0;
let drawing: ReturnType<typeof setTimeout> | undefined;

const stored = restore();
const link = new Link({
  connected() {
    state.link = "connected";
    drawSoon();
  },
  lost() {
    state.link = "lost";
    state.model = { state: "idle" };
    drawSoon();
  },
  event(event) {
    apply(state, event);
    if (event.type === "snapshot") warm();
    drawSoon();
  },
});

function draw(): void {
  clearTimeout(drawing);
  drawing = undefined;
  view.draw(state);
}

function drawSoon(): void {
  drawing ??= setTimeout(draw, FRAME_MS);
}

/** Opening the popup on a page without a summary announces one: the model loads meanwhile. */
function warm(): void {
  if (!current(state) && !state.starting && state.model.state === "idle") {
    link.send({ type: "warm", task: settings.task(chosen), choice: chosen.choice, model: undefined });
  }
}

async function run(): Promise<void> {
  if (phase(state) === "queued" || phase(state) === "running") return;
  const attempt = (attempts += 1);
  state.starting = true;
  state.stopped = false;
  state.failure = undefined;
  draw();
  await stored;
  const reply = await command({
    type: "run",
    task: settings.task(chosen),
    scope: "page",
    choice: chosen.choice,
    model: undefined,
  });
  if (attempt !== attempts) {
    if (reply.type === "started") link.send({ type: "cancel", job: reply.job });
    return;
  }
  state.starting = false;
  if (reply.type === "started") state.own = reply.job;
  else if (reply.type === "failed") state.failure = reply.failure;
  draw();
}

function stop(): void {
  const job = current(state);
  if (job && isActive(job)) {
    cancel(state, job);
    link.send({ type: "cancel", job: job.job });
  } else {
    attempts += 1;
    state.starting = false;
    state.stopped = true;
  }
  draw();
}

async function reveal(passage: Passage): Promise<string | undefined> {
  const job = current(state);
  if (!job) return undefined;
  const reply = await command({ type: "reveal", job: job.job, text: passage.text });
  const problem = reply.type === "failed" ? reply.failure.message : undefined;
  setText(byId("announcer"), problem ?? "Shown on the page.");
  return problem;
}

async function copyResult(job: JobView | undefined): Promise<void> {
  if (!job) return;
  await copy(job);
  const button = byId("copy");
  setText(button, "Copied");
  setText(byId("announcer"), "Copied");
  setTimeout(() => setText(button, "Copy"), COPIED_MS);
}

/** Reads the choices off the controls. */
function choose(): void {
  touched = true;
  const data = new FormData(form);
  chosen = {
    summaryType: data.get("summaryType") as settings.Settings["summaryType"],
    length: data.get("length") as settings.Settings["length"],
    choice: choice.value as settings.Settings["choice"],
  };
  void settings.save(chosen);
}

/** Sets the controls to the stored choices. */
async function restore(): Promise<void> {
  const loaded = await settings.load();
  if (touched) return;
  chosen = loaded;
  for (const radio of form.querySelectorAll<HTMLInputElement>("input[type=radio]")) {
    radio.checked = radio.value === chosen.summaryType || radio.value === chosen.length;
  }
  choice.value = chosen.choice;
}

/** The active tab's page, and the result kept for it from an engine that has closed since. */
async function findPage(): Promise<void> {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  state.page = { title: tab?.title ?? "", url: tab?.url ?? "" };
  const key = `result:${pageKey(state.page.url)}`;
  const { [key]: kept } = await chrome.storage.session.get<Record<string, { view: JobView }>>(key);
  if (kept && !state.jobs.has(kept.view.job)) put(state, kept.view);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void run();
});
form.addEventListener("change", choose);
choice.addEventListener("change", () => {
  choose();
  const job = current(state);
  if (!job || !isActive(job)) link.send({ type: "warm", task: settings.task(chosen), choice: chosen.choice, model: undefined });
});
byId("cancel").addEventListener("click", stop);
byId("copy").addEventListener("click", () => void copyResult(current(state)));

draw();
await stored;
await findPage();
draw();
await link.connect();
