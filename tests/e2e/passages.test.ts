// What is read of real pages is found again on them: where a point comes from can be shown.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { environment } from "./driver/browser.ts";
import { isFound, PassageReader } from "./driver/passages.ts";

/** Share of a page's sentences that is to be found. */
const BAR = 0.997;

const folder = join(environment("SOTTO_ROOT"), "tests/pages");

describe("sentences found again", async () => {
  let reader: PassageReader;
  before(async () => void (reader = await PassageReader.start()));
  after(async () => reader.stop());

  for (const name of (await readdir(folder)).sort()) {
    const file = join(folder, name, "source.html");
    if (!existsSync(file)) continue;
    test(name, async () => {
      const passages = await reader.passages(await readFile(file, "utf8"));
      const lost = passages.filter((passage) => !isFound(passage));
      assert.ok(passages.length > 0);
      assert.ok(lost.length <= (1 - BAR) * passages.length, JSON.stringify(lost));
    });
  }
});
