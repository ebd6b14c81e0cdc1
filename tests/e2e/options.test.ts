// The page of the settings: what is chosen there holds everywhere, and what can be copied from it
// holds nothing of what was read.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { environment } from "./driver/browser.ts";
import type { Copy } from "./driver/played.ts";
import { extensionWith } from "./driver/played.ts";
import { page as article, Harness } from "./harness.ts";
import { lookAtPage } from "./look.ts";

describe("the page of the settings", () => {
  let copy: Copy;
  let harness: Harness;
  let options: Page;

  before(async () => {
    copy = await extensionWith("played");
    harness = await Harness.start({ adapter: "none", extension: copy.folder });
    await harness.browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    options = await harness.browser.context.newPage();
    await options.goto(`chrome-extension://${harness.browser.extension}/popup/options.html`);
    await options.getByText("Played, 1 bytes").waitFor();
  });
  after(async () => {
    await harness.stop();
    await copy.remove();
  });

  const copied = async (): Promise<string> => {
    await options.bringToFront();
    await options.getByRole("button", { name: "Copy", exact: true }).click();
    await options.getByText("Copied.").waitFor();
    return options.evaluate(async () => navigator.clipboard.readText());
  };

  test("is the extension's options page, reached from the popup and from the models, and they from it", async () => {
    const manifest = JSON.parse(await readFile(join(environment("SOTTO_DIST"), "manifest.json"), "utf8"));
    assert.equal(manifest.options_ui.page, "popup/options.html");
    await options.getByRole("link", { name: "Models", exact: true }).click();
    await options.getByRole("heading", { name: "Models", level: 1 }).waitFor();
    await options.getByRole("link", { name: "Settings" }).click();
    await options.getByRole("link", { name: "See what it holds, and remove everything" }).click();
    await options.getByRole("button", { name: "Remove everything…" }).waitFor();
    await options.goBack();

    const page = await harness.open("article.html", article("A page", ["Some text."]));
    const popup = await harness.popup(page);
    const isOnView = async (): Promise<boolean> => (await chrome.tabs.getCurrent())?.active === true;
    assert.equal(await options.evaluate(isOnView), false);
    await popup.target.click("#settings");
    // The browser has no second one beside a page of settings that is open.
    await options.waitForFunction(isOnView);
  });

  test("what is chosen there the popup begins with, and what is chosen in the popup is shown there", async () => {
    await options.bringToFront();
    await options.getByLabel("Kind").selectOption("headline");
    await options.getByLabel("Length").first().selectOption("long");
    await options.getByLabel("Tone").selectOption("more-formal");
    await options.evaluate(async () => chrome.storage.local.set({ to: "fr" }));
    await options.waitForFunction(() => document.querySelector<HTMLSelectElement>("[name=to]")?.value === "fr");
    await options.getByLabel("Run on").selectOption("cpu");
    const page = await harness.open("article.html", article("A page", ["Some text."]));
    const popup = await harness.popup(page);
    const chosen = await popup.target.evaluate(() => {
      const radio = (name: string): string =>
        document.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`)?.value ?? "";
      const list = (id: string): string => document.querySelector<HTMLSelectElement>(`#${id}`)?.value ?? "";
      return [radio("summaryType"), radio("length"), radio("tone"), list("to"), list("choice")];
    }, null);
    assert.deepEqual(chosen, ["headline", "long", "more-formal", "fr", "cpu"]);
    await popup.choose({ type: "tldr" });
    await popup.close();
    await options.bringToFront();
    await options.waitForFunction(
      () => document.querySelector<HTMLSelectElement>("[name=summaryType]")?.value === "tldr",
    );
  });

  test("keys as the browser has them, storage, and every permission of the manifest with what it is for", async () => {
    assert.match(await options.innerText("#shortcuts"), /Open Sotto on the page\s+Alt\+Shift\+S/u);
    // Keys that the browser has a use of its own for are not given to an extension, and nobody says so.
    assert.match(await options.innerText("#shortcuts"), /Rewrite the selected text\s+Alt\+Shift\+E/u);
    assert.match(await options.innerText("#shortcuts"), /Translate the selected text\s+Alt\+Shift\+L/u);
    assert.match(await options.innerText("#used"), /Sotto uses .* of this browser's storage/u);
    const manifest = JSON.parse(await readFile(join(environment("SOTTO_DIST"), "manifest.json"), "utf8"));
    const named = await options.locator("#permissions dt").allTextContents();
    assert.deepEqual(named.toSorted(), [...manifest.permissions, "Single sites"].toSorted());
    const opened = harness.browser.context.waitForEvent("page");
    await options.getByRole("button", { name: "Change the keys…" }).click();
    const shortcuts = await opened;
    await shortcuts.waitForURL("chrome://extensions/shortcuts");
    await shortcuts.close();
  });

  test("what is copied tells of this machine, and of failures their kinds; nothing of any page", async () => {
    const words = ["Quendelkraut", "Zwiebelturm", "secret-path", "the end of it", "127.0.0.1"];
    const title = "the end of it Quendelkraut";
    const page = await harness.open("secret-path.html", article(title, ["Zwiebelturm. More of the Zwiebelturm."]));
    const popup = await harness.popup(page, { mode: "summarize", type: "key-points" });
    await popup.run();
    const shown = await popup.ended();
    assert.equal(shown.state, "failed", shown.error);
    await popup.close();
    const empty = await harness.popup(page, { mode: "rewrite" });
    await empty.run();
    assert.equal((await empty.ended()).state, "failed");
    await empty.close();

    const text = await copied();
    assert.match(text, /^Sotto \d+\.\d+\.\d+\nBrowser: .*Chrome\/\d+/u);
    assert.match(text, /^GPU: none/mu);
    assert.match(text, /^Processor: \d+ threads?, can be shared$/mu);
    assert.match(text, /^- Played, 1 bytes, installed$/mu);
    assert.match(text, /^- \d{4}-\d\d-\d\dT\d\d:\d\dZ summarize: internal\n- .* rewrite: no-text$/mu);
    for (const word of words) assert.ok(!text.includes(word), `${word} in ${text}`);
    assert.equal(text, await options.locator("#diagnostics").textContent(), "what is copied is what is shown");
  });

  test("nothing is wrong for those who hear it or need contrast; nothing is cut off at 400 %; keys reach all", async () => {
    await options.bringToFront();
    await options.getByText("What each permission is for").click();
    await lookAtPage(options, "options");

    await options.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const reached = new Set<string>();
    for (let presses = 0; presses < 30; presses += 1) {
      await options.keyboard.press("Tab");
      reached.add(
        await options.evaluate(() => {
          const { activeElement: element } = document;
          return element?.getAttribute("name") ?? (element?.id || (element?.textContent ?? ""));
        }),
      );
    }
    for (const name of [
      "Models",
      "summaryType",
      "to",
      "choice",
      "change-shortcuts",
      "diagnostics",
      "copy-diagnostics",
    ]) {
      assert.ok(reached.has(name), `${name} among ${[...reached].join()}`);
    }
  });
});
