// The GPU process dies under a job, as it does when a driver crashes: the job goes on, and the
// popup says what happened.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Popup } from "./driver/popup.ts";
import { Harness, summary } from "./harness.ts";
import { NOTE } from "./pages.ts";

/** A software GPU takes long to start and to write. */
const PATIENCE_MS = 240_000;

describe("the GPU is lost", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.start({ adapter: "swiftshader" });
    await harness.preferTiny();
  });
  after(async () => harness.stop());

  /** Waits until so many more letters were written on a device that is described like this. */
  async function writing(popup: Popup, device: RegExp): Promise<string> {
    const shown = await popup.until(
      `text written on ${device}`,
      ({ state, device: name, points }) => {
        assert.ok(state !== "failed" && state !== "done", `the job is ${state} already`);
        return device.test(name) && points.some(({ status, text }) => status === "draft" && text.length > 0);
      },
      PATIENCE_MS,
    );
    return shown.points.find(({ status }) => status === "draft")?.text ?? "";
  }

  test("once: the job goes on where it was, on the GPU; twice: on the CPU", async () => {
    const page = await harness.open("note", NOTE);
    const popup = await harness.popup(page, { type: "key-points", length: "short", choice: "gpu" });
    await popup.run();
    const before = await writing(popup, /^GPU/u);
    await harness.browser.kill("GPU");
    const again = await writing(popup, /^GPU — .* failed and was started again/u);
    assert.ok(again.startsWith(before), `"${again}" goes on from "${before}"`);
    await harness.browser.kill("GPU");
    const shown = await popup.ended(PATIENCE_MS);
    await summary(popup);
    assert.match(shown.device, /^CPU, \d+ threads? — The GPU failed 2 times/u);
    const job = await popup.job();
    assert.ok(job?.state.state === "done");
    assert.equal(job.state.stats.device.backend, "cpu");
    await popup.close();
  });
});
