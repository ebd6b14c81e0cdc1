// Documents that are no web pages.

import { document } from "../page/dom";

/** The type of a document that is no text: a PDF in its viewer, an image, a video. */
export function unreadable(): string | undefined {
  const embedded = document.body?.querySelector(":scope > embed:only-child")?.getAttribute("type");
  if (embedded) return embedded;
  if (!document.body || /^(image|video|audio)\/|pdf$/.test(document.contentType)) return document.contentType;
  return undefined;
}
