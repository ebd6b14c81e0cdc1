// The popup and the side panel: a view over the engine's events. It draws first, connects
// afterwards, and owns nothing: closed and opened again it shows the same job.

import "./localize";
import { DOCUMENT_CHANNEL, type FileMessage } from "../offscreen/protocol/channels";
import type { Command, JobId, JobView, ModelId, Passage } from "../offscreen/protocol/protocol";
import { unmarkEnded } from "../offscreen/view/badge";
import { sendCommand } from "../offscreen/view/command";
import { setText } from "../offscreen/view/elements";
import { isActive } from "../offscreen/view/fold";
import { message } from "../offscreen/view/messages";
import { newJob } from "../offscreen/view/new_job";
import { OfferCache } from "../offscreen/view/offers";
import { storedResults } from "../offscreen/view/results";
import * as settings from "../offscreen/view/settings";
import { shape } from "../offscreen/view/shape";
import { Access } from "./access";
import { Controls } from "./controls";
import { copy } from "./copy";
import { byId } from "./dom";
import { setUpDrop } from "./drop";
import { HabitControls } from "./habits";
import { Link } from "./link";
import { Offers } from "./offers";
import { Output } from "./output";
import { findPage, inspectPage } from "./page";
import { Questions } from "./questions";
import { attempt, cancel, current, detectedLanguage, handleEvent, initial, isHere, phase, setPage } from "./state";
import { isPanel, setUpSurface } from "./surface";
import { PopupView, scopeOf } from "./view";
import { Wishes } from "./wishes";

/** Tokens may come faster than a screen shows them: drawn together after this time. */
const FRAME_MS = 16;
const COPIED_MS = 1500;

const state = initial(settings.defaults());
const controls = new Controls(changed);
const cache = new OfferCache((questions) => link.send({ type: "offers", questions }));
const offers = new Offers(cache, openModels);
const wishes = new Wishes((kept) => {
  state.settings = { ...state.settings, wishes: kept };
  void settings.save({ wishes: kept });
  draw();
});
const access = isPanel ? new Access() : undefined;
const habits = new HabitControls(translateNow);
const view = new PopupView(controls, offers, new Output(reveal), new Questions(showAnswer), habits);
const documents = new BroadcastChannel(DOCUMENT_CHANNEL);
/** Whether a job is to be announced as soon as it is known what is offered for it. */
let warmsLater = false;
/** Whether the reader has chosen here: the stored choices are older then. */
let changedHere = false;
/**
 * Counts the clicks, so that an answer to one that was cancelled meanwhile is known for what it is.
 */
let clicks = 0;
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
    const isNew = event.type === "job" && !state.jobs.has(event.view.job);
    const knewModels = state.models !== undefined;
    handleEvent(state, event);
    cache.handleEvent(event);
    if (event.type === "snapshot") showRunning();
    // An engine that has just started tells of its models a moment later.
    if (event.type === "snapshot" || (!knewModels && state.models)) {
      draw();
      warmIdle();
    }
    if (event.type === "offers" && warmsLater) {
      draw();
      warmIdle();
    }
    // A job begun elsewhere: the reader's click there may have let Sotto see the page.
    if (isNew && isPanel) void refreshPage();
    drawSoon();
  },
});

function draw(): void {
  clearTimeout(drawing);
  drawing = undefined;
  view.draw(state);
  wishes.draw(state.settings);
}

function drawSoon(): void {
  drawing ??= setTimeout(draw, FRAME_MS);
}

function task(): ReturnType<typeof settings.task> {
  const wanted = settings.task(state.settings);
  const { from, question } = controls.oneTime();
  switch (wanted.task) {
    case "translate":
      return { ...wanted, from };
    case "ask":
      return { ...wanted, question };
    default:
      return wanted;
  }
}

/**
 * Where nothing is shown yet, a job is likely: the model loads meanwhile, and reads the job's
 * examples.
 */
function warmIdle(): void {
  if (current(state) || attempt(state).starting || state.model.state === "failed") return;
  if (!state.models?.some(({ here }) => here)) return;
  warmsLater = !offers.of(state, taskToCome());
  if (!warmsLater && !byId<HTMLButtonElement>("run").disabled) sendWarm();
}

function sendWarm(): void {
  const { mode, choice, models } = state.settings;
  link.send({ type: "warm", task: taskToCome(), choice, model: models[mode] });
}

/**
 * The task as the job will have it, as far as one can tell: the language is detected once more when
 * it starts.
 */
function taskToCome(): ReturnType<typeof settings.task> {
  const wanted = task();
  if (wanted.task === "translate") wanted.from ??= detectedLanguage(state, scopeOf(state, controls));
  return wanted;
}

/** Starts on the page on view, or on a file that was dropped. */
async function run(file?: File): Promise<void> {
  if (phase(state) === "queued" || phase(state) === "running") return;
  const click = (clicks += 1);
  const mine = attempt(state);
  // The page that is named here, whatever the reader looks at when it is read.
  const tab = state.page?.tab;
  mine.starting = true;
  mine.stopped = false;
  mine.failure = undefined;
  state.failure = undefined;
  draw();
  await stored;
  const { mode, choice, models } = state.settings;
  const scope = scopeOf(state, controls);
  const wanted = { tab, task: task(), choice, model: models[mode] };
  const reply = await sendCommand(
    file
      ? { type: "runFile", file: handOver(file), name: file.name, ...wanted }
      : { type: "run", job: newJob(), scope, ...wanted },
  );
  if (click !== clicks) {
    if (reply.type === "started") stopJob(reply.job);
    return;
  }
  mine.starting = false;
  if (reply.type === "started") {
    mine.job = reply.job;
    if (mode === "ask") controls.clearQuestion();
  } else if (reply.type === "failed") mine.failure = reply.failure;
  draw();
}

/** Gives a file to the offscreen document; returns the handle by which a command names it. */
function handOver(file: File): string {
  const handle = crypto.randomUUID();
  documents.postMessage({ handle, file } satisfies FileMessage);
  return handle;
}

/** What is always to be translated is so at once. */
function translateNow(): void {
  if (current(state) === undefined && !byId<HTMLButtonElement>("run").disabled) void run();
  else draw();
}

function stop(): void {
  const job = current(state);
  if (job && isActive(job)) {
    cancel(state, job.job);
    stopJob(job.job);
  } else {
    clicks += 1;
    attempt(state).starting = false;
    attempt(state).stopped = true;
  }
  draw();
}

/** The quick way, while there is an engine, and the sure one: a lost job must not come back. */
function stopJob(job: JobId): void {
  if (state.link === "connected") link.send({ type: "cancel", job });
  void sendCommand({ type: "cancel", job });
}

/** Brings an earlier answer back into view. */
function showAnswer(job: JobId): void {
  attempt(state).job = job;
  draw();
}

async function reveal(passage: Passage): Promise<string | undefined> {
  const job = current(state);
  // The browser's viewer shows no passages: the number of the page, which stands with it, has to do.
  if (!job || passage.place?.place === "page" || job.url === "") return undefined;
  const reply = await sendCommand({ type: "reveal", job: job.job, text: passage.text, place: passage.place });
  const problem = reply.type === "failed" ? reply.failure.message : undefined;
  setText(byId("announcer"), problem ?? message("shownOnPageSentence"));
  return problem;
}

/** Puts a text in the place of the selection, or the original back into a translated page. */
async function applyResult(): Promise<void> {
  const job = current(state);
  if (!job || state.applied.has(job.job)) return;
  const wanted: Command = { type: shape(job) === "blocks" ? "restore" : "accept", job: job.job };
  const reply = await sendCommand(wanted);
  if (reply.type === "failed") attempt(state).failure = reply.failure;
  else state.applied.add(job.job);
  draw();
}

async function copyResult(job: JobView | undefined): Promise<void> {
  if (!job) return;
  await copy(job);
  const button = byId("copy");
  setText(button, message("copied"));
  setText(byId("announcer"), message("copied"));
  setTimeout(() => setText(button, message("copy")), COPIED_MS);
}

async function openModels(model: ModelId | undefined): Promise<void> {
  const reply = await sendCommand({ type: "openModels", model });
  if (reply.type === "failed") {
    state.failure = reply.failure;
    draw();
  } else if (!isPanel) {
    window.close();
  }
}

async function openSettings(): Promise<void> {
  await chrome.runtime.openOptionsPage();
  if (!isPanel) window.close();
}

/** The reader has moved a control. */
function changed(part: EventTarget | null): void {
  changedHere = true;
  const before = state.settings;
  const change = controls.read();
  state.settings = { ...before, ...change };
  void settings.save(change);
  state.failure = undefined;
  const job = current(state);
  draw();
  // With each letter of a wish nothing is known yet.
  if (part === byId("instruction") || part === byId("question") || (job && isActive(job))) return;
  // Another device is tried at once, even beside a result.
  if (change.choice !== before.choice) sendWarm();
  else warmIdle();
}

/** Sets the controls to the stored choices. */
async function restore(): Promise<void> {
  const loaded = await settings.load();
  if (changedHere) return;
  state.settings = loaded;
  draw();
  controls.show(loaded);
}

/** Finds out which page is on view, what was made of it before, and what is selected on it. */
async function loadPage(): Promise<void> {
  const page = await findPage();
  setPage(state, page);
  access?.draw(page);
  if (page.tab !== undefined) void unmarkEnded(page.tab);
  for (const result of page.url === "" ? [] : await storedResults(page.url)) {
    if (!state.jobs.has(result.job)) state.jobs.set(result.job, result);
  }
  void inspectPage(page).then((known) => {
    if (state.page !== page) return;
    setPage(state, known);
    // Who has selected text means that text.
    if (known.selection?.text && !changedHere) controls.setScope("selection");
    draw();
    // The panel stays while the reader goes from page to page.
    if (state.settings.mode === "translate" && !isPanel) warmIdle();
  });
}

async function refreshPage(): Promise<void> {
  await loadPage();
  drawSoon();
}

/** Opened beside a job of another mode on this page, the view shows that job. */
function showRunning(): void {
  if (changedHere) return;
  const running = [...state.jobs.values()].find((job) => isActive(job) && isHere(state, job));
  if (!running || running.task.task === state.settings.mode) return;
  state.settings = { ...state.settings, mode: running.task.task };
  controls.setMode(running.task.task);
}

controls.form.addEventListener("submit", (event) => {
  event.preventDefault();
  void run();
});
byId("cancel").addEventListener("click", stop);
byId("apply").addEventListener("click", () => void applyResult());
byId("copy").addEventListener("click", () => void copyResult(current(state)));
byId("manage").addEventListener("click", () => void openModels(undefined));
byId("settings").addEventListener("click", () => void openSettings());
byId("error-get").addEventListener("click", ({ currentTarget }) => {
  void openModels((currentTarget as HTMLElement).dataset["model"]);
});
byId("changes").addEventListener("click", ({ currentTarget }) => {
  const button = currentTarget as HTMLElement;
  const shown = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(shown));
  setText(button, message(shown ? "hideChanges" : "showChanges"));
  draw();
});

// The models may be chosen, and wishes forgotten, elsewhere while this view is open.
chrome.storage.local.onChanged.addListener(() => {
  void settings.load().then(({ models, wishes: kept }) => {
    state.settings = { ...state.settings, models, wishes: kept };
    drawSoon();
  });
});
setUpDrop((file) => void run(file));
void habits.load().then(drawSoon);
setUpSurface(() => void refreshPage());
draw();
await stored;
await loadPage();
draw();
document.body.dataset["ready"] = "";
await link.connect();
