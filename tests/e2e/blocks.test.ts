// How a page's text is taken apart and put together again, without an engine: the injected script
// alone, on many pages.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type {} from "../../content/globals";
import type { JobView, PageBlocks, Span } from "../../offscreen/protocol/protocol";
import type {} from "../../offscreen/view/injected";
import { environment } from "./driver/browser.ts";
import { launchPlain } from "./driver/plain.ts";

const PAGE = `<!doctype html><html lang="de"><title>Seite</title><style>.big{font-weight:bold}</style><body>
  <nav><a href="/a">Start</a> <a href="/b">Über uns</a></nav>
  <h1>Die <em>große</em> Überschrift</h1>
  <p id="links">
    Ein Satz mit einem <a id="one" href="/one">ersten Verweis</a> und einem <a id="two" href="/two">zweiten <b>wichtigen</b> Verweis</a>.
  </p>
  <p id="code">Der Befehl <code>git commit</code> speichert alles.</p>
  <p id="span">Nur <span>ein Satz</span> ohne <span class="big">Umbruch</span>.</p>
  <ul><li>Erster Punkt</li><li>Zweiter Punkt<ul><li>Darunter</li></ul></li></ul>
  <table><tr><td>Zelle eins</td><td>42</td></tr></table>
  <p>Zeile eins<br>Zeile zwei</p>
  <div>Vorher <p>Absatz</p> nachher</div>
  <p id="icon">Ein Bild <img width="16" height="16" alt=""> im Satz</p>
  <pre>nicht übersetzen</pre><p translate="no">Markenname</p><p class="notranslate">Auch nicht</p>
  <p>Ein <span translate="no">Eigenname</span> bleibt.</p>
  <textarea>Eingabe</textarea><div contenteditable="true">Entwurf</div><button>Knopf</button>
  <p hidden>Versteckt</p><p style="visibility:hidden">Unsichtbar</p><script>"nicht lesen"</script>
  <p lang="en">Already English</p>
  <math><mi>x</mi></math>
</body></html>`;

const texts = ({ blocks }: PageBlocks): string[] => blocks.map(({ spans }) => spans.map(({ text }) => text).join(""));

describe("the blocks of a page", () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await launchPlain();
    page = await browser.newPage();
    // Nothing that a saved page mentions is fetched.
    await page.route("**", (route) => route.abort());
  });
  after(async () => browser.close());

  const open = async (html: string): Promise<PageBlocks> => {
    await page.setContent(html, { waitUntil: "domcontentloaded" });
    await page.addScriptTag({
      content: await readFile(join(environment("SOTTO_DIST"), "content/translate.js"), "utf8"),
    });
    const blocks = await page.evaluate(() => globalThis.sottoBlocks?.("job", "en"));
    assert.ok(blocks && "blocks" in blocks);
    return blocks;
  };

  /** Puts in a translation of each block. */
  const translate = async (translations: (Span[] | undefined)[]): Promise<void> => {
    const sections = translations.flatMap((spans, index) =>
      spans
        ? [{ index, before: "", text: "", status: "checked", source: undefined, spans, lost: [], note: undefined }]
        : [],
    );
    await page.evaluate(
      (view) => {
        globalThis.sottoTranslations?.get("job")?.update(view as unknown as JobView);
      },
      { job: "job", sections },
    );
  };

  const show = async (translation: boolean): Promise<void> =>
    page.evaluate((shown) => globalThis.sottoTranslations?.get("job")?.show(shown), translation);

  const html = async (): Promise<string> => page.evaluate(() => document.documentElement.outerHTML);

  const upper = ({ text, mark, verbatim }: Span): Span => ({
    text: verbatim ? text : text.toUpperCase(),
    mark,
    verbatim,
  });

  test("one element with thousands of others in it: none is looked at when there is no more time", async () => {
    const { blocks } =
      await open(`<!doctype html><html lang="de"><body><p>Der Anfang.</p><span id="many"></span><script>
      for (let i = 0; i < 20_000; i += 1) many.append(document.createElement("b"), "Wort ");
      let now = 0;
      performance.now = () => (now += 10);
      const style = getComputedStyle;
      globalThis.asked = 0;
      globalThis.getComputedStyle = (...of) => ((asked += 1), style(...of));
    </script>`);
    assert.equal(blocks[0]?.spans[0]?.text, "Der Anfang.");
    const asked = await page.evaluate<number>("asked");
    assert.ok(asked < 2000, `${asked} styles`);
    // A window with the browser's own clock again.
    await page.goto("about:blank");
  });

  test("paragraphs, headings, items, cells and lines; no code, fields or hidden text", async () => {
    assert.deepEqual(texts(await open(PAGE)), [
      "Start",
      "Über uns",
      "Die große Überschrift",
      "Ein Satz mit einem ersten Verweis und einem zweiten wichtigen Verweis.",
      "Der Befehl git commit speichert alles.",
      "Nur ein Satz ohne Umbruch.",
      "Erster Punkt",
      "Zweiter Punkt",
      "Darunter",
      "Zelle eins",
      "Zeile eins",
      "Zeile zwei",
      "Vorher",
      "Absatz",
      "nachher",
      "Ein Bild im Satz",
      "Ein Eigenname bleibt.",
      "Knopf",
    ]);
  });

  test("inline markup becomes marks, code is verbatim, what looks like nothing is none", async () => {
    const { blocks } = await open(PAGE);
    const marks = (i: number): (number | undefined)[] => blocks[i]?.spans.map(({ mark }) => mark ?? undefined) ?? [];
    assert.deepEqual(marks(3), [undefined, 0, undefined, 1, 2, 1, undefined]);
    assert.deepEqual(marks(5), [undefined, 0, undefined]);
    assert.deepEqual(
      blocks[4]?.spans.map(({ text, verbatim }) => [text, verbatim]),
      [
        ["Der Befehl ", false],
        ["git commit", true],
        [" speichert alles.", false],
      ],
    );
  });

  test("letters that the style alone raises are no digits of the number before them", async () => {
    const raised = `Ein Tropfen hat 10<span class="up">6</span> Zellen<a class="up" href="#note">2</a>.`;
    const style = "<style>.up{vertical-align:super;font-size:60%}</style>";
    const { blocks } = await open(`<!doctype html><html lang="de">${style}<p>${raised}</p></html>`);
    assert.deepEqual(
      blocks[0]?.spans.map(({ text, verbatim }) => (verbatim ? `{${text}}` : text)),
      ["Ein Tropfen hat 10", "6", " Zellen", "{2}", "."],
    );
  });

  test("a translation keeps the page's own elements, their listeners and addresses", async () => {
    const { blocks } = await open(PAGE);
    await page.evaluate(() => {
      const link = document.querySelector("#one");
      link?.addEventListener("click", (event) => {
        event.preventDefault();
        document.body.dataset["clicked"] = "yes";
      });
    });
    const original = await html();
    await translate(blocks.map(({ spans }) => spans.map(upper)));
    const links = await page.$eval("#links", (element) => element.innerHTML.trim());
    assert.equal(
      links,
      'EIN SATZ MIT EINEM <a id="one" href="/one">ERSTEN VERWEIS</a> UND EINEM <a id="two" href="/two">ZWEITEN <b>WICHTIGEN</b> VERWEIS</a>.',
    );
    assert.equal(
      await page.$eval("#code", (element) => element.innerHTML),
      "DER BEFEHL <code>git commit</code> SPEICHERT ALLES.",
    );
    assert.equal(await page.$eval("#links", (element) => element.getAttribute("lang")), "en");
    await page.evaluate(() => document.querySelector<HTMLElement>("#one")?.click());
    assert.equal(await page.evaluate(() => document.body.dataset["clicked"]), "yes");
    await page.evaluate(() => delete document.body.dataset["clicked"]);
    await show(false);
    assert.equal(await html(), original, "restored to the letter");
    await show(true);
    assert.match(await page.$eval("#links", (element) => element.innerHTML), /ERSTEN VERWEIS/u);
  });

  test("marks in another order: the elements are moved, and back", async () => {
    const { blocks } = await open(PAGE);
    const original = await html();
    const span = (text: string, mark?: number, verbatim = false): Span => ({ text, mark, verbatim });
    const swapped = blocks.map((_, i) =>
      i === 3
        ? [
            span("A "),
            span("second ", 1),
            span("important", 2),
            span(" link", 1),
            span(" and a "),
            span("first", 0),
            span("."),
          ]
        : undefined,
    );
    await translate(swapped);
    assert.equal(
      (await page.$eval("#links", (element) => element.innerHTML)).replace(/\s+/gu, " ").trim(),
      'A <a id="two" href="/two">second <b>important</b> link</a> and a <a id="one" href="/one">first</a>.',
    );
    await show(false);
    assert.equal(await html(), original);
  });

  test("text where the original had none, and marks that are lost", async () => {
    const { blocks } = await open(PAGE);
    const original = await html();
    const plain = (text: string): Span[] => [{ text, mark: undefined, verbatim: false }];
    const some = blocks.map((_, i) => {
      if (i === 4) return plain("The command git commit saves everything.");
      if (i !== 2) return undefined;
      return [{ text: "Big", mark: 0, verbatim: false }, ...plain(" is the headline")];
    });
    await translate(some);
    assert.equal(
      await page.$eval("#code", (element) => (element as HTMLElement).innerText),
      "The command git commit saves everything.",
      "once: the page's own element is out of sight, where the page finds it",
    );
    assert.equal(await page.$eval("h1", (element) => element.innerHTML), "<em>Big</em> is the headline");
    await show(false);
    assert.equal(await html(), original);
  });

  test("a form sends what the page wrote, from its buttons and its lists", async () => {
    const { blocks } = await open(`<!doctype html><html lang="de"><form><input name="go" type="submit" value="Senden">
      <select name="day"><option>Heute</option></select></form><script>
      document.forms[0].addEventListener("submit", (event) => {
        event.preventDefault();
        document.title = [...new FormData(event.target, event.submitter).values()].join();
      });</script></html>`);
    await translate(blocks.map(({ spans }) => spans.map(upper)));
    assert.equal(await page.$eval("input", (input) => input.value), "SENDEN");
    assert.equal(await page.$eval("select", (select) => select.selectedOptions[0]?.text), "HEUTE");
    await page.click("input");
    assert.equal(await page.title(), "Senden,Heute");
    await page.waitForFunction(() => document.querySelector("input")?.value === "SENDEN");
  });

  test("what the page has changed meanwhile is left to it", async () => {
    const { blocks } = await open(PAGE);
    await page.evaluate(() => {
      document.querySelector("h1")!.textContent = "Neu";
      document.querySelector("#code")!.remove();
    });
    const changed = await html();
    await translate(blocks.map(({ spans }) => spans.map(upper)));
    assert.equal(await page.textContent("h1"), "Neu");
    await page.evaluate(() => void (document.querySelector("#span")!.textContent = "Später geändert"));
    await show(false);
    const now = await html();
    assert.match(now, /Später geändert/u);
    assert.equal(now.replace(/<p id="span">.*?<\/p>/u, ""), changed.replace(/<p id="span">.*?<\/p>/u, ""));
  });

  test("text in open shadow trees and their slots", async () => {
    const blocks = await open(`<!doctype html><my-card>Im <b>Slot</b></my-card><script>
      customElements.define("my-card", class extends HTMLElement {
        constructor() { super(); this.attachShadow({ mode: "open" }).innerHTML = "<h2>Im Schatten</h2><p><slot></slot></p>"; }
      });</script>`);
    assert.deepEqual(texts(blocks), ["Im Schatten", "Im Slot"]);
  });

  test("real pages come back to the letter, however the marks were treated", async () => {
    const folder = join(environment("SOTTO_ROOT"), "tests/pages");
    let seen = 0;
    for (const name of await readdir(folder)) {
      const source = await readFile(join(folder, name, "source.html"), "utf8").catch(() => undefined);
      if (source === undefined) continue;
      const { blocks } = await open(source.replace(/<script.*?<\/script>/gsu, ""));
      const original = await html();
      const ways: Record<string, (spans: Span[]) => Span[]> = {
        kept: (spans) => spans.map(upper),
        reversed: (spans) => spans.map(upper).reverse(),
        plain: (spans) => [{ text: spans.map(({ text }) => text).join(""), mark: undefined, verbatim: false }],
        shortened: (spans) => spans.slice(0, 1).map(upper),
      };
      for (const [way, change] of Object.entries(ways)) {
        await page.evaluate(() => globalThis.sottoBlocks?.("job", "xx"));
        await translate(blocks.map(({ spans }) => change(spans)));
        const translated = await html();
        if (blocks.length > 0) assert.notEqual(translated, original, `${name} ${way}: something happens`);
        await show(false);
        assert.equal(await html(), original, `${name} ${way}: restored to the letter`);
      }
      seen += blocks.length;
    }
    assert.ok(seen > 500, `${seen} blocks`);
  });
});
