// What the reader always or never wants translated, and the ways to see an original.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { Content } from "./driver/content.ts";
import { chooseMenu, remember } from "./driver/menu.ts";
import { ModelsPage } from "./driver/models.ts";
import type { Popup } from "./driver/popup.ts";
import { TranslatorHost } from "./driver/translators.ts";
import { artifact, Harness } from "./harness.ts";
import { look } from "./look.ts";

const NEWS = `<!doctype html><html lang="de"><meta charset="utf-8"><title>Der Hafen</title>
  <style>body{max-width:640px;margin:32px auto;font:17px/1.6 Georgia,serif}</style><article>
  <h1 id="title">Der Hafen</h1>
  <p id="first">Der Hafen öffnet heute um 8 Uhr.</p>
  <p id="second">Die Stadt baut eine Brücke.</p></article></html>`;
const SITE = "127.0.0.1";

describe("habits of translating", () => {
  let harness: Harness;
  let host: TranslatorHost;
  let granting: ModelsPage;

  before(async () => {
    host = await TranslatorHost.start();
    harness = await Harness.start({ adapter: "none", extension: host.extension });
    granting = await ModelsPage.open(harness.browser);
    await granting.allowHost(`http://${SITE}/*`, harness.browser);
    await granting.page.goto(`${granting.page.url()}#de-en`);
    await granting.press("German → English", "Get");
    await granting.until("German → English", "installed");
    await remember(harness.browser, { to: "en" });
  });
  after(async () => {
    await harness.stop();
    await host.stop();
  });

  const contentOf = async (page: Page): Promise<Content> =>
    Content.of(harness.browser.context, page, harness.browser.extension);

  /** Chooses in a list of the popup. The click lets the popup ask the browser. */
  const choose = async (popup: Popup, id: string, value: string): Promise<void> => {
    await popup.target.click(`#${id}`);
    await popup.target.evaluate(
      ({ id, value }) => {
        const select = document.getElementById(id) as HTMLSelectElement;
        select.value = value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      },
      { id, value },
    );
  };

  /** The pages that the browser tells Sotto of. */
  const watched = async (): Promise<string[]> =>
    granting.page.evaluate(async () => {
      const scripts = await chrome.scripting.getRegisteredContentScripts();
      return scripts.flatMap(({ matches }) => matches ?? []);
    });

  const until = async (wanted: string[]): Promise<void> => {
    for (let found = await watched(); String(found) !== String(wanted); found = await watched()) {
      await granting.page.waitForTimeout(20);
    }
  };

  test("a site that is always translated: now, and when its next page has loaded", async () => {
    const page = await harness.open("one", NEWS);
    const popup = await harness.popup(page, { mode: "translate", scope: "page", to: "en" });
    await popup.target.waitFor(
      "the site",
      (site) => document.querySelector("#site-habit-name")?.textContent === site,
      SITE,
    );
    assert.deepEqual(await watched(), [], "no page is told of before that");
    await popup.target.click("#habits-summary");
    await look(popup.target, "habits");
    await choose(popup, "site-habit", "always");
    await until([`http://${SITE}/*`]);
    const content = await contentOf(page);
    assert.equal((await content.ended("bar")).state, "done");
    assert.notEqual(await page.textContent("#first"), "Der Hafen öffnet heute um 8 Uhr.");

    const next = await harness.open("two", NEWS);
    const shown = await (await contentOf(next)).ended("bar");
    assert.equal(shown.state, "done", JSON.stringify(shown));
    const english = await harness.open(
      "three",
      NEWS.replaceAll(/ (lang="de")/gu, ` lang="en"`).replace(
        /<p.*<\/p>/su,
        "<p>The museum at the harbour is closed today, and opens again tomorrow at eight.</p>",
      ),
    );
    await english.waitForTimeout(500);
    assert.match(await english.innerText("p"), /^The museum at the harbour/u, "what is in the wanted language stays");
  });

  test("never, for its language or its site: no page is told of any more", async () => {
    const page = await harness.open("four", NEWS);
    await (await contentOf(page)).ended("bar");
    const popup = await harness.popup(page, { mode: "translate", scope: "page", to: "en" });
    await popup.target.waitFor(
      "the habit",
      (site) => document.querySelector("#habits-summary")?.textContent === `Always translated: ${site}`,
      SITE,
    );
    await popup.target.click("#habits-summary");
    await choose(popup, "site-habit", "never");
    await until([]);
    const next = await harness.open("five", NEWS);
    assert.equal(await next.textContent("#first"), "Der Hafen öffnet heute um 8 Uhr.");
    assert.equal(await (await contentOf(next)).surface("bar"), undefined);
  });

  test("an original below each passage, or in its place while Shift is held", async () => {
    const page = await harness.open("six", NEWS);
    const original = await page.$eval("article", (element) => element.outerHTML);
    await chooseMenu(harness.browser, page, "translate-page");
    const content = await contentOf(page);
    const ended = await content.ended("bar");
    assert.equal(ended.state, "done", JSON.stringify(ended));
    assert.match(ended.parts["detail"] ?? "", /Hold Shift/u);
    const translated = await page.textContent("#first");
    await page.hover("#first");
    await page.keyboard.down("Shift");
    assert.equal(await page.textContent("#first"), "Der Hafen öffnet heute um 8 Uhr.");
    assert.notEqual(await page.textContent("#second"), "Die Stadt baut eine Brücke.", "this passage alone");
    await page.keyboard.up("Shift");
    assert.equal(await page.textContent("#first"), translated);

    await content.click("bar", "Side by side");
    const below = await content.evaluate(() => {
      const hosts = [...document.querySelectorAll<HTMLElement>("article span")];
      return hosts.map((host) => chrome.dom.openOrClosedShadowRoot(host)?.textContent);
    }, null);
    assert.deepEqual(below, ["Der Hafen", "Der Hafen öffnet heute um 8 Uhr.", "Die Stadt baut eine Brücke."]);
    await page.screenshot({ path: artifact("side-by-side.png") });
    await content.click("bar", "Show original");
    assert.equal(await page.$eval("article", (element) => element.outerHTML), original);
  });
});
