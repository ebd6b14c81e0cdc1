// The page of the models for whoever looks for one, hears the page or uses it by keys.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { environment } from "./driver/browser.ts";
import { FileServer } from "./driver/files.ts";
import { ModelsPage } from "./driver/models.ts";
import { Harness } from "./harness.ts";
import { lookAtPage } from "./look.ts";

const TINY = environment("SOTTO_TINY");
const OWN = "tiny";

describe("the page of the models", () => {
  let harness: Harness;
  let models: ModelsPage;
  let server: FileServer;

  before(async () => {
    server = await FileServer.start(TINY, 0);
    harness = await Harness.start({ adapter: "none" });
    models = await ModelsPage.open(harness.browser);
  });
  after(async () => {
    await harness.stop();
    await server.stop();
  });

  const visible = async (): Promise<string[]> =>
    models.page.locator(".card:visible h3").evaluateAll((titles) => titles.map((title) => title.textContent ?? ""));

  test("looked for by languages or by name, and found whatever it is", async () => {
    const field = models.page.getByLabel("Find a model or a translator");
    await field.fill("deutsch → english");
    assert.ok((await visible()).includes("German → English"));
    assert.ok(!(await visible()).includes("English → German"), "that is the other direction");
    assert.match(await models.page.innerText("#found"), /^\d+ models: German into English$/u);
    await field.fill("de fr");
    const both = await visible();
    assert.ok(both.includes("German → English") && both.includes("English → French"), "through English");
    await field.fill("qwen");
    assert.ok(
      (await visible()).every((name) => name.startsWith("Qwen")),
      (await visible()).join(),
    );
    assert.ok((await visible()).length > 1, "those of the folded list too");
    await field.fill("nothing of that name");
    assert.deepEqual(await visible(), []);
    await field.fill("");
    assert.ok((await visible()).includes("SmolLM2-135M-Instruct"));
    assert.equal(await models.page.locator("#more").getAttribute("open"), null, "folded again");
  });

  test("nothing is wrong for those who hear it or need contrast, in light and dark, folded or not", async () => {
    await lookAtPage(models.page, "models-page");
    await models.page.locator("#more > summary").click();
    await models.page.selectOption(`#pair select[name="from"]`, "de");
    await models.page.selectOption(`#pair select[name="to"]`, "fr");
    await lookAtPage(models.page, "models-page-open");
    await models.page.getByRole("button", { name: "Remove everything…" }).click();
    await lookAtPage(models.page, "models-page-question");
    await models.page.keyboard.press("Escape");
  });

  test("the focus stays where it was when a card becomes another", async () => {
    server.pauseMs = 15;
    await models.enterAddress(server.address());
    await models.until("model.gguf", "installing");
    await models.card("model.gguf").getByRole("button", { name: "Pause" }).focus();
    await models.until(OWN, "installed");
    const focused = await models.page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    assert.equal(focused, `Check ${OWN}`);
  });

  test("what nothing uses is offered for removal, and so is everything; what that frees is said", async () => {
    const { page } = models;
    await page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("models");
      for (const name of ["of-an-earlier-version.bin", `${"0".repeat(64)}.gguf`]) {
        const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
        await stream.write(new Uint8Array(3_000_000));
        await stream.close();
      }
    });
    // Anything that is done has the engine look again.
    await models.press(OWN, "Check");
    await page.getByText("2 files, 6 MB, that nothing uses.").waitFor();
    await page.getByRole("button", { name: "Remove what nothing uses" }).click();
    await page.getByText("Removed: 6 MB are free again.").waitFor();
    await page.locator("#unused").waitFor({ state: "hidden" });
    assert.match(await page.innerText("#used"), /Sotto uses \d+ MB of this browser's storage; .* are left/u);

    await page.getByRole("button", { name: "Remove everything…" }).click();
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await models.until(OWN, "installed");
    await page.getByRole("button", { name: "Remove everything…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove everything" }).click();
    await models.card(OWN).waitFor({ state: "detached" });
    await page.getByText(/^Removed: \d+ MB are free again\.$/u).waitFor();
    const left = (await models.stored()).filter((name) => name !== "models");
    assert.deepEqual(left, []);
  });
});
