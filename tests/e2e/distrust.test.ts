// A GPU whose driver computes wrongly is not believed: the processor does the work, and the popup says
// what was wrong.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { changed, WORKER } from "./driver/changed.ts";
import type { Choices, Shown } from "./driver/popup.ts";
import { trusted } from "./driver/trusted.ts";
import { type Harness, summary } from "./harness.ts";
import { NOTE } from "./pages.ts";

/** A software GPU takes long to start. */
const PATIENCE_MS = 240_000;

/**
 * Has a GPU's compiler take one expression for another, as drivers do that are broken, and the software
 * GPU pass for one of metal. Runs in the engine's worker, before all else.
 */
function misread([expression, other]: [string, string]): void {
  const { createShaderModule } = GPUDevice.prototype;
  GPUDevice.prototype.createShaderModule = function (descriptor) {
    return createShaderModule.call(this, { ...descriptor, code: descriptor.code.replaceAll(expression, other) });
  };
  Object.defineProperty(GPUAdapterInfo.prototype, "isFallbackAdapter", { get: () => false });
  // It takes minutes to compile kernels with integer products.
  WGSLLanguageFeatures.prototype.has = () => false;
}

/** What the popup says of a summary on a GPU with such a compiler. */
async function summarise(
  expressions: [string, string],
  choice: NonNullable<Choices["choice"]>,
  end: (harness: Harness, shown: () => Promise<Shown>) => Promise<void>,
): Promise<void> {
  await changed(
    "swiftshader",
    WORKER,
    (text) => `(${misread.toString()})(${JSON.stringify(expressions)});\n${text}`,
    async (harness) => {
      await harness.preferTiny();
      await end(harness, async () => {
        const page = await harness.open("note", NOTE);
        const popup = await harness.popup(page, { type: "key-points", length: "short", choice });
        await popup.run();
        const shown = await popup.ended(PATIENCE_MS);
        if (shown.state === "done") await summary(popup);
        await popup.close();
        return shown;
      });
    },
  );
}

describe("a GPU that computes wrongly", () => {
  test("is left for the processor, and the popup says how wrong it was", async () => {
    await summarise(["sqrt(", "sqrt(2.0 * "], "auto", async (harness, shown) => {
      const { state, device } = await shown();
      assert.equal(state, "done");
      assert.match(device, /^CPU, \d+ threads? — The GPU's results were wrong: they were \d+ % off\./u);
      assert.deepEqual(await trusted(harness.browser), [], "it is tested again the next time");
    });
  });

  test("is named by a failure where the reader insists on it", async () => {
    await summarise(["sqrt(", "sqrt(-9.0 - "], "gpu", async (_, shown) => {
      const { state, error, remedy } = await shown();
      assert.equal(state, "failed");
      assert.match(error, /^The GPU's results were wrong: there were some that are no numbers\./u);
      assert.match(remedy, /driver.*choose the CPU/u);
    });
  });
});
