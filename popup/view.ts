// Draws the state. Everything on screen is a function of it.
import { Announcer } from "./announcer";
import { copyText } from "./copy";
import { byId, setText } from "./dom";
import type { Output } from "./output";
import { current, failure, phase, type State } from "./state";
import * as words from "./words";

export class View {
  readonly #output: Output;
  readonly #announcer = new Announcer();
  readonly #title = byId("title");
  readonly #summarize = byId<HTMLButtonElement>("summarize");
  readonly #cancel = byId<HTMLButtonElement>("cancel");
  readonly #copy = byId<HTMLButtonElement>("copy");
  readonly #progress = byId<HTMLProgressElement>("progress");
  readonly #status = byId("status");
  readonly #error = byId("error");

  constructor(output: Output) {
    this.#output = output;
  }

  draw(state: State): void {
    const job = current(state);
    const now = phase(state);
    document.body.dataset["state"] = now;
    if (job?.state.state === "done") document.body.dataset["stats"] = JSON.stringify(job.state.stats);
    else delete document.body.dataset["stats"];

    setText(this.#title, job?.title || state.page?.title || "This page");
    this.#title.title = this.#title.textContent ?? "";
    setText(this.#summarize, now === "failed" ? "Try again" : now === "idle" ? "Summarise" : "Summarise again");
    setText(this.#status, words.status(state));
    const share = words.fraction(state);
    if (now !== "queued" && now !== "running") this.#progress.value = 0;
    else if (share !== undefined) this.#progress.value = share;
    this.#copy.disabled = copyText(job) === "";

    const failed = failure(state);
    this.#error.hidden = !failed;
    setText(byId("error-message"), failed?.message ?? "");
    setText(byId("error-remedy"), failed?.remedy ?? "");

    setText(byId("provenance"), words.provenance(state));
    this.#output.draw(job);
    setText(byId("device"), words.device(state));
    byId("device").title = words.device(state);
    setText(byId("facts"), words.facts(state));
    this.#focus(now === "queued" || now === "running");
    this.#announcer.update(state);
  }

  /** The two buttons share a place: the focus moves with whichever is there. */
  #focus(busy: boolean): void {
    const [gone, here] = busy ? [this.#summarize, this.#cancel] : [this.#cancel, this.#summarize];
    if (document.activeElement === gone) here.focus();
  }
}
