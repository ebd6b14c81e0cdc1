// The GPU kernels in Chromium's own WGSL compiler, which refuses some of what naga accepts.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { environment } from "./driver/browser.ts";
import { Harness, page } from "./harness.ts";

interface Permutation {
  kernel: string;
  defines: string[];
  text: string;
}

/**
 * A permutation, and whether it is compiled to its end: a software adapter takes minutes for all of
 * them.
 */
interface Chosen extends Permutation {
  whole: boolean;
}

/**
 * All permutations of every kernel. Whole are enough of them that each kernel, each type of weights
 * and every other choice is compiled once.
 */
function choose(permutations: Permutation[]): Chosen[] {
  const seen = new Set<string>();
  return permutations.map((permutation) => {
    const names = [permutation.kernel, ...permutation.defines];
    const whole = names.some((name) => !seen.has(name));
    for (const name of names) seen.add(name);
    return { ...permutation, whole };
  });
}

/** Checks each kernel, compiles some, and returns what is wrong with them. Runs in the page. */
async function compile(permutations: Chosen[]): Promise<string[]> {
  const adapter = await navigator.gpu.requestAdapter();
  const wanted = (["subgroups", "shader-f16"] as const).filter((feature) => adapter?.features.has(feature));
  const device = await adapter?.requestDevice({ requiredFeatures: wanted });
  if (!device) return ["there is no WebGPU device"];
  const enables: Record<string, string> = { SUBGROUPS: "subgroups", SHADER_F16: "f16" };
  // Sizes that suit every kernel: small, a power of two.
  const values: Record<string, number> = { u32: 8, f32: 1, bool: 1 };
  const check = async ({ kernel, defines, text, whole }: Chosen): Promise<string[]> => {
    const name = [kernel, ...defines].join(" ");
    const lines = defines.filter((define) => define in enables).map((define) => `enable ${enables[define]};\n`);
    const module = device.createShaderModule({ code: lines.join("") + text });
    const { messages } = await module.getCompilationInfo();
    const wrong = messages.map(({ lineNum, message }) => `${name}: line ${lineNum}: ${message}`);
    if (!whole) return wrong;
    const overrides = [...text.matchAll(/^override (\w+): (\w+);/gmu)];
    const constants = Object.fromEntries(overrides.map(([, key = "", type = ""]) => [key, values[type] ?? NaN]));
    const compute = { module, entryPoint: "main", constants };
    const compiled = device.createComputePipelineAsync({ layout: "auto", compute });
    return compiled.then(
      () => wrong,
      (error) => [...wrong, `${name}: ${error}`],
    );
  };
  // Chromium's software adapter has no 16-bit arithmetic.
  const runs = ({ defines }: Permutation): boolean =>
    device.features.has("shader-f16") || !defines.includes("SHADER_F16");
  return (await Promise.all(permutations.filter(runs).map(check))).flat();
}

test("every GPU kernel compiles in the browser", async () => {
  const permutations = JSON.parse(await readFile(environment("SOTTO_KERNELS"), "utf8")) as Permutation[];
  const isDraft = ({ kernel, defines }: Permutation): boolean =>
    kernel === "matvec" && defines.join(" ") === "Q6_K PLAIN STORED FEW";
  assert.ok(permutations.some(isDraft), "the kernels are there");
  const chosen = choose(permutations);
  const harness = await Harness.start({ adapter: "swiftshader" });
  try {
    const blank = await harness.open("kernels", page("Kernels", []));
    assert.deepEqual(await blank.evaluate(compile, chosen), []);
  } finally {
    await harness.stop();
  }
});
