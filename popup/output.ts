// Draws the sections of a job: a list of points, prose, or a text with the spaces and line breaks
// of its original. A section keeps its element from preview to final text. The blocks of a page are
// drawn on the page itself.

import type { JobView, Passage, Section, SectionStatus } from "../offscreen/protocol/protocol";
import { type Change, diff } from "../offscreen/view/diff";
import { make, setText } from "../offscreen/view/elements";
import { message } from "../offscreen/view/messages";
import { placeText } from "../offscreen/view/place";
import { type Shape, shape } from "../offscreen/view/shape";
import { byId } from "./dom";

/** Shows a passage on the page; tells what went wrong, if anything did. */
type Reveal = (passage: Passage) => Promise<string | undefined>;

/** What the looks of a section mean, for those who don't see them. */
const TITLES: Record<SectionStatus, string> = {
  preview: message("previewSentence"),
  draft: "",
  checked: "",
  quoted: message("ownWords"),
};

interface Drawn {
  root: HTMLElement;
  before: HTMLElement;
  text: HTMLElement;
  source: HTMLButtonElement | undefined;
  passage: HTMLElement | undefined;
}

export class Output {
  readonly #place = byId("output");
  readonly #reveal: Reveal;
  readonly #drawn = new Map<number, Drawn>();
  /** What the list was built for; another job or another kind of text starts anew. */
  #key = "";
  #shape: Shape = "points";
  #list: HTMLElement | undefined;

  constructor(reveal: Reveal) {
    this.#reveal = reveal;
  }

  /** Draws a job's sections; with `compare`, a text shows what was changed in it. */
  draw(job: JobView | undefined, compare: boolean): void {
    const key = job ? `${job.job} ${shape(job)}` : "";
    if (key !== this.#key) this.#restart(key, job);
    if (this.#shape === "blocks") return;
    const gone = new Set(this.#drawn.keys());
    for (const section of job?.sections ?? []) {
      gone.delete(section.index);
      this.#section(section, compare && this.#shape === "text");
    }
    for (const index of gone) {
      this.#drawn.get(index)?.root.remove();
      this.#drawn.delete(index);
    }
  }

  #restart(key: string, job: JobView | undefined): void {
    this.#key = key;
    this.#drawn.clear();
    this.#place.replaceChildren();
    this.#list = undefined;
    if (!job) return;
    this.#shape = shape(job);
    this.#list = make(this.#shape === "points" ? "ul" : "div", this.#shape);
    this.#list.dir = "auto";
    this.#place.append(this.#list);
  }

  #section(section: Section, compare: boolean): void {
    const drawn = this.#drawn.get(section.index) ?? this.#add(section.index);
    const { root, text } = drawn;
    const before = root.dataset["status"];
    // While the model rewrites a preview, the point keeps the height it had, so that those below it
    // stay where they are.
    if (before === "preview" && section.status === "draft") root.style.minHeight = `${root.offsetHeight}px`;
    if (section.status !== "draft") root.style.minHeight = "";
    root.dataset["status"] = section.status;
    root.title = section.note ?? (this.#shape === "text" ? "" : TITLES[section.status]);
    setText(drawn.before, this.#shape === "text" ? section.before : "");
    if (compare && section.source) setChanges(text, section.source.text, section.text);
    else setPlain(text, section.text);
    // The source of a piece of the reader's own text stands in "Show changes".
    if (section.source && this.#shape !== "text") this.#source(drawn, section.index, section.source);
  }

  #add(index: number): Drawn {
    const inList = this.#list?.localName === "ul";
    const root = make(inList ? "li" : "span", "point");
    root.dataset["index"] = String(index);
    const before = make("span", "before");
    const text = make("span", "section");
    root.append(before, text);
    const next = [...this.#drawn.entries()].filter(([other]) => other > index).sort(([a], [b]) => a - b)[0]?.[1];
    this.#list?.insertBefore(root, next?.root ?? null);
    if (this.#shape === "prose") root.after(" ");
    const drawn: Drawn = { root, before, text, source: undefined, passage: undefined };
    this.#drawn.set(index, drawn);
    return drawn;
  }

  #source(drawn: Drawn, index: number, passage: Passage): void {
    drawn.source ??= this.#button(drawn);
    const place = passage.place ? placeText(passage.place) : undefined;
    setText(drawn.source, place ?? String(index + 1));
    drawn.source.setAttribute("aria-label", sourceLabel(index, place));
    drawn.source.title = passage.text;
    drawn.source.onclick = async () => {
      const open = drawn.passage === undefined;
      drawn.source?.setAttribute("aria-expanded", String(open));
      drawn.passage?.remove();
      drawn.passage = open ? quote(passage) : undefined;
      if (!drawn.passage) return;
      drawn.root.append(drawn.passage);
      drawn.passage.scrollIntoView({ block: "nearest" });
      const note = await this.#reveal(passage);
      if (note) drawn.passage.append(make("p", "", note));
      drawn.passage.scrollIntoView({ block: "nearest" });
    };
  }

  #button(drawn: Drawn): HTMLButtonElement {
    const button = make("button", "source");
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    drawn.text.after(button);
    return button;
  }
}

const MARKS: Record<Change["kind"], "span" | "del" | "ins"> = { same: "span", removed: "del", added: "ins" };

/** Shows a text with the words that it lost and those that it gained. */
function setChanges(element: HTMLElement, before: string, after: string): void {
  const key = JSON.stringify([before, after]);
  if (element.dataset["changes"] === key) return;
  element.dataset["changes"] = key;
  element.replaceChildren(...diff(before, after).map(({ kind, text }) => make(MARKS[kind], "", text)));
}

/** Shows a text as it is. */
function setPlain(element: HTMLElement, text: string): void {
  if (element.dataset["changes"] !== undefined) {
    delete element.dataset["changes"];
    element.replaceChildren();
  }
  setText(element, text);
}

function quote({ text, heading, place }: Passage): HTMLElement {
  const element = make("blockquote", "passage", text);
  const cite = [place ? placeText(place) : undefined, heading].filter(Boolean).join(" · ");
  if (cite) element.prepend(make("cite", "", cite));
  return element;
}

function sourceLabel(index: number, place: string | undefined): string {
  const number = index + 1;
  return place === undefined ? message("showSourceOf", { number }) : message("showSourceAt", { number, place });
}
