// The GPU process dies under a job, as it does when a driver crashes: the job goes on, and the
// popup says what happened.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Popup } from "./driver/popup.ts";
import { trusted } from "./driver/trusted.ts";
import { Harness, summary } from "./harness.ts";
import { LIGHTHOUSE } from "./pages.ts";

/** A software GPU takes long to start and to write. */
const PATIENCE_MS = 240_000;

describe("the GPU is lost", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.start({ adapter: "swiftshader" });
    await harness.preferTiny();
  });
  after(async () => harness.stop());

  /** Waits until several points are being written on a device that is described like this; gives what is there of each. */
  async function writing(popup: Popup, device: RegExp): Promise<Map<number, string>> {
    let drafts = new Map<number, string>();
    await popup.until(
      `points written on ${device}`,
      ({ state, device: name, points }) => {
        assert.ok(state !== "failed" && state !== "done", `the job is ${state} already`);
        const written = [...points.entries()].filter(([, { status, text }]) => status === "draft" && text.length > 0);
        drafts = new Map(written.map(([index, { text }]) => [index, text]));
        return device.test(name) && drafts.size > 1;
      },
      PATIENCE_MS,
    );
    return drafts;
  }

  test("once: each point goes on where it was, on the GPU; twice: on the CPU", async () => {
    const page = await harness.open("lighthouse", LIGHTHOUSE);
    const popup = await harness.popup(page, { type: "key-points", length: "long", choice: "gpu" });
    await popup.run();
    const before = await writing(popup, /^GPU/u);
    await harness.browser.kill("GPU");
    const again = await writing(popup, /^GPU — .* failed and was started again/u);
    for (const [index, text] of before)
      assert.ok(again.get(index)?.startsWith(text), `"${again.get(index)}" goes on from "${text}"`);
    await harness.browser.kill("GPU");
    const shown = await popup.ended(PATIENCE_MS);
    await summary(popup);
    assert.match(shown.device, /^CPU, \d+ threads? — The GPU failed 2 times/u);
    const job = await popup.job();
    assert.ok(job?.state.state === "done");
    assert.equal(job.state.stats.device.backend, "cpu");
    await popup.close();
    assert.equal((await trusted(harness.browser)).length, 1, "it was tested once, and not when it was started again");
  });
});
