// What the scripts that Sotto injects leave in their isolated world, for the background and the
// popup to call there. The page cannot see it. A function is undefined where its script was not
// injected.

import type {
  BackendChoice,
  JobId,
  ModelId,
  Offer,
  PageBlocks,
  PageCapture,
  Selection,
  Task,
} from "../protocol/protocol";
import type { ReplaceError } from "./replacement";

declare global {
  /** Reads the page; for a document that is no text, tells what it is instead. */
  var sottoCapture: (() => PageCapture | Unread) | undefined;
  /** Reads the file that the tab shows. */
  var sottoDocument: (() => Promise<{ base64: string } | { tooLarge: number } | { error: string }>) | undefined;
  /**
   * Some of the page's original text, and the language that it declares; undefined for what is no
   * text.
   */
  var sottoSample: (() => { text: string; lang: string | undefined } | undefined) | undefined;
  /**
   * Scrolls to a passage and highlights it, and sets the page's video to a time; false when neither is
   * here.
   */
  var sottoHighlight: ((passage: string, seconds: number | null) => boolean) | undefined;

  /**
   * Reads the selection, for a job if that is to replace it; with `again`, the one that the open
   * card is about.
   */
  var sottoSelect: ((job: JobId | null, again: boolean) => Selected) | undefined;
  /** Puts a text in the place of a job's selection. */
  var sottoAccept: ((job: JobId, text: string) => Promise<ReplaceError | undefined>) | undefined;

  /** The card that was opened last. */
  var sottoOpenCard: { close(): void; setOffers(offers: Offer[]): void } | undefined;
  /**
   * Opens a card beside the selection and starts its job; an open one makes room. Returns the tasks
   * that it can do.
   */
  var sottoCard: ((setup: CardSetup) => Task[]) | undefined;

  /** Collects the page's blocks for a job that translates them into a language. */
  var sottoBlocks: ((job: JobId, to: string) => PageBlocks | Unread) | undefined;
  /** Collects what has come to the page since it was translated; undefined when there is nothing. */
  var sottoMoreBlocks: ((job: JobId) => PageBlocks | undefined) | undefined;
  /** Shows a job's translations on the page as they come; false when it was not read from this page. */
  var sottoTranslate: ((job: JobId, setup: TranslationSetup) => boolean) | undefined;
  /** Brings the original text back; false when it is no longer known. */
  var sottoRestore: ((job: JobId) => boolean) | undefined;
}

/** What is selected in a document, or where else it may be: in a frame that has the focus, in what the page draws itself. */
export interface Selected {
  selection: Selection | undefined;
  inFrame: boolean;
  isDrawn: boolean;
}

/** A document that is no text, or how its reading failed. */
export type Unread = { contentType: string } | { error: string };

export interface CardSetup {
  task: Task;
  choice: BackendChoice;
  /** The language that the reader translates into. */
  to: string;
  /** The wishes in the reader's own words that are kept. */
  wishes: string[];
}

/** How a page is translated, and is further on when more comes to it. */
export interface TranslationSetup {
  /** Primary subtags of BCP 47. */
  from: string | undefined;
  to: string;
  choice: BackendChoice;
  model: ModelId | undefined;
}
