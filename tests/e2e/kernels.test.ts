// The GPU kernels in Chromium's own WGSL compiler, which refuses some of what the one at build time accepts.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { environment } from "./driver/browser.ts";
import { Harness, page } from "./harness.ts";

interface Kernel {
  name: string;
  defines: string[];
  text: string;
}

/** A permutation, and whether it is compiled to its end: a software adapter takes minutes for all of them. */
interface Chosen extends Kernel {
  whole: boolean;
}

/** Permutations of every kernel with each of its names, whole ones with every name once at least. */
function choose(kernels: Kernel[]): Chosen[] {
  const seen = new Set<string>();
  return kernels.map((kernel) => {
    const file = kernel.name.split(" ", 1)[0] ?? "";
    const names = [file, ...kernel.defines].map((name) => `${file} ${name}`);
    const whole = names.some((name) => !seen.has(name));
    if (whole) names.forEach((name) => seen.add(name));
    return { ...kernel, whole };
  });
}

/** Checks each kernel, compiles some, and returns what is wrong with them. Runs in the page. */
async function compile(kernels: Chosen[]): Promise<string[]> {
  const adapter = await navigator.gpu.requestAdapter();
  const wanted = (["subgroups", "shader-f16"] as const).filter((feature) => adapter?.features.has(feature));
  const device = await adapter?.requestDevice({ requiredFeatures: wanted });
  if (!device) return ["there is no WebGPU device"];
  const enables: Record<string, string> = { SUBGROUPS: "subgroups", SHADER_F16: "f16" };
  // Sizes that suit every kernel: small, a power of two.
  const values: Record<string, number> = { u32: 8, f32: 1, bool: 1 };
  const check = async ({ name, defines, text, whole }: Chosen): Promise<string[]> => {
    const lines = defines.filter((define) => define in enables).map((define) => `enable ${enables[define]};\n`);
    const module = device.createShaderModule({ code: lines.join("") + text });
    const { messages } = await module.getCompilationInfo();
    const wrong = messages.map(({ lineNum, message }) => `${name}: line ${lineNum}: ${message}`);
    if (!whole) return wrong;
    const overrides = [...text.matchAll(/^override (\w+): (\w+);/gmu)];
    const constants = Object.fromEntries(overrides.map(([, key = "", type = ""]) => [key, values[type] ?? NaN]));
    const compute = { module, entryPoint: "main", constants };
    const compiled = device.createComputePipelineAsync({ layout: "auto", compute });
    return compiled.then(() => wrong, (error) => [...wrong, `${name}: ${error}`]);
  };
  // Chromium's software adapter has no 16-bit arithmetic.
  const runs = ({ defines }: Kernel): boolean => device.features.has("shader-f16") || !defines.includes("SHADER_F16");
  return (await Promise.all(kernels.filter(runs).map(check))).flat();
}

test("every GPU kernel compiles in the browser", async () => {
  const kernels = JSON.parse(await readFile(environment("SOTTO_KERNELS"), "utf8")) as Kernel[];
  assert.ok(kernels.some(({ name }) => name === "matvec_few Q6_K STORED"), "the kernels are there");
  const chosen = choose(kernels);
  const harness = await Harness.start({ adapter: "swiftshader" });
  try {
    const blank = await harness.open("kernels", page("Kernels", []));
    assert.deepEqual(await blank.evaluate(compile, chosen), []);
  } finally {
    await harness.stop();
  }
});
