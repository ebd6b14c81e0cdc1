// What may come and go while a job is under way: the popup, the service worker, the offscreen
// document, the job itself.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { Harness, summary } from "./harness.ts";
import { LIGHTHOUSE, ORCHARD } from "./pages.ts";

describe("a job outlives what surrounds it", () => {
  let harness: Harness;
  let page: Page;
  const choices = { type: "key-points", length: "medium", choice: "cpu" };

  before(async () => void (harness = await Harness.start({ adapter: "none" })));
  beforeEach(async () => void (page = await harness.open("lighthouse", LIGHTHOUSE)));
  after(async () => harness.stop());

  test("the popup is closed and opened again: the text is there and goes on", async () => {
    const first = await harness.popup(page, choices);
    await first.run();
    const before = await harness.writing(first);
    await first.close();

    const second = await harness.popup(page);
    const shown = await second.until("the running job", ({ points }) => points.length > 0);
    assert.equal(shown.state, "running");
    const drafts = before.points.filter(({ status }) => status !== "preview");
    for (const { index, text } of drafts) {
      const now = shown.points.find((point) => point.index === index);
      assert.ok(now, `point ${index} is still there`);
      if (now.status === "draft") assert.ok(now.text.startsWith(text), `${now.text} goes on from ${text}`);
    }
    await summary(second);
    await second.close();
  });

  test("a cancelled job stops where it is and leaves nothing in the next", async () => {
    const popup = await harness.popup(page, { ...choices, length: "long" });
    await popup.observe();
    await popup.run();
    await harness.writing(popup);
    await popup.cancel();
    const shown = await popup.ended();
    assert.equal(shown.state, "cancelled");
    const job = await popup.job();
    assert.ok(job?.state.state === "cancelled", "the engine confirms it");
    const unchecked = job.sections.filter(({ status }) => status === "preview" || status === "draft");
    assert.deepEqual(unchecked, [], "what nobody will finish is in the page's own words");
    await popup.close();

    const next = await harness.popup(await harness.open("orchard", ORCHARD), { ...choices, length: "short" });
    await next.observe();
    await next.run();
    await summary(next);
    const other = await next.job();
    assert.equal(other?.title, "Apples of the upper valley");
    assert.equal(other.sections.length, 3, "short: three points");
    for (const { text, source } of other.sections) {
      assert.ok(source && ORCHARD.includes(source.text), `a source of this page: ${source?.text}`);
      assert.doesNotMatch(text, /\b(lighthouse|tower|keeper|lantern|storm|Varn)/iu);
    }
    const written = (await next.events()).filter((event) => event.type === "token" && event.job === job.job);
    assert.deepEqual(written, [], "nothing was written for it any more");
    await next.close();
  });

  test("the service worker is stopped: the text goes on", async () => {
    const popup = await harness.popup(page, choices);
    await popup.run();
    const before = await harness.writing(popup);
    const [worker] = await harness.browser.targets("/background/background.js");
    assert.ok(worker, "the service worker runs");
    await harness.browser.cdp.send("Target.closeTarget", { targetId: worker });
    const gone = async (): Promise<boolean> =>
      (await harness.browser.targets("/background/background.js")).length === 0;
    for (let tries = 0; tries < 100 && !(await gone()); tries += 1) await page.waitForTimeout(20);
    const shown = await popup.shown();
    assert.equal(shown.state, "running", "it was stopped in the middle");
    const after = await summary(popup);
    assert.ok(after.points.length >= before.points.length);
    await popup.close();
  });

  test("the offscreen document is lost: its job is given to a new one", async () => {
    const popup = await harness.popup(page, choices);
    await popup.run();
    await harness.writing(popup);
    const [document] = await harness.browser.targets("/offscreen/offscreen.html");
    assert.ok(document, "the offscreen document runs");
    await harness.browser.cdp.send("Target.closeTarget", { targetId: document });
    await summary(popup);
    const [successor] = await harness.browser.targets("/offscreen/offscreen.html");
    assert.ok(successor && successor !== document, "another document did it");
    await popup.close();
  });
});
