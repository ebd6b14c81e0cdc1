// A wish in the reader's own words: kept in the popup, at hand there and on the card, and forgotten.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { ChatServer, WRITER } from "./driver/chat.ts";
import { Content } from "./driver/content.ts";
import { chooseMenu } from "./driver/menu.ts";
import { ModelsPage } from "./driver/models.ts";
import type { Popup } from "./driver/popup.ts";
import { Harness } from "./harness.ts";
import { look, lookAtPage } from "./look.ts";

const WISH = "For a child of six, <b>without</b> figures";
const LETTER = `<!doctype html><html lang="en"><title>Letter</title><body>
  <p id="text">The council will assess the damage to the pier before the first storm of the autumn.</p>`;

describe("wishes that are kept", () => {
  let harness: Harness;
  let server: ChatServer;
  let models: ModelsPage;
  let page: Page;
  let content: Content;

  before(async () => {
    harness = await Harness.start({ adapter: "none", allowed: (host) => host === "127.0.0.1" });
    server = await ChatServer.start();
    models = await ModelsPage.open(harness.browser);
    page = await harness.open("letter", LETTER);
    content = await Content.of(harness.browser.context, page, harness.browser.extension);
  });
  after(async () => {
    await harness.stop();
    await server.stop();
  });

  const select = async (): Promise<void> => {
    await page.bringToFront();
    await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector("#text") ?? document));
  };
  const field = async (popup: Popup): Promise<{ wishes: string[]; button: string; disabled: boolean; title: string }> =>
    popup.target.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>("#instruction");
      return {
        wishes: [...(input?.list?.options ?? [])].map(({ value }) => value),
        button: document.querySelector("#keep-wish")?.textContent ?? "",
        disabled: input?.disabled ?? true,
        title: input?.closest<HTMLElement>(".row")?.title ?? "",
      };
    }, null);
  /** Waits until the card offers a choice that begins so. */
  const offers = async (beginning: string): Promise<void> => {
    await select();
    await chooseMenu(harness.browser, page, "rewrite:fix-grammar");
    await content.until("card", beginning, ({ choices }) => choices.some((choice) => choice.startsWith(beginning)));
    await page.keyboard.press("Escape");
  };

  test("where no model can do it, the field says so", async () => {
    const popup = await harness.popup(page, { mode: "rewrite" });
    await popup.target.waitFor(
      "what is offered",
      () => document.querySelector<HTMLInputElement>("#instruction")?.disabled === true,
      null,
    );
    assert.match((await field(popup)).title, /^Needs/u);
    await popup.close();
  });

  test("with a model that follows wishes: sent to it, kept with a click, at hand when the popup is opened again", async () => {
    await models.page.bringToFront();
    await models.allowHost(`http://${server.host}/*`, harness.browser);
    await models.addServed(`http://${server.host}/`, WRITER);
    await models.prefer("rewrite", await models.servedId(WRITER));
    await select();
    const popup = await harness.popup(page, { mode: "rewrite", rewriteLength: "as-is", instruction: WISH });
    await popup.target.click("#keep-wish");
    assert.deepEqual(await field(popup), { wishes: [WISH], button: "Forget", disabled: false, title: "" });
    await look(popup.target, "popup-wish");
    await popup.run();
    await popup.ended();
    assert.ok(
      server.conversations.some(({ body }) =>
        JSON.stringify(JSON.parse(body)).includes(JSON.stringify(WISH).slice(1, -1)),
      ),
      "the model is told the wish",
    );
    await popup.close();
    const again = await harness.popup(page, { mode: "rewrite" });
    assert.deepEqual((await field(again)).wishes, [WISH]);
    await again.close();
  });

  test("the card offers it, and marks it as out of reach where no model can do it", async () => {
    await offers(WISH);
    await models.page.bringToFront();
    await models.prefer("rewrite", "smollm2-135m-instruct");
    await offers(`[${WISH} (needs`);
  });

  test("the settings list it and forget it", async () => {
    const options = await harness.browser.context.newPage();
    await options.goto(`chrome-extension://${harness.browser.extension}/popup/options.html`);
    await options.evaluate(async (wish) => chrome.storage.local.set({ wishes: [wish, "As a list"] }), WISH);
    await options.getByRole("button", { name: "Forget As a list" }).click();
    await options.getByText(WISH).waitFor();
    await lookAtPage(options, "options-wishes");
    await options.getByRole("button", { name: "Forget all of them" }).click();
    await options.getByText("None. “Keep” stands").waitFor();
    assert.deepEqual(await options.evaluate(async () => (await chrome.storage.local.get("wishes"))["wishes"]), []);
    await options.close();
    const popup = await harness.popup(page, { mode: "rewrite" });
    assert.deepEqual((await field(popup)).wishes, []);
    await popup.close();
  });
});
