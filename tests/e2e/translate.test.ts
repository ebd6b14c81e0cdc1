// Text and pages are translated with the real model: a selection in the card, a page in place and
// back.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { Content } from "./driver/content.ts";
import { chooseMenu, pressShortcut, remember } from "./driver/menu.ts";
import { Harness } from "./harness.ts";
import { look, SURFACES } from "./look.ts";

const TOWN = `<!doctype html><html lang="de"><meta charset="utf-8"><title>Der alte Bahnhof</title>
  <style>body{max-width:640px;margin:32px auto;font:17px/1.6 Georgia,serif} code{background:#eee}</style>
  <body><article>
  <h1>Der alte Bahnhof</h1>
  <p id="first">Die Stadt hat beschlossen, den alten Bahnhof in einen Park zu verwandeln.</p>
  <p id="link">Die Arbeiten beginnen im nächsten Frühjahr, wie die <a id="paper" href="/paper">Zeitung</a> berichtet.</p>
  <p id="code">Der Befehl <code>git commit</code> speichert die Änderungen.</p>
  <p id="brand" translate="no">Bahnhof Immergrün</p>
  <pre id="pre">nicht übersetzen</pre>
  <textarea id="note">Meine eigene Notiz</textarea>
  </article></body></html>`;

const NEWS = `<!doctype html><html lang="de"><meta charset="utf-8"><title>Neues vom Markt</title><body><article>
  <h1>Neues vom Markt</h1><p>Der Markt beginnt um acht Uhr.</p>
  <p id="places">Es sind noch <span id="count">3</span> Plätze frei.</p>
  <div id="tab" hidden=""><p>Im Winter friert der See zu.</p></div></article></body></html>`;

const long = (paragraphs: number): string =>
  `<!doctype html><html><title>Chronik</title><article>${Array.from(
    { length: paragraphs },
    (_, i) => `<p>Im Jahr ${1200 + i} wurde die Brücke über den Fluss zum ${i + 1}. Mal neu gebaut.</p>`,
  ).join("\n")}</article></html>`;

describe("translation", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.start({ adapter: "none" });
    await remember(harness.browser, { to: "en" });
  });
  after(async () => harness.stop());

  const open = async (name: string, html: string): Promise<{ page: Page; content: Content }> => {
    const page = await harness.open(name, html);
    return { page, content: await Content.of(harness.browser.context, page, harness.browser.extension) };
  };

  test("the selection, by the keyboard: in the card, in the language remembered", async () => {
    const { page, content } = await open("selection", TOWN);
    await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector("#first") ?? document));
    harness.browser.proxy.forget();
    await pressShortcut(harness.browser, page, "translate-selection");
    const shown = await content.ended("card");
    assert.equal(shown.state, "done", JSON.stringify(shown));
    assert.match(shown.parts["name"] ?? "", /English/u);
    assert.match(shown.parts["text"] ?? "", /station/iu);
    assert.ok(!shown.buttons.includes("Replace"));
    await look(content, "card-translate", SURFACES);
    await page.keyboard.press("Escape");
    assert.deepEqual(harness.browser.proxy.requests, [], "nothing leaves the browser");
  });

  test("a page with links and code, in place; the original in one click, to the letter", async () => {
    const { page, content } = await open("town", TOWN);
    const original = await page.$eval("article", (element) => element.outerHTML);
    await page.evaluate(() => {
      document.querySelector("#paper")?.addEventListener("click", (event) => {
        event.preventDefault();
        document.title = "followed";
      });
    });
    harness.browser.proxy.forget();
    await chooseMenu(harness.browser, page, "translate-page");
    const shown = await content.ended("bar");
    assert.equal(shown.state, "done", JSON.stringify(shown));
    assert.deepEqual(harness.browser.proxy.requests, [], "nothing leaves the browser");
    const text = async (selector: string): Promise<string> => (await page.textContent(selector)) ?? "";
    assert.match(await text("#first"), /station/iu);
    assert.match(await text("#first"), /park/iu);
    assert.equal(await page.getAttribute("#first", "lang"), "en");
    assert.match(await text("#code"), /git commit/u, "code is carried over");
    assert.equal(await text("#brand"), "Bahnhof Immergrün");
    assert.equal(await text("#pre"), "nicht übersetzen");
    assert.equal(await page.inputValue("#note"), "Meine eigene Notiz");
    await look(content, "page-translated", SURFACES);
    if ((await text("#paper")) !== "") {
      await page.click("#paper");
      assert.equal(await page.title(), "followed", "the link is still the page's own");
    }

    await content.click("bar", "Show original");
    assert.equal(await page.$eval("article", (element) => element.outerHTML), original);
    await content.click("bar", "Show translation");
    assert.match(await text("#first"), /station/iu);
    await content.click("bar", "Show original");
    assert.equal(await page.$eval("article", (element) => element.outerHTML), original);
    await content.click("bar", "✕");
    assert.equal(await content.surface("bar"), undefined);
  });

  test("what comes to a translated page is translated too; what the page changes is told once", async () => {
    const { page, content } = await open("news", NEWS);
    const original = await page.$eval("article", (element) => element.outerHTML);
    await chooseMenu(harness.browser, page, "translate-page");
    const shown = await content.ended("bar");
    assert.equal(shown.state, "done", JSON.stringify(shown));
    const english = async (selector: string): Promise<void> => {
      await page.waitForSelector(`${selector}[lang=en]`, { timeout: 60_000 });
    };
    await page.evaluate(() => {
      const added = document.createElement("p");
      added.id = "added";
      added.textContent = "Am Abend spielt die Kapelle im Park.";
      document.querySelector("article")?.append(added);
      document.querySelector<HTMLElement>("#tab")!.hidden = false;
      document.querySelector("#count")!.firstChild!.nodeValue = "2";
    });
    assert.equal(await page.textContent("#places"), "Es sind noch 2 Plätze frei.", "as the page wrote it");
    await english("#added");
    await english("#tab p");
    await english("#places");
    assert.match((await page.textContent("#places")) ?? "", /\b2\b/u);
    await page.evaluate(() => {
      document.querySelector("#added")!.remove();
      document.querySelector<HTMLElement>("#tab")!.hidden = true;
      document.querySelector("#count")!.firstChild!.nodeValue = "3";
    });
    await content.click("bar", "Show original");
    assert.equal(await page.$eval("article", (element) => element.outerHTML), original);
  });

  test("cancelled half-way: what is translated stays, the rest is as it was", async () => {
    const { page, content } = await open("chronicle", long(80));
    const original = await page.$eval("article", (element) => element.outerHTML);
    await chooseMenu(harness.browser, page, "translate-page");
    await content.until("bar", "the first blocks", ({ parts }) => /^[1-9]\d* of 80/u.test(parts["detail"] ?? ""));
    await content.click("bar", "Cancel");
    const shown = await content.ended("bar");
    assert.equal(shown.state, "cancelled");
    assert.match(shown.parts["name"] ?? "", /German → English/u, "the language is detected, the page declares none");
    const translated = await page.$$eval("p[lang=en]", (found) => found.length);
    assert.ok(translated > 0 && translated < 80, `${translated} of 80`);
    assert.equal(
      await page.textContent("p:last-of-type"),
      "Im Jahr 1279 wurde die Brücke über den Fluss zum 80. Mal neu gebaut.",
    );
    await content.click("bar", "Show original");
    assert.equal(await page.$eval("article", (element) => element.outerHTML), original);
  });
});
