// Tells a screen reader what happens: each phase once, each point when it is settled; never single tokens.
import type { JobView } from "../offscreen/protocol/protocol";
import { byId } from "./dom";
import { current, type State } from "./state";
import { announcement } from "./words";

export class Announcer {
  readonly #place = byId("announcer");
  #job: string | undefined;
  #said = "";
  #points = new Set<number>();

  /** Forgets what was said of another job; what it already holds when it comes into view is not read out. */
  update(state: State): void {
    const job = current(state);
    if (job?.job !== this.#job) {
      this.#job = job?.job;
      this.#points = new Set(settled(job).map(({ index }) => index));
    }
    const lines = [];
    const now = announcement(state);
    if (now !== this.#said && now !== "") lines.push(now);
    this.#said = now;
    for (const { index, text } of settled(job)) {
      if (this.#points.has(index)) continue;
      this.#points.add(index);
      lines.push(text);
    }
    if (lines.length > 0) this.#place.textContent = lines.join(" ");
  }
}

function settled(job: JobView | undefined): JobView["sections"] {
  // The blocks of a page are read on the page.
  if (!job || job.subject.subject === "blocks") return [];
  return job.sections.filter(({ status }) => status === "checked" || status === "quoted");
}
