// The card's part in replacing a text: it takes no focus from a field until it is asked to, says
// why a text was left as it is, and brings back what a page would undo piece by piece.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { PlayedCard } from "./driver/card.ts";
import { launchPlain } from "./driver/plain.ts";

const WRONG = "There is many reasons to visit Lisbon in the spring.";
const RIGHT = "There are many reasons to visit Lisbon in the spring.";

describe("a text accepted on the card", () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await launchPlain();
  });
  after(async () => browser.close());

  const open = async (html: string): Promise<void> => {
    page = await browser.newPage();
    await page.setContent(`<!doctype html><html lang="en" spellcheck="false"><body>${html}`);
    await page.focus("#field");
    await page.keyboard.press("Control+A");
  };

  const closed = async (card: PlayedCard): Promise<void> => {
    for (let tries = 0; tries < 100 && (await card.text()) !== ""; tries += 1) await page.waitForTimeout(50);
    assert.equal(await card.text(), "", "the card is closed");
  };

  test("a field that closes when it loses the focus", async () => {
    await open(`<div id="box"><textarea id="field" cols="60">${WRONG}</textarea></div>`);
    await page.evaluate(() => {
      const field = document.querySelector("textarea");
      field?.addEventListener("blur", () => document.querySelector("#box")?.replaceChildren(field.value));
    });
    const card = await PlayedCard.open(page, RIGHT);
    await card.click("Replace");
    await closed(card);
    assert.equal(await page.inputValue("#field"), RIGHT);
    await page.keyboard.press("Control+Z");
    assert.equal(await page.inputValue("#field"), WRONG);
  });

  test("by keyboard: Tab leads to the card, Escape closes it, and the page hears neither", async () => {
    await open(`<textarea id="field" cols="60">${WRONG}</textarea><button>Next</button>`);
    await page.evaluate(() => {
      document.body.dataset["heard"] = "";
      addEventListener("keydown", ({ key }) => (document.body.dataset["heard"] += key), true);
    });
    const card = await PlayedCard.open(page, RIGHT);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await closed(card);
    assert.equal(await page.inputValue("#field"), RIGHT);
    const again = await PlayedCard.open(page, WRONG);
    await page.keyboard.press("Escape");
    await closed(again);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "field");
  });

  test("several stretches: one click brings all of them back", async () => {
    await open(`<div id="field" contenteditable><p class="a">${WRONG}</p><ul><li>${WRONG}</li></ul></div>`);
    const html = await page.innerHTML("#field");
    const card = await PlayedCard.open(page, `${RIGHT}\n\n${RIGHT}`);
    await card.click("Replace");
    await card.button("Undo");
    assert.match(await card.text(), /Replaced in 2 places/u);
    assert.equal(await page.innerHTML("#field"), html.replaceAll(WRONG, RIGHT));
    await card.click("Undo");
    await closed(card);
    assert.equal(await page.innerHTML("#field"), html);
  });

  test("several stretches: what was typed elsewhere since is not brought back with them", async () => {
    const list = `<ul><li>${WRONG}</li><li>${WRONG}</li></ul>`;
    for (const other of [`<textarea id="other"></textarea>`, `<div id="other" contenteditable></div>`]) {
      await open(`<div id="field" contenteditable>${list}</div>${other}`);
      const card = await PlayedCard.open(page, `${RIGHT}\n${RIGHT}`);
      await card.click("Replace");
      await card.button("Undo");
      await page.focus("#other");
      await page.keyboard.type("Dear Anna");
      await card.click("Undo");
      for (let tries = 0; tries < 40 && !/was not brought back/u.test(await card.text()); tries += 1) {
        await page.waitForTimeout(50);
      }
      assert.match(await card.text(), /was not brought back/u);
      assert.equal(await page.innerHTML("#field"), list.replaceAll(WRONG, RIGHT));
      assert.equal(
        await page.$eval("#other", (field) => ("value" in field ? field.value : field.innerHTML)),
        "Dear Anna",
      );
    }
  });

  test("a page that leads the focus elsewhere has nothing of its own copied in the text's place", async () => {
    await open(`<textarea id="field" cols="60">${WRONG}</textarea><input id="trap" value="Something else.">`);
    const card = await PlayedCard.open(page, RIGHT);
    await page.evaluate(() => {
      const trap = document.querySelector<HTMLInputElement>("#trap");
      addEventListener("focus", ({ target }) => target !== trap && trap?.select(), true);
      addEventListener("focusin", ({ target }) => target !== trap && trap?.select(), true);
      addEventListener("copy", () => (document.title = "copied"), true);
    });
    await card.click("Copy");
    for (let tries = 0; tries < 40 && !/Copied|does not allow/u.test(await card.text()); tries += 1) {
      await page.waitForTimeout(50);
    }
    assert.match(await card.text(), /does not allow copying/u);
    assert.equal(await page.title(), "");
  });

  test("what would be lost is named, and left as it is", async () => {
    await open(`<div id="field" contenteditable><p>See the <a href="#1">news</a> today.</p></div>`);
    const html = await page.innerHTML("#field");
    const card = await PlayedCard.open(page, "See today.");
    await card.click("Replace");
    for (let tries = 0; tries < 100 && !/would be lost/u.test(await card.text()); tries += 1) {
      await page.waitForTimeout(50);
    }
    assert.match(await card.text(), /A link or a mention in this text would be lost.*Copy the text/u);
    assert.equal(await page.innerHTML("#field"), html);
  });
});
