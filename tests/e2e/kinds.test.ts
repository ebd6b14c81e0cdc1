// Every page of the table of kinds is read as it should be: the real capture, the extractor as it runs natively.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { environment } from "./driver/browser.ts";
import { KindReader, kindPages } from "./driver/kinds.ts";

const pages = await kindPages(join(environment("SOTTO_ROOT"), "tests/kinds"));

describe("pages of all kinds", () => {
  let reader: KindReader;
  before(async () => void (reader = await KindReader.start()));
  after(async () => reader.stop());

  for (const page of pages) {
    test(`${page.kind}: ${page.name}`, async () => {
      assert.deepEqual(await reader.mistakes(page), []);
    });
  }
});
