// What the injected scripts leave in their isolated world for the background to call. The page cannot see it.
import type { PageCapture } from "../offscreen/protocol/protocol";

declare global {
  /** Reads the page; for a document that is no text, tells what it is instead. */
  var sottoCapture: (() => PageCapture | { contentType: string }) | undefined;
  /** Scrolls to a passage and highlights it; false when it is not here. */
  var sottoHighlight: ((passage: string) => boolean) | undefined;
}
