// A reporter for Node's test runner: how long each test took, one line of JSON a test.

import { basename } from "node:path";
import type { TestEvent } from "node:test/reporters";

export default async function* durations(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    const { name, file = "", details } = data;
    // A suite takes as long as its tests, a file as long as its suites.
    if (details.type === "suite" || name === file) continue;
    yield `${JSON.stringify({ name: `${basename(file, ".test.mjs")}: ${name}`, seconds: details.duration_ms / 1000 })}\n`;
  }
}
