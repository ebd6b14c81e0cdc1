// What a job's sections make up together.

import type { JobView } from "../protocol/protocol";

/**
 * Points of a list, sentences of a prose text, pieces of a text with what stands between them, or
 * blocks of a page.
 */
export type Shape = "points" | "prose" | "text" | "blocks";

export function shape({ task, subject }: JobView): Shape {
  if (task.task === "summarize") return task.summaryType === "key-points" ? "points" : "prose";
  if (task.task === "ask") return "prose";
  return subject.subject === "blocks" ? "blocks" : "text";
}
