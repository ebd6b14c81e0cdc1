// Frames that cannot be read, and what else shows a document of its own.

import { attribute, box, frameDocument, isFrame, localName } from "./dom";

/** A smaller frame holds nothing to read: a button, a counter of visits. */
const FRAME_PX = 50;

/** Types of what holds no text. */
const MEDIA = /^(image|audio|video|font|model)\//i;

/** Whether an element is in view and shows a document that may not be read: another site's, a viewer's. */
export function isForeign(element: Element): boolean {
  if (isFrame(element) ? frameDocument(element) : !isEmbedded(element)) return false;
  const { width, height } = box(element);
  return width >= FRAME_PX && height >= FRAME_PX;
}

function isEmbedded(element: Element): boolean {
  const name = localName(element);
  return (name === "object" || name === "embed") && !MEDIA.test(attribute(element, "type") ?? "");
}
