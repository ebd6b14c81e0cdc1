// The pages of `tests/kinds` that say what a translation in place takes, what it leaves, and what
// comes later: the injected script alone, with a translation that is the original in capitals.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type {} from "../../content/globals";
import type { JobView, PageBlocks, Section } from "../../offscreen/protocol/protocol";
import type {} from "../../offscreen/view/injected";
import { environment } from "./driver/browser.ts";
import { launchPlain } from "./driver/plain.ts";

/** What is to be true of a page; a page whose table says none of it is not translated. */
interface Expected {
  /** Whole texts of units that a translation takes. */
  translates?: string[];
  /** Texts that are taken by none. */
  keeps?: string[];
  /** What the page shows then, line by line, in parts. */
  shows?: string[];
  /** Whole texts that are taken after the page's own function `later` has run. */
  later?: string[];
  /** What the page shows at once after that. */
  meanwhile?: string[];
  /** What the page shows in the end. */
  finally?: string[];
}

const FOLDER = join(environment("SOTTO_ROOT"), "tests/kinds");

async function pages(): Promise<{ name: string; html: string; expected: Expected }[]> {
  const found = [];
  for (const file of (await readdir(FOLDER, { recursive: true })).toSorted()) {
    if (!file.endsWith(".json")) continue;
    const expected = JSON.parse(await readFile(join(FOLDER, file), "utf8")) as Expected;
    if (!expected.translates) continue;
    const name = file.slice(0, -".json".length);
    found.push({ name, html: await readFile(join(FOLDER, `${name}.html`), "utf8"), expected });
  }
  return found;
}

const texts = ({ blocks }: PageBlocks): string[] => blocks.map(({ spans }) => spans.map(({ text }) => text).join(""));

function capitals({ blocks }: PageBlocks): Section[] {
  return blocks.map(({ spans }, index) => ({
    index,
    before: "",
    text: "",
    status: "checked",
    source: undefined,
    spans: spans.map((span) => (span.verbatim ? span : { ...span, text: span.text.toUpperCase() })),
    lost: [],
    note: undefined,
  }));
}

describe("in place", async () => {
  let browser: Browser;
  let page: Page;
  let script: string;
  before(async () => {
    browser = await launchPlain();
    page = await browser.newPage();
    await page.route("**", (route) => route.abort());
    script = await readFile(join(environment("SOTTO_DIST"), "content/translate.js"), "utf8");
  });
  after(async () => browser.close());

  const html = async (): Promise<string> =>
    page.evaluate(() => {
      const all = (root: Document | ShadowRoot): string => {
        const inside = [...root.querySelectorAll("*")].map((element) => {
          const frame = element instanceof HTMLIFrameElement ? element.contentDocument : undefined;
          return (element.shadowRoot ? all(element.shadowRoot) : "") + (frame ? all(frame) : "");
        });
        return (root instanceof ShadowRoot ? root.innerHTML : root.documentElement.outerHTML) + inside.join("");
      };
      return all(document);
    });

  const translate = async (job: string, blocks: PageBlocks): Promise<void> =>
    page.evaluate((view) => globalThis.sottoTranslations?.get(view.job)?.update(view as JobView), {
      job,
      sections: capitals(blocks),
    });

  const shows = async (wanted: string[], when: string): Promise<void> => {
    const shown = await page.evaluate(() => {
      const frames = [...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument?.body.innerText);
      return [document.body.innerText, ...frames].join("\n");
    });
    for (const text of wanted)
      assert.ok(shown.includes(text), `${when}: no ${JSON.stringify(text)} in ${JSON.stringify(shown)}`);
  };

  for (const { name, html: source, expected } of await pages()) {
    test(name, async () => {
      await page.setContent(source, { waitUntil: "load" });
      await page.addScriptTag({ content: script });
      const original = await html();
      const blocks = await page.evaluate(() => globalThis.sottoBlocks?.("job", "en"));
      assert.ok(blocks && "blocks" in blocks, JSON.stringify(blocks));
      const taken = texts(blocks);
      for (const text of expected.translates ?? [])
        assert.ok(taken.includes(text), `${text}: not in ${JSON.stringify(taken)}`);
      for (const text of expected.keeps ?? []) {
        assert.ok(!taken.some((unit) => unit.includes(text)), `${text} is taken: ${JSON.stringify(taken)}`);
      }
      await translate("job", blocks);
      await shows(expected.shows ?? [], "translated");
      const translated = await html();
      await page.evaluate(() => globalThis.sottoTranslations?.get("job")?.show(false));
      assert.equal(await html(), original, "restored to the letter");
      await page.evaluate(() => globalThis.sottoTranslations?.get("job")?.show(true));
      assert.equal(await html(), translated, "translated again");
      const beside = async (wanted: boolean): Promise<void> =>
        page.evaluate((on) => globalThis.sottoTranslations?.get("job")?.setBeside(on), wanted);
      await beside(true);
      const found = await page.evaluate(() => globalThis.sottoBlocks?.("other", "en"));
      assert.ok(found && "blocks" in found);
      assert.deepEqual(
        texts(found).toSorted(),
        taken.toSorted(),
        "the originals below the passages are no texts of the page",
      );
      await beside(false);
      assert.equal(await html(), translated, "the originals below the passages are gone again");
      if (!expected.later) return;
      await page.evaluate(async () => {
        const translation = globalThis.sottoTranslations?.get("job");
        if (translation) globalThis.sottoBar = { translation, toggle: () => undefined, close: () => undefined };
        await (globalThis as { later?: () => unknown }).later?.();
      });
      await shows(expected.meanwhile ?? [], "meanwhile");
      const more = await page.evaluate(() => globalThis.sottoMoreBlocks?.("more"));
      assert.deepEqual(more ? texts(more).toSorted() : [], expected.later.toSorted());
      if (more) await translate("more", more);
      await shows(expected.finally ?? [], "finally");
      assert.equal(
        await page.evaluate(() => globalThis.sottoMoreBlocks?.("again")),
        undefined,
        "nothing is asked for twice",
      );
    });
  }
});
