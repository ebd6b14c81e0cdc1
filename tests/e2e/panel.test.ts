// The side panel stays while the reader goes on: it says which page a result is of, and asks for the
// one site that it may not see.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ModelsPage } from "./driver/models.ts";
import { Pages } from "./driver/pages.ts";
import type { Copy } from "./driver/played.ts";
import { extensionWith } from "./driver/played.ts";
import type { Popup } from "./driver/popup.ts";
import { page as article, Harness } from "./harness.ts";
import { look } from "./look.ts";

describe("the side panel", () => {
  let copy: Copy;
  let harness: Harness;
  /** Another site. */
  let elsewhere: Pages;
  let panel: Popup;

  before(async () => {
    copy = await extensionWith("played");
    harness = await Harness.start({ adapter: "none", extension: copy.folder });
    elsewhere = await Pages.start();
    const page = await harness.open("first.html", article("for ever and first", ["Some text."]));
    panel = await harness.panel(await harness.popup(page));
  });
  after(async () => {
    await harness.stop();
    await elsewhere.stop();
    await copy.remove();
  });

  /** What is on view of an element: nothing where it is hidden. */
  const text = async (selector: string): Promise<string> =>
    panel.target.evaluate((wanted) => {
      const element = document.querySelector<HTMLElement>(wanted);
      return element?.checkVisibility() ? element.innerText.trim() : "";
    }, selector);
  const shows = async (selector: string, wanted: string): Promise<void> => {
    const holds = ({ selector, wanted }: { selector: string; wanted: string }): boolean =>
      document.querySelector<HTMLElement>(selector)?.innerText.includes(wanted) ?? false;
    await panel.target.waitFor(`${wanted} in ${selector}`, holds, { selector, wanted });
  };

  test("sees the page that it was opened on, and what follows on the same site", async () => {
    assert.equal(await text("#access"), "");
    await harness.open("second.html", article("The second", ["Some text."]));
    await shows("#title", "The second");
    assert.equal(await text("#access"), "");
    await harness.open("first.html", article("for ever and first", ["Some text."]));
    await shows("#title", "for ever and first");
  });

  test("on another site says that it does not see it, and of which page the job on view is", async () => {
    await panel.run();
    await panel.until("the job to run", ({ state }) => state === "running");
    assert.equal(await text("#belongs"), "");
    await harness.browser.open(elsewhere.add("third.html", article("The third", ["Some text."])));
    await shows("#access", "Sotto does not see this page");
    await shows("#belongs", "Of another page, at 127.0.0.1");
    assert.equal(await text("#title"), "for ever and first");
    await look(panel.target, "panel-access");
    await panel.cancel();
  });

  test("asks the browser for that one site, in a click; once it is allowed, works there", async () => {
    await panel.target.click("#access-ask");
    await shows("#access", "The browser asks at its toolbar");
    const models = new ModelsPage(await harness.browser.context.newPage());
    await models.allowHost("http://127.0.0.1/*", harness.browser);
    await models.page.close();
    // What the reader's yes at the toolbar, which DevTools cannot reach, comes to.
    const allow = async (): Promise<boolean> => chrome.permissions.request({ origins: ["http://127.0.0.1/*"] });
    await harness.browser.open(elsewhere.add("third.html", article("The third", ["Some text."])));
    assert.ok(await panel.target.evaluate(allow, null));
    await shows("#title", "The third");
    assert.equal(await text("#access"), "");
    await panel.run();
    const shown = await panel.ended();
    assert.equal(shown.state, "done", shown.error);
    assert.equal(await text("#belongs"), "");
  });
});
