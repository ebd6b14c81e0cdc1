// Documents that are no web pages.

import { document } from "../page/dom";

/** The type of a document that is no page: a PDF in its viewer, a plain text, an image, a video. */
export function unreadable(): string | undefined {
  const embedded = document.body?.querySelector(":scope > embed:only-child")?.getAttribute("type");
  if (embedded) return embedded;
  if (!document.body || /^(image|video|audio)\/|pdf$|^text\/(plain|markdown)$/.test(document.contentType))
    return document.contentType;
  return undefined;
}
