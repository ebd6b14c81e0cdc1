// Translators: the popup says which is lacking, the models' page gets it, pages and selections are
// translated with it. Models of made-up weights in the layout of the real ones, which translate word
// by word; this machine serves them in the host's place.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Content } from "./driver/content.ts";
import type { FileServer } from "./driver/files.ts";
import { chooseMenu, remember } from "./driver/menu.ts";
import { ModelsPage } from "./driver/models.ts";
import { type Facts, TranslatorHost } from "./driver/translators.ts";
import { artifact, Harness } from "./harness.ts";

/** What the engine writes down at once: `CHUNK` in offscreen/session. */
const CHUNK = 4 << 20;

/** What is on its way through sockets, the proxy and the browser when a download is paused. */
const ON_ITS_WAY = 2 << 20;

const NEWS = `<!doctype html><html lang="de"><meta charset="utf-8"><title>Der Hafen</title>
  <style>body{max-width:640px;margin:32px auto;font:17px/1.6 Georgia,serif}</style><article>
  <p id="first">Der Hafen öffnet heute um 8 Uhr.</p>
  <p id="link">Die <a id="paper" href="/paper">Zeitung</a> schließt morgen.</p>
  <p id="code">Die Stadt baut <code>x1</code> und eine Brücke.</p></article></html>`;

/** Makes the weights from English into Dutch as long as real ones: what follows the packed file is not read. */
async function lengthen(folder: string, facts: Facts): Promise<void> {
  const pair = facts.translators.find(({ from, to }) => from === "en" && to === "nl");
  const weights = pair?.files.find(({ name }) => name.startsWith("model."));
  if (!pair || !weights) throw new Error("no translator from English into Dutch");
  const path = join(folder, "models", pair.architecture, "ennl", weights.name);
  const bytes = Buffer.concat([await readFile(path), Buffer.alloc(9_000_000)]);
  await writeFile(path, bytes);
  weights.bytes = bytes.length;
  weights.sha256 = createHash("sha256").update(bytes).digest("hex");
}

describe("translators", () => {
  let harness: Harness;
  let host: TranslatorHost;
  let server: FileServer;

  before(async () => {
    host = await TranslatorHost.start(lengthen);
    server = host.server;
    harness = await Harness.start({ adapter: "none", extension: host.extension });
  });
  after(async () => {
    await harness.stop();
    await host.stop();
  });

  const open = async (): Promise<{ page: Awaited<ReturnType<Harness["open"]>>; content: Content }> => {
    const page = await harness.open("news", NEWS);
    return { page, content: await Content.of(harness.browser.context, page, harness.browser.extension) };
  };

  test("the popup names what is lacking, what it weighs and where it comes from; the page of the models gets it", async () => {
    const { page } = await open();
    const popup = await harness.popup(page, { mode: "translate", to: "en" });
    const { needs } = await popup.until("what is lacking", (shown) => shown.needs !== "");
    assert.match(needs, /German to English: needs a translator/u);
    assert.match(needs, /Get German → English \(.* MB from 127\.0\.0\.1:\d+\)/u);
    assert.deepEqual(server.requests, [], "nothing is fetched before a click");
    const opened = harness.browser.context.waitForEvent("page");
    await popup.target.click("#needs .get");
    const models = new ModelsPage(await opened);
    const card = await models.until("German → English", "available");
    assert.ok(await card.isVisible(), "the pair is chosen already");
    await models.page.screenshot({ path: artifact("translators.png"), fullPage: true });
    await card.getByRole("button", { name: /^Get .* MB from 127\.0\.0\.1/u }).click();
    await models.until("German → English", "installed");
    assert.equal(server.requests.length, 3, server.requests.map(({ name }) => name).join());
    assert.ok(await models.card("English → Dutch").isHidden(), "what is not asked for is not listed");
    await models.page.selectOption(`#pair select[name="to"]`, "nl");
    assert.match(await models.page.innerText("#pair-hint"), /German into Dutch goes through English/u);
    await models.page.close();
  });

  test("a page in place: links and code keep their places, nothing leaves the browser, the original comes back", async () => {
    await remember(harness.browser, { to: "en" });
    const { page, content } = await open();
    const original = await page.$eval("article", (element) => element.outerHTML);
    harness.browser.proxy.forget();
    await chooseMenu(harness.browser, page, "translate-page");
    const shown = await content.ended("bar");
    assert.equal(shown.state, "done", JSON.stringify(shown));
    assert.deepEqual(harness.browser.proxy.requests, []);
    assert.equal(await page.textContent("#first"), "The harbour opens today at 8 o'clock.");
    assert.equal(
      await page.$eval("#link", (element) => element.innerHTML),
      `The <a id="paper" href="/paper">newspaper</a> closes tomorrow.`,
    );
    assert.equal(
      await page.$eval("#code", (element) => element.innerHTML),
      `The town builds <code>x1</code> and a bridge.`,
    );
    await content.click("bar", "Show original");
    assert.equal(await page.$eval("article", (element) => element.outerHTML), original);
  });

  /** Gets the second translator, and pauses when a chunk of its weights has come. */
  const pauseHalfWay = async (models: ModelsPage): Promise<void> => {
    server.pauseMs = 60;
    await models.press("English → Dutch", "Get");
    const card = await models.until("English → Dutch", "installing");
    await card.getByText(/^[\d.]+ of [\d.]+ MB · [\d.]+ MB\/s/u).waitFor();
    const isWeights = (): boolean => /model\./u.test(server.requests.at(-1)?.name ?? "");
    while (!isWeights() || (server.requests.at(-1)?.sent ?? 0) < CHUNK + ON_ITS_WAY) {
      await models.page.waitForTimeout(10);
    }
    await models.press("English → Dutch", "Pause");
    const paused = await models.until("English → Dutch", "paused");
    assert.match(await paused.innerText(), /Paused: \d+ of \d+ MB/u);
    server.pauseMs = 0;
  };

  test("two languages other than English: what is lacking is the second; then both, and the result says so", async () => {
    const { page } = await open();
    await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector("#first") ?? document));
    const popup = await harness.popup(page, { mode: "translate", scope: "selection", to: "nl" });
    const { needs } = await popup.until("what is lacking", (shown) => shown.needs !== "");
    assert.match(needs, /Get English → Dutch/u);
    const models = await ModelsPage.open(harness.browser);
    await models.page.goto(`${models.page.url()}#en-nl`);
    await pauseHalfWay(models);
    await models.press("English → Dutch", "Resume");
    await models.until("English → Dutch", "installed");
    const [weights] = server.requests.slice(-1);
    const from = weights?.from ?? 0;
    assert.ok(from > 0 && from % CHUNK === 0, `what had come is not fetched again: it goes on at ${from}`);
    const fetched = server.requests.slice(3).map(({ name }) => name);
    assert.equal(fetched.length, 4, `each file once, the paused one twice: ${fetched.join()}`);
    await models.page.close();
    await page.bringToFront();
    const again = await harness.popup(page, { mode: "translate", scope: "selection", to: "nl" });
    await again.until("both", (shown) => shown.needs === "");
    await again.run();
    const shown = await again.ended();
    assert.equal(shown.state, "done", JSON.stringify(shown));
    assert.equal(shown.points[0]?.text, "De haven opent vandaag om 8 uur.");
    const state = (await again.job())?.state;
    assert.ok(state?.state === "done");
    assert.equal(state.stats.model, "German → English, English → Dutch", "the way through English is said");
    assert.match(shown.device, /CPU/u);
  });

  test("removed: its files are gone, and what it did is lacking again", async () => {
    const models = await ModelsPage.open(harness.browser);
    const before = (await models.stored()).length;
    await models.press("German → English", "Remove");
    await models.page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await models.card("German → English").waitFor({ state: "hidden" });
    const left = await models.stored();
    assert.ok(left.length < before && left.some((name) => name.length > 60), left.join());
    await models.page.close();
  });
});
