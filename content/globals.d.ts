// What the injected scripts leave in their isolated world for the background to call, and for each other. The page cannot
// see it.
import type { Choice, JobId, ModelCard, ModelId, PageBlocks, PageCapture, Selection, Task } from "../offscreen/protocol/protocol";
import type { Place } from "./selection/place";
import type { Problem } from "../offscreen/view/replacement";
import type { Read } from "./selection/read";
import type { Translation } from "./translate/translation";

declare global {
  /** Reads the page; for a document that is no text, tells what it is instead. */
  var sottoCapture: (() => PageCapture | { contentType: string }) | undefined;
  /** Scrolls to a passage and highlights it; false when it is not here. */
  var sottoHighlight: ((passage: string) => boolean) | undefined;

  /** The selections that were read here. */
  var sottoSelections: { places: Map<JobId, Place>; card: Read | undefined } | undefined;
  /** Reads the selection for a job, or with `again` the one that the open card is about. */
  var sottoSelect:
    | ((job: JobId, again: boolean) => { selection: Selection | undefined; inFrame: boolean })
    | undefined;
  /** Puts a text in the place of a job's selection. */
  var sottoAccept: ((job: JobId, text: string) => Promise<Problem | undefined>) | undefined;

  /** The card that was opened last. */
  var sottoOpenCard:
    | { close(): void; offer(models: ModelCard[], chosen: Partial<Record<Task["task"], ModelId>>): void }
    | undefined;
  /** Opens a card beside the selection and starts its job; an open one makes room. */
  var sottoCard: ((setup: CardSetup) => void) | undefined;

  /** The bar that was opened last. */
  var sottoBar: { toggle(): void; close(): void } | undefined;
  /** The translations of this page that can be undone. */
  var sottoTranslations: Map<JobId, Translation> | undefined;
  /** Collects the page's blocks for a job that translates them into a language. */
  var sottoBlocks: ((job: JobId, to: string) => PageBlocks | { contentType: string }) | undefined;
  /** Shows a job's translations on the page as they come. */
  var sottoTranslate: ((job: JobId, direction: Direction) => void) | undefined;
  /** Brings the original text back; false when it is no longer known. */
  var sottoRestore: ((job: JobId) => boolean) | undefined;
}

/** What a card is opened for. */
export interface CardSetup {
  task: Task;
  choice: Choice;
  /** The language that the reader translates into. */
  to: string;
}

/** From which language into which. */
export interface Direction {
  from: string | undefined;
  to: string;
}
