// Draws what the reader should know about a rewritten or translated text.

import type { JobView } from "../offscreen/protocol/protocol";
import { make } from "../offscreen/view/elements";
import { notesOn } from "../offscreen/view/notes";
import { byId } from "./dom";

export class Notes {
  readonly #place = byId("notes");
  #drawn = "";

  draw(job: JobView | undefined): void {
    const notes = job ? notesOn(job) : [];
    const key = JSON.stringify(notes);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#place.hidden = notes.length === 0;
    this.#place.replaceChildren(...notes.map(({ kind, text }) => make("li", kind, text)));
  }
}
