// Which Rust module may name which: none names itself by way of others. A module that only passes
// on what others define (`pub use`) stands for them.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { circles } from "./graph.ts";

const ROOT = process.env["SOTTO_ROOT"] ?? ".";

/** Segments of a path below the crate's root, which has none. */
type Path = string[];

interface Module {
  path: Path;
  /** Its code, without comments and tests. */
  code: string;
}

const key = (path: Path): string => path.join("::");

async function modules(crate: string): Promise<Map<string, Module>> {
  const found = new Map<string, Module>();
  for (const name of await readdir(join(ROOT, crate, "src"), { recursive: true })) {
    const stem = /^(.*)\.rs$/u.exec(name.replaceAll("\\", "/"))?.[1];
    if (stem === undefined || /(^|\/)tests$/u.test(stem)) continue;
    const path = stem.split("/");
    if (/^(mod|lib|main)$/u.test(path.at(-1) ?? "")) path.pop();
    const text = await readFile(join(ROOT, crate, "src", name), "utf8");
    const [code = ""] = text.replace(/\/\/.*$/gmu, "").split("#[cfg(test)]\nmod tests {");
    found.set(key(path), { path, code });
  }
  return found;
}

/** The paths in a tree of them: `a::{b, c::{d, e}}` are `a::b`, `a::c::d` and `a::c::e`. */
function expand(tree: string): string[] {
  const open = tree.indexOf("{");
  if (open < 0) return [tree.replace(/\s+as\s+\w+/u, "").replace(/\s/gu, "")];
  const branches = [];
  let depth = 0;
  let start = open + 1;
  for (let i = open; i < tree.length; i += 1) {
    if (tree[i] === "{") depth += 1;
    if (tree[i] === "}") depth -= 1;
    if (depth === 0 || (depth === 1 && tree[i] === ",")) {
      branches.push(tree.slice(start, i));
      start = i + 1;
    }
    if (depth === 0) break;
  }
  const prefix = tree.slice(0, open);
  return branches.filter((branch) => branch.trim() !== "").flatMap((branch) => expand(prefix + branch.trim()));
}

const PASSED_ON = /\bpub(?:\([^)]*\))?\s+use\s+([^;]+);/gu;
const USED = /\buse\s+([^;]+);/gu;
const NAMED = /\b(?:crate|super|self)(?:::\w+)+/gu;

class Crate {
  readonly #modules: Map<string, Module>;
  /** Of each module, what it passes on, by name. */
  readonly #passedOn = new Map<string, Map<string, Path>>();

  constructor(modules: Map<string, Module>) {
    this.#modules = modules;
    for (const [name, module] of modules) {
      const trees = [...module.code.matchAll(PASSED_ON)].flatMap(([, tree = ""]) => expand(tree));
      const paths = trees.map((tree) => this.#absolute(tree, module)).filter((path) => path !== undefined);
      this.#passedOn.set(name, new Map(paths.map((path) => [path.at(-1) ?? "", path])));
    }
  }

  /** Each module, and those that it names. */
  graph(): Map<string, string[]> {
    return new Map([...this.#modules].map(([name, module]) => [name, this.#named(name, module)]));
  }

  #named(name: string, module: Module): string[] {
    const code = module.code.replace(PASSED_ON, "");
    const used = [...code.matchAll(USED)].flatMap(([, tree = ""]) => expand(tree));
    const paths = [...used, ...[...code.replace(USED, "").matchAll(NAMED)].map(([path]) => path)];
    const targets = paths.map((path) => this.#absolute(path, module)).filter((path) => path !== undefined);
    return [...new Set(targets.map((path) => this.#defines(path)))].filter((target) => target !== name);
  }

  /** A path from the crate's root; none for what comes from elsewhere. */
  #absolute(text: string, { path }: Module): Path | undefined {
    const segments = text.split("::");
    const first = segments[0] ?? "";
    if (first === "crate") return segments.slice(1);
    if (first === "self") return [...path, ...segments.slice(1)];
    const up = segments.findIndex((segment) => segment !== "super");
    if (up > 0) return [...path.slice(0, -up), ...segments.slice(up)];
    return this.#modules.has(key([...path, first])) ? [...path, ...segments] : undefined;
  }

  /** The module that defines what a path leads to. */
  #defines(path: Path): string {
    let length = path.length;
    while (!this.#modules.has(key(path.slice(0, length)))) length -= 1;
    const name = key(path.slice(0, length));
    const passedOn = this.#passedOn.get(name)?.get(path[length] ?? "");
    return passedOn ? this.#defines([...passedOn, ...path.slice(length + 1)]) : name;
  }
}

test("no Rust module names itself by way of others", async () => {
  const workspace = await readFile(join(ROOT, "Cargo.toml"), "utf8");
  const members = /^members = \[([^\]]*)\]/mu.exec(workspace)?.[1] ?? "";
  const crates = [...members.matchAll(/"([^"]+)"/gu)].map(([, crate = ""]) => crate);
  assert.ok(crates.includes("offscreen/tasks"), "the workspace is there");
  for (const crate of crates) {
    const graph = new Crate(await modules(crate)).graph();
    assert.deepEqual(circles(graph), [], crate);
  }
});
