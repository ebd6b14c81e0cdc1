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

/** Compiles each kernel and returns what is wrong with them. Runs in the page. */
async function compile(kernels: Kernel[]): Promise<string[]> {
  const adapter = await navigator.gpu.requestAdapter();
  const wanted = (["subgroups", "shader-f16"] as const).filter((feature) => adapter?.features.has(feature));
  const device = await adapter?.requestDevice({ requiredFeatures: wanted });
  if (!device) return ["there is no WebGPU device"];
  const enables: Record<string, string> = { SUBGROUPS: "subgroups", SHADER_F16: "f16" };
  // Sizes that suit every kernel: small, a power of two.
  const values: Record<string, number> = { u32: 16, f32: 1, bool: 1 };
  const check = async ({ name, defines, text }: Kernel): Promise<string[]> => {
    const lines = defines.filter((define) => define in enables).map((define) => `enable ${enables[define]};\n`);
    const module = device.createShaderModule({ code: lines.join("") + text });
    const overrides = [...text.matchAll(/^override (\w+): (\w+);/gmu)];
    const constants = Object.fromEntries(overrides.map(([, key = "", type = ""]) => [key, values[type] ?? NaN]));
    const compute = { module, entryPoint: "main", constants };
    const failed = await device.createComputePipelineAsync({ layout: "auto", compute }).then(() => [], (error) => [error]);
    const { messages } = await module.getCompilationInfo();
    return [...messages.map(({ lineNum, message }) => `line ${lineNum}: ${message}`), ...failed].map((text) => `${name}: ${text}`);
  };
  // Chromium's software adapter has no 16-bit arithmetic.
  const runs = ({ defines }: Kernel): boolean => device.features.has("shader-f16") || !defines.includes("SHADER_F16");
  return (await Promise.all(kernels.filter(runs).map(check))).flat();
}

test("every GPU kernel compiles in the browser", async () => {
  const kernels = JSON.parse(await readFile(environment("SOTTO_KERNELS"), "utf8")) as Kernel[];
  assert.ok(kernels.some(({ name }) => name === "linear_few Q6_K STORED"), "the kernels are there");
  const harness = await Harness.start({ adapter: "swiftshader" });
  try {
    const blank = await harness.open("kernels", page("Kernels", []));
    assert.deepEqual(await blank.evaluate(compile, kernels), []);
  } finally {
    await harness.stop();
  }
});
