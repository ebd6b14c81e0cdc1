// The page that opens after the installation: what Sotto is, and a summary of its own article, made
// by the packaged model without the network.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { Harness } from "./harness.ts";
import { lookAtPage } from "./look.ts";

describe("the first page", () => {
  let harness: Harness;
  let welcome: Page;

  before(async () => {
    harness = await Harness.start({ adapter: "none", welcome: true });
    const isWelcome = (page: Page): boolean => page.url().endsWith("/popup/welcome.html");
    const pages = harness.browser.context.pages();
    welcome = pages.find(isWelcome) ?? (await harness.browser.context.waitForEvent("page", { predicate: isWelcome }));
    await welcome.getByText("Press Alt+Shift+S").waitFor();
  });
  after(async () => harness.stop());

  test("says how to reach Sotto, and how to pin its button", async () => {
    await welcome.getByText("click the puzzle piece in the toolbar").waitFor();
    await lookAtPage(welcome, "welcome");
  });

  test("summarises its article offline: each point leads to its sentence, and the device is named", async () => {
    const before = harness.browser.proxy.requests.length;
    await harness.browser.context.setOffline(true);
    await welcome.getByRole("button", { name: "Summarise the article" }).press("Enter");
    await welcome.locator('body[data-state="done"]').waitFor({ timeout: 180_000 });
    assert.equal(await welcome.locator("#error").isVisible(), false);
    assert.equal(await welcome.locator("#output li").count(), 3);
    assert.match(await welcome.innerText("#device"), /^CPU, \d+ threads? — /u);
    await welcome.getByRole("button", { name: "Show the source" }).first().press("Enter");
    const marked = await welcome.evaluate(() => [...(CSS.highlights.get("source") ?? [])].map(String).join());
    assert.ok(marked.length > 20 && (await welcome.innerText("#article")).includes(marked), marked);
    assert.equal(harness.browser.proxy.requests.length, before);
  });

  test("nothing is wrong for those who hear it or need contrast; nothing is cut off at 400 %", async () => {
    await lookAtPage(welcome, "welcome-done");
  });
});
