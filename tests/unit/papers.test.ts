// What SECURITY.md and PRIVACY.md promise names the test that proves it: the test is there. Every
// permission is explained.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";

const ROOT = process.env["SOTTO_ROOT"] ?? ".";
const FOLDER = join(ROOT, ".github");

describe("the papers", () => {
  for (const name of ["SECURITY.md", "PRIVACY.md"]) {
    test(`${name}: each test that it names exists`, async () => {
      const paper = await readFile(join(FOLDER, name), "utf8");
      const links = [...paper.matchAll(/\["([^"\]]+)"\]\(([^)]+)\)/g)];
      assert.ok(links.length > 3);
      for (const [, title = "", file = ""] of links) {
        const tests = await readFile(join(FOLDER, file), "utf8");
        assert.ok(tests.includes(title), `${file} has no test “${title}”`);
      }
    });
  }

  test("every row of promises has a test", async () => {
    const paper = await readFile(join(FOLDER, "SECURITY.md"), "utf8");
    const rows = paper.split("\n").filter((line) => /^\| [A-Z]/.test(line));
    assert.ok(rows.length >= 10);
    for (const row of rows) assert.match(row, /\]\(\.\.\/tests\//, row);
  });

  test("PRIVACY.md explains the permissions of the manifest, all of them and no others", async () => {
    const paper = await readFile(join(FOLDER, "PRIVACY.md"), "utf8");
    const { permissions } = JSON.parse(await readFile(join(ROOT, "manifest.json"), "utf8"));
    const rows = [...paper.matchAll(/^\| `(\w+)` \|/gm)].map(([, permission]) => permission);
    assert.deepEqual(rows.toSorted(), permissions.toSorted());
  });
});
