// The question that is answered, and those that were asked of the page before.

import type { JobId, JobView } from "../offscreen/protocol/protocol";
import { make, setText } from "../offscreen/view/elements";
import { byId } from "./dom";
import { current, earlierAnswers, type State } from "./state";

export class Questions {
  readonly #asked = byId("asked");
  readonly #earlier = byId("earlier");
  readonly #list = byId("earlier-list");
  readonly #show: (job: JobId) => void;
  #drawn = "";

  constructor(show: (job: JobId) => void) {
    this.#show = show;
  }

  draw(state: State): void {
    const isAsking = state.settings.mode === "ask";
    const question = isAsking ? questionOf(current(state)) : "";
    setText(this.#asked, question);
    this.#asked.hidden = question === "";
    const earlier = isAsking ? earlierAnswers(state) : [];
    this.#earlier.hidden = earlier.length === 0;
    const key = JSON.stringify(earlier.map(({ job }) => job));
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#list.replaceChildren(...earlier.map((job) => this.#item(job)));
  }

  #item(job: JobView): HTMLElement {
    const item = make("li", "");
    const button = make("button", "quiet", questionOf(job));
    button.type = "button";
    button.addEventListener("click", () => this.#show(job.job));
    item.append(button);
    return item;
  }
}

function questionOf(job: JobView | undefined): string {
  return job?.task.task === "ask" ? job.task.question : "";
}
