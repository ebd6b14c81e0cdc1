// Selected text is rewritten in a card on the page: from the menu to the replaced text, and one
// undo back.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { Content } from "./driver/content.ts";
import { chooseMenu, pressShortcut } from "./driver/menu.ts";
import { Harness } from "./harness.ts";
import { look, SURFACES } from "./look.ts";

/** Mistakes that the model mends. */
const FIRST = "There is many reasons to visit Lisbon in the spring.";
const WRONG = `${FIRST} Please let me know if you recieve the package before Friday.`;
const RIGHT = /There are many reasons/u;

/** Without spell checking: Chromium would fetch a dictionary. */
const editor = (field: string): string =>
  `<!doctype html><html lang="en" spellcheck="false"><title>Editor</title><style>body{font:16px system-ui;margin:60px}</style>
  <h1>Letter</h1><div id="box">${field}</div><p id="after">The end of the page.</p>`;

/** Everything that a page can do to get hold of what is not its own. */
const HOSTILE = `<!doctype html><html lang="en"><title>Hostile</title>
  <meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
  <style>
    * { color: red !important; font-size: 3px !important; display: none !important; visibility: hidden !important; }
    html, body, p, div#own { display: block !important; visibility: visible !important; font-size: 16px !important; }
    #own { position: fixed; inset: 0; z-index: 2147483647; background: white; }
  </style>
  <body><div id="own"><p id="text">${WRONG}</p></div>
  <script>
    window.heard = [];
    for (const type of ["keydown", "keyup", "keypress", "click", "mousedown", "mouseup", "pointerdown", "input", "focusin"]) {
      document.addEventListener(type, (event) => window.heard.push(type + " " + event.target.localName), true);
      window.addEventListener(type, (event) => window.heard.push(type + " window"));
    }
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (options) { window.heard.push("attachShadow"); return attach.call(this, { mode: "open" }); };
  </script>`;

describe("the card", () => {
  let harness: Harness;
  before(async () => void (harness = await Harness.start({ adapter: "none" })));
  after(async () => harness.stop());

  const open = async (name: string, html: string): Promise<{ page: Page; content: Content }> => {
    const page = await harness.open(name, html);
    return { page, content: await Content.of(harness.browser.context, page, harness.browser.extension) };
  };

  /** The whole way in one kind of field: menu, card, replace, undo. */
  const replaces = async (name: string, field: string, html = editor(field)): Promise<void> => {
    const { page, content } = await open(name, html);
    await page.focus("#field");
    await page.keyboard.press("Control+A");
    const text = (): Promise<string> =>
      page.$eval("#field", (element) =>
        "value" in element ? String(element.value) : (element as HTMLElement).innerText,
      );
    const before = await text();
    harness.browser.proxy.forget();
    await chooseMenu(harness.browser, page, "rewrite:fix-grammar");
    const shown = await content.ended("card");
    assert.equal(shown.state, "done", JSON.stringify(shown));
    assert.match(shown.parts["name"] ?? "", /grammar/u);
    const result = shown.parts["text"] ?? "";
    assert.match(result, RIGHT);
    assert.notEqual(result, before);
    assert.equal(await text(), before, "nothing is replaced unasked");

    await content.click("card", "Replace");
    // What was written is looked at once more before it closes.
    await content.closed("card");
    assert.equal((await text()).trim(), result.trim());
    assert.equal(await page.evaluate(() => document.activeElement?.id), "field", "the field has the focus again");
    await page.keyboard.press("Control+Z");
    assert.equal(await text(), before, "one undo brings the original back");
    assert.deepEqual(harness.browser.proxy.requests, [], "nothing leaves the browser");
  };

  test("in a textarea: replaced, and undone in one step", async () => {
    await replaces("textarea", `<textarea id="field" rows="4" cols="50">${WRONG}</textarea>`);
  });

  test("in an input", async () => {
    await replaces("input", `<input id="field" size="60" value="${WRONG}">`);
  });

  test("in an editable element", async () => {
    await replaces("editable", `<div id="field" contenteditable="true">${WRONG}</div>`);
  });

  test("the page hears of the new text as if it had been typed", async () => {
    const { page, content } = await open("controlled", editor(`<textarea id="field" cols="50">${WRONG}</textarea>`));
    await page.evaluate(() => {
      const field = document.querySelector("textarea");
      field?.addEventListener("input", (event) => {
        document.body.dataset["heard"] = `${event.isTrusted} ${field.value}`;
      });
    });
    // The shortcut rewrites in the way that was chosen last.
    const popup = await harness.popup(page, { mode: "rewrite", goal: "fix-grammar", rewriteLength: "as-is" });
    await popup.close();
    await page.focus("#field");
    await page.evaluate((end) => document.querySelector("textarea")?.setSelectionRange(0, end), FIRST.length);
    await pressShortcut(harness.browser, page, "rewrite-selection");
    await content.ended("card");
    await content.click("card", "Replace");
    const heard = await page.evaluate(() => document.body.dataset["heard"]);
    assert.match(heard ?? "", /^true There are many reasons .*if you recieve the package/u, "only what was selected");
  });

  test("on a plain page: copied, not replaced; changes shown; Escape closes it", async () => {
    const { page, content } = await open("plain", editor(`<p id="text">${WRONG}</p>`));
    await harness.browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector("#text") ?? document));
    await chooseMenu(harness.browser, page, "rewrite:fix-grammar");
    const shown = await content.ended("card");
    assert.equal(shown.state, "done", JSON.stringify(shown));
    assert.ok(!shown.buttons.includes("Replace"), shown.buttons.join());
    assert.match(shown.parts["doing"] ?? "", /CPU/u, "says where it ran");
    await look(content, "card", SURFACES);
    const offers = await content.until("card", "what is offered", ({ choices }) =>
      choices.some((c) => c.startsWith("[")),
    );
    assert.ok(offers.choices.includes("Fix grammar"), offers.choices.join());
    assert.ok(
      offers.choices.some((choice) => /^\[Make longer \(needs /u.test(choice)),
      offers.choices.join(),
    );
    await content.click("card", "Changes");
    await look(content, "card-changes", SURFACES);
    await content.click("card", "Copy");
    await content.until("card", "the word that it was copied", ({ parts }) => /Copied/u.test(parts["doing"] ?? ""));
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), shown.parts["text"]);
    await page.keyboard.press("Escape");
    assert.equal(await content.surface("card"), undefined);
  });

  test("another way with the same text, by another model", async () => {
    const text =
      "The museum, a former railway station on the left bank of the river, holds one of the largest collections of posters " +
      "in Europe. Even though many people were sceptical at the beginning, the new bus line has, as a matter of fact, " +
      "become very popular with students.";
    const { page, content } = await open("another", editor(`<textarea id="field" cols="50">${text}</textarea>`));
    await page.focus("#field");
    await page.keyboard.press("Control+A");
    await chooseMenu(harness.browser, page, "rewrite:fix-grammar");
    const mended = await content.ended("card");
    await content.choose("Make shorter");
    // By rules alone it may be done before anybody looks.
    const shown = await content.until(
      "card",
      "the other way",
      ({ state, parts }) =>
        state === "failed" ||
        (state === "done" && /shorter/u.test(parts["name"] ?? "") && parts["text"] !== mended.parts["text"]),
    );
    assert.equal(shown.state, "done", JSON.stringify(shown));
    assert.match(shown.parts["doing"] ?? "", /SmolLM2/u);
    await content.click("card", "Replace");
    const now = await page.inputValue("#field");
    assert.ok(now.length < text.length, now);
    assert.match(now, /museum.*bus line/u);
  });

  test("a text that has changed meanwhile is left alone", async () => {
    const { page, content } = await open("changed", editor(`<textarea id="field" cols="50">${WRONG}</textarea>`));
    await page.focus("#field");
    await page.keyboard.press("Control+A");
    await chooseMenu(harness.browser, page, "rewrite:fix-grammar");
    await content.ended("card");
    await page.evaluate(() => void (document.querySelector("textarea")!.value = "Something else altogether."));
    await content.click("card", "Replace");
    const shown = await content.until("card", "the refusal", ({ state }) => state === "failed");
    assert.match(shown.parts["problem"] ?? "", /changed/u);
    assert.ok(shown.buttons.includes("Copy"), "the result can still be copied");
    assert.equal(await page.inputValue("#field"), "Something else altogether.");
    await page.keyboard.press("Escape");
  });

  test("nothing is read from a password field, and without a selection the card says so", async () => {
    const { page, content } = await open("password", editor(`<input id="field" type="password" value="${WRONG}">`));
    await page.focus("#field");
    await page.keyboard.press("Control+A");
    await chooseMenu(harness.browser, page, "rewrite:fix-grammar");
    const shown = await content.ended("card");
    assert.equal(shown.state, "failed");
    assert.match(shown.parts["problem"] ?? "", /No text is selected/u);
    await page.keyboard.press("Escape");
  });

  test("a hostile page can neither cover, style, read nor overhear it", async () => {
    const { page, content } = await open("hostile", HOSTILE);
    await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector("#text") ?? document));
    await chooseMenu(harness.browser, page, "rewrite:fix-grammar");
    await content.ended("card");
    const seen = await page.evaluate(() => {
      const host = document.documentElement.lastElementChild;
      const box = { x: innerWidth / 2, y: innerHeight / 2 };
      return {
        root: host?.shadowRoot ?? null,
        text: host?.textContent,
        inside: document.elementFromPoint(box.x, box.y)?.id,
      };
    });
    assert.deepEqual([seen.root, seen.text], [null, ""], "the page finds nothing in it");
    const look = await content.evaluate(() => {
      const hosts = [...document.querySelectorAll<HTMLElement>("html > div")];
      const card = hosts.map((host) => chrome.dom.openOrClosedShadowRoot(host)?.querySelector(".card")).find(Boolean);
      if (!card) throw new Error("no card");
      const { x, y, width, height } = card.getBoundingClientRect();
      const { fontSize, color } = getComputedStyle(card);
      return { width, height, fontSize, color, top: document.elementFromPoint(x + 30, y + 10) === hosts.at(-1) };
    }, null);
    assert.ok(look.width > 300 && look.height > 100, "it has its own size");
    assert.equal(look.fontSize, "14px");
    assert.notEqual(look.color, "rgb(255, 0, 0)");
    assert.ok(look.top, "it lies above everything");
    await page.evaluate(() => void Object.assign(globalThis, { heard: [] }));
    await content.click("card", "Changes");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    assert.equal(await content.surface("card"), undefined, "its own keys work");
    const heard = await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
    assert.deepEqual(
      heard.filter((event) => !/body|window/u.test(event)),
      [],
      "and the page hears nothing of them",
    );
  });

  test("cancelled while it is written: the page stays as it is", async () => {
    const long = Array.from({ length: 30 }, (_, i) => `Sentence number ${i} are here for to be corrected.`).join(" ");
    const { page, content } = await open("long", editor(`<textarea id="field" cols="50">${long}</textarea>`));
    await page.focus("#field");
    await page.keyboard.press("Control+A");
    await chooseMenu(harness.browser, page, "rewrite:fix-grammar");
    await content.until("card", "some text", ({ parts }) => (parts["text"] ?? "").length > 10);
    await content.click("card", "Cancel");
    const shown = await content.ended("card");
    assert.equal(shown.state, "cancelled");
    assert.ok(!shown.buttons.includes("Replace"));
    await page.keyboard.press("Escape");
    assert.equal(await page.inputValue("#field"), long);
  });
});
