// Tells a screen reader what happens: each phase once, each point when it is settled; never single
// tokens.

import type { JobView } from "../offscreen/protocol/protocol";
import { isSettled } from "../offscreen/view/fold";
import { announcement } from "../offscreen/view/words";
import { byId } from "./dom";
import { current, type State } from "./state";
import { status } from "./words";

export class Announcer {
  readonly #place = byId("announcer");
  #job: string | undefined;
  #announced = "";
  #points = new Set<number>();

  /**
   * Forgets what was announced of another job; what it already holds when it comes into view is not
   * read out.
   */
  update(state: State): void {
    const job = current(state);
    if (job?.job !== this.#job) {
      this.#job = job?.job;
      this.#points = new Set(settledSections(job).map(({ index }) => index));
    }
    const lines = [];
    const line = announcement(status(state));
    if (line !== this.#announced && line !== "") lines.push(line);
    this.#announced = line;
    for (const { index, text } of settledSections(job)) {
      if (this.#points.has(index)) continue;
      this.#points.add(index);
      lines.push(text);
    }
    if (lines.length > 0) this.#place.textContent = lines.join(" ");
  }
}

function settledSections(job: JobView | undefined): JobView["sections"] {
  // The blocks of a page are read on the page.
  if (!job || job.subject.subject === "blocks") return [];
  return job.sections.filter(isSettled);
}
