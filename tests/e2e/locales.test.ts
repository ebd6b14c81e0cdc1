// The interface in other languages: every surface has room for their words, on a page magnified to
// 200 % too, and is the right way round where they are written from the right.

import assert from "node:assert/strict";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { Content } from "./driver/content.ts";
import { chooseMenu, pressShortcut } from "./driver/menu.ts";
import type { Copy } from "./driver/played.ts";
import { extensionWith } from "./driver/played.ts";
import { page as article, artifact, Harness } from "./harness.ts";
import { look, lookAtPage, SURFACES } from "./look.ts";

const MODES = ["summarize", "ask", "rewrite", "translate"];
const PAGE = article("Eine Seite", ["Ein Satz steht hier. Noch einer kommt danach."]);
const PAGES = ["models", "options", "history", "welcome"];

/** Elements whose words do not fit, where they are not meant to end in dots. */
function cutOff(): string[] {
  const visible = [...document.body.querySelectorAll<HTMLElement>("*")].filter((element) => element.checkVisibility());
  const cut = visible.filter((element) => {
    const { overflowX, textOverflow } = getComputedStyle(element);
    const isClipped = (overflowX === "hidden" || overflowX === "clip") && !element.matches(".unseen");
    return isClipped && textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1;
  });
  const { scrollWidth, clientWidth } = document.documentElement;
  const wide = scrollWidth > clientWidth ? [`the page: ${scrollWidth} of ${clientWidth}`] : [];
  const segments = visible.filter(
    (element) => element.matches(".segments span, .modes span") && element.scrollWidth > element.clientWidth,
  );
  return [...wide, ...[...cut, ...segments].map((element) => element.outerHTML.slice(0, 120))];
}

/** Of each, the word for "Settings". Those that are `shown` are looked at more closely: long words, and the other direction. */
const LOCALES = [
  { locale: "de", settings: "Einstellungen", shown: true },
  { locale: "ar", settings: "الإعدادات", shown: true },
  { locale: "es", settings: "Configuración", shown: false },
  { locale: "fr", settings: "Paramètres", shown: false },
  { locale: "it", settings: "Impostazioni", shown: false },
  { locale: "pt_BR", settings: "Configurações", shown: false },
  { locale: "zh_CN", settings: "设置", shown: false },
];

for (const { locale, settings, shown } of LOCALES) {
  describe(`the interface in ${locale}`, () => {
    let copy: Copy;
    let harness: Harness;

    before(async () => {
      copy = await extensionWith("played");
      // Chromium chooses among the languages that it has itself, which need not be more than one: there, this
      // one stands in the place of English.
      const locales = join(copy.folder, "_locales");
      await rm(join(locales, "en"), { recursive: true });
      await cp(join(locales, locale), join(locales, "en"), { recursive: true });
      harness = await Harness.start({ adapter: "none", extension: copy.folder });
    });
    after(async () => {
      await harness.stop();
      await copy.remove();
    });

    const open = async (name: string): Promise<Page> => {
      const page = await harness.browser.context.newPage();
      await page.goto(`chrome-extension://${harness.browser.extension}/popup/${name}.html`);
      await page.waitForLoadState("networkidle");
      return page;
    };

    test("the pages are in it, and fit", async () => {
      for (const name of PAGES) {
        const page = await open(name);
        await page.getByRole("link", { name: settings }).first().waitFor();
        const root = page.locator("html");
        assert.equal(await root.getAttribute("lang"), locale.replace("_", "-"));
        assert.equal(await root.getAttribute("dir"), locale === "ar" ? "rtl" : "ltr");
        // A history without entries has no button to be seen.
        if (shown && name !== "history") await lookAtPage(page, `${locale}-${name}`);
        // Magnified, a page has that much less room.
        for (const width of [640, 320]) {
          await page.setViewportSize({ width, height: 450 });
          assert.deepEqual(await page.evaluate(cutOff), [], `${name}, ${width} wide`);
        }
        await page.close();
      }
    });

    test("the popup in each mode, as it is and magnified", async () => {
      const page = await harness.open("page.html", PAGE);
      for (const mode of MODES) {
        const popup = await harness.popup(page, { mode });
        assert.deepEqual(await popup.target.evaluate(cutOff, null), [], mode);
        if (shown) await look(popup.target, `${locale}-popup-${mode}`);
        if (mode === "summarize") {
          await popup.run();
          assert.equal((await popup.ended()).state, "done");
          await popup.target.screenshot(artifact(`${locale}-popup-done.png`));
        }
        await popup.close();
      }
      // The browser magnifies all pages of an extension alike.
      const options = await open("options");
      await options.evaluate(async () => chrome.tabs.setZoom(2));
      await page.bringToFront();
      for (const mode of MODES) {
        const popup = await harness.popup(page, { mode });
        assert.equal(await popup.target.evaluate(() => devicePixelRatio, null), 2);
        assert.deepEqual(await popup.target.evaluate(cutOff, null), [], `${mode}, magnified`);
        if (shown) await popup.target.screenshot(artifact(`${locale}-popup-${mode}-magnified.png`));
        await popup.close();
      }
      await options.evaluate(async () => chrome.tabs.setZoom(1));
      await options.close();
    });

    test("the card and the bar on a page", async () => {
      const page = await harness.open("page.html", PAGE);
      const content = await Content.of(harness.browser.context, page, harness.browser.extension);
      await page.evaluate(() => getSelection()?.selectAllChildren(document.body));
      await pressShortcut(harness.browser, page, "rewrite-selection");
      const card = await content.ended("card");
      assert.equal(card.state, "done", JSON.stringify(card));
      await look(content, `${locale}-card`, SURFACES);
      await page.keyboard.press("Escape");
      await content.closed("card");
      await chooseMenu(harness.browser, page, "translate-page");
      await content.ended("bar");
      await look(content, `${locale}-bar`, SURFACES);
    });
  });
}
