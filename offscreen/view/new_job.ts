import type { JobId } from "../protocol/protocol";

/** A name that no other job has. `crypto.randomUUID` is missing on pages that came over plain HTTP. */
export function newJob(): JobId {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16).padStart(8, "0")).join("");
}
