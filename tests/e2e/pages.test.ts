// Pages that are hard or impossible to summarise.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Harness, summary } from "./harness.ts";
import { BLANK, long } from "./pages.ts";

describe("unusual pages", () => {
  let harness: Harness;
  before(async () => void (harness = await Harness.start({ adapter: "none" })));
  after(async () => harness.stop());

  test("a page without text: said plainly", async () => {
    const popup = await harness.popup(await harness.open("blank", BLANK));
    await popup.run();
    const shown = await popup.ended();
    assert.equal(shown.state, "failed");
    assert.match(shown.error, /text/iu);
    assert.notEqual(shown.remedy, "");
    await popup.close();
  });

  test("a page of the browser itself: said plainly", async () => {
    const popup = await harness.popup(await harness.browser.open("chrome://version/"));
    await popup.run();
    const shown = await popup.ended();
    assert.equal(shown.state, "failed");
    assert.match(shown.error, /browser|Chrome|extension/u);
    assert.doesNotMatch(shown.error, /undefined|Error:|cannot access/iu);
    assert.notEqual(shown.remedy, "");
    await popup.close();
  });

  test("a page of 60,000 words is summarised whole", async () => {
    const popup = await harness.popup(await harness.open("long", long(60_000)), { length: "medium" });
    await popup.run();
    await summary(popup);
    const job = await popup.job();
    assert.ok(job?.state.state === "done");
    assert.ok(job.state.stats.coverage > 0.99, `covered: ${job.state.stats.coverage}`);
    const districts = job.sections.map(({ source }) => Number(/district (\d+)/u.exec(source?.text ?? "")?.[1]));
    const [first, last] = [Math.min(...districts), Math.max(...districts)];
    assert.ok(last - first > 500, `the points come from all over the page: ${districts.join(", ")}`);
    await popup.close();
  });
});
