// The page that opens once Sotto is installed: it summarises an article of its own, with the same
// engine and the same checks as any page.

import "./localize";
import type { JobView, Passage } from "../offscreen/protocol/protocol";
import { make, setText } from "../offscreen/view/elements";
import { applyEvent, initialEngineState, isActive, isSettled } from "../offscreen/view/fold";
import { newJob } from "../offscreen/view/new_job";
import * as settings from "../offscreen/view/settings";
import { statusText } from "../offscreen/view/words";
import { byId } from "./dom";
import { Link } from "./link";
import { AGAIN, keysText, pinnedText, RUN, SHOW } from "./welcome/words";
import { deviceText } from "./words";

const article = byId("article");
const button = byId<HTMLButtonElement>("run");
const engine = initialEngineState();
let job: string | undefined;
const link = new Link({
  connected() {},
  lost() {},
  event(event) {
    applyEvent(engine, event);
    if (event.type === "rejected") showFailure(event.failure.message, event.failure.remedy);
    else draw();
  },
});

function run(): void {
  job = newJob();
  const { url, title } = { url: location.href, title: article.querySelector("h2")?.textContent ?? "" };
  const page = { url, title, lang: "en", html: article.outerHTML, leftOut: { cut: 0, hidden: 0, frames: 0 } };
  const task = settings.task({ ...settings.defaults(), length: "short" }, "summarize");
  link.send({ type: "start", job, task, input: { input: "page", page }, choice: "auto", model: undefined, tab: 0 });
  button.disabled = true;
  draw();
}

function draw(): void {
  const view = job === undefined ? undefined : engine.jobs.get(job);
  if (!view) return;
  const busy = isActive(view);
  document.body.dataset["state"] = view.state.state;
  button.disabled = busy;
  setText(button, busy ? RUN : AGAIN);
  setText(byId("status"), statusText(view));
  const failure = view.state.state === "failed" ? view.state.failure : undefined;
  byId("error").hidden = !failure;
  if (failure) showFailure(failure.message, failure.remedy);
  if (view.state.state === "done") setText(byId("device"), deviceText(view.state.stats.device));
  byId("output").replaceChildren(...points(view));
}

function showFailure(message: string, remedy: string): void {
  byId("error").hidden = false;
  setText(byId("error-message"), message);
  setText(byId("error-remedy"), remedy);
  button.disabled = false;
}

/** The points that are settled: this page has no previews. */
function points({ sections }: JobView): HTMLElement[] {
  const settled = sections.filter(isSettled);
  if (settled.length === 0) return [];
  const list = make("ul");
  for (const { text, source } of settled) {
    const item = make("li", "", text);
    if (source) item.append(sourceButton(source));
    list.append(item);
  }
  return [list];
}

function sourceButton(passage: Passage): HTMLElement {
  const show = make("button", "get source", SHOW);
  show.type = "button";
  show.addEventListener("click", () => reveal(passage.text));
  return show;
}

/** Highlights a passage in the article, each paragraph of which is one text. */
function reveal(passage: string): void {
  for (const paragraph of article.querySelectorAll("p")) {
    const node = paragraph.firstChild;
    const at = paragraph.textContent?.indexOf(passage) ?? -1;
    if (!node || at < 0) continue;
    const range = new Range();
    range.setStart(node, at);
    range.setEnd(node, at + passage.length);
    CSS.highlights.set("source", new Highlight(range));
    paragraph.scrollIntoView({ block: "nearest" });
    return;
  }
}

async function drawButton(): Promise<void> {
  const [commands, { isOnToolbar }] = await Promise.all([chrome.commands.getAll(), chrome.action.getUserSettings()]);
  const keys = commands.find(({ name }) => name === "_execute_action")?.shortcut;
  setText(byId("keys"), keysText(keys));
  setText(byId("pinned"), pinnedText(isOnToolbar ?? false));
}

// The markup's line breaks are no part of the text.
for (const paragraph of article.querySelectorAll("p")) {
  paragraph.textContent = (paragraph.textContent ?? "").replaceAll(/\s+/gu, " ").trim();
}
button.addEventListener("click", run);
window.addEventListener("focus", () => void drawButton());
await drawButton();
await link.connect();
