// What lies in the package beside the code.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { environment } from "./driver/browser.ts";

test("the licences of everything that the engine contains", async () => {
  const text = await readFile(join(environment("SOTTO_DIST"), "THIRD-PARTY-LICENSES.txt"), "utf8");
  for (const name of ["cssparser", "selectors"]) {
    assert.match(
      text,
      new RegExp(`^${name} v[\\d.]+ \\(MPL-2\\.0\\) https://\\S+$`, "mu"),
      "named, with where its source is",
    );
  }
  for (const part of [
    "Mozilla Public License",
    "Apache License",
    "Permission is hereby granted",
    "tokenizers v",
    "Rust's standard library",
  ]) {
    assert.ok(text.includes(part), part);
  }
  assert.doesNotMatch(
    text,
    /^(offscreen|tasks|proptest|serde_derive) v/mu,
    "neither our own crates nor what only builds or tests them",
  );
});

test("the engine does not tell who built it, or where", async () => {
  for (const build of ["", "threads"]) {
    const engine = await readFile(join(environment("SOTTO_DIST"), "offscreen", build, "engine_bg.wasm"), "latin1");
    assert.ok(engine.includes("/rust/"), "the paths in messages of panics are there");
    for (const folder of [homedir(), environment("SOTTO_ROOT"), "/home/", "/Users/", ".rustup", ".cargo"]) {
      assert.ok(!engine.includes(folder), `${build} ${folder}`);
    }
  }
});
