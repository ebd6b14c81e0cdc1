// The extension with a file that is not as it was built: what a browser lacks or does wrong, done to
// the engine before it starts.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Harness } from "../harness.ts";
import { type Adapter, environment } from "./browser.ts";

/** The script that the engine starts in. */
export const WORKER = "offscreen/worker.js";

/** A browser with the extension, one of whose files is changed. */
export async function changed(
  adapter: Adapter,
  file: string,
  change: (text: string) => string,
  then: (harness: Harness) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "sotto-changed-"));
  try {
    await cp(environment("SOTTO_DIST"), folder, { recursive: true, filter: (path) => !path.includes("gemma") });
    const text = await readFile(join(folder, file), "utf8");
    const other = change(text);
    assert.notEqual(other, text, `${file} is changed`);
    await writeFile(join(folder, file), other);
    const harness = await Harness.start({ adapter, extension: folder });
    try {
      await then(harness);
    } finally {
      await harness.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
