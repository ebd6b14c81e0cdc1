// Which file may import which: no circles, and of the extension's parts none imports another.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { before, describe, test } from "node:test";
import { circles } from "./graph.ts";

const ROOT = process.env["SOTTO_ROOT"] ?? ".";
const FOLDERS = ["background", "content", "offscreen", "popup"];

/** Each file's imports, types included, without endings: `popup/state` → `offscreen/view/fold`. */
async function imports(): Promise<Map<string, string[]>> {
  const graph = new Map<string, string[]>();
  for (const folder of FOLDERS) {
    for (const name of await readdir(join(ROOT, folder), { recursive: true })) {
      if (!/\.ts$/.test(name)) continue;
      const file = join(folder, name);
      const text = await readFile(join(ROOT, file), "utf8");
      const specifiers = [...text.matchAll(/^(?:import|export)\b[^;]*?"(\.[^"]*)"/gm)].map(
        ([, specifier]) => specifier ?? "",
      );
      graph.set(
        stem(file),
        specifiers.map((specifier) => stem(normalize(join(dirname(file), specifier)))),
      );
    }
  }
  return graph;
}

function stem(file: string): string {
  return file.replaceAll("\\", "/").replace(/(\.d)?\.[jt]s$/, "");
}

describe("rooms", () => {
  let graph: Map<string, string[]>;
  before(async () => void (graph = await imports()));

  /**
   * Imports from the files that begin with one of `from`, of files that begin with none of
   * `allowed`.
   */
  function strays(from: string, ...allowed: string[]): string[] {
    const files = [...graph].filter(([file]) => file.startsWith(from));
    assert.ok(files.length > 1, `files in ${from}`);
    return files.flatMap(([file, targets]) =>
      targets
        .filter((target) => !allowed.some((room) => target.startsWith(room)))
        .map((target) => `${file} → ${target}`),
    );
  }

  test("no file imports itself by way of others", () => {
    assert.deepEqual(circles(graph), []);
  });

  test("popup, background and content share the view's room, and nothing of each other's", () => {
    const shared = ["offscreen/view/", "offscreen/protocol/"];
    for (const part of ["popup/", "background/", "content/"]) assert.deepEqual(strays(part, part, ...shared), []);
    assert.deepEqual(strays("offscreen/view/", ...shared), []);
    assert.deepEqual(strays("offscreen/", "offscreen/"), []);
  });
});
