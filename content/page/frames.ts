// Frames that cannot be read.

import { box, frameDocument, isFrame } from "./dom";

/** A smaller frame holds nothing to read: a button, a counter of visits. */
const FRAME_PX = 50;

/** Whether an element is a frame in view whose document may not be read. */
export function isForeign(element: Element): boolean {
  if (!isFrame(element) || frameDocument(element)) return false;
  const { width, height } = box(element);
  return width >= FRAME_PX && height >= FRAME_PX;
}
