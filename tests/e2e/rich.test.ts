// What stands among words stays as it is when they are changed: in an editable element without an
// editor, each changed stretch is written inside its own text node. What cannot be written so is
// refused in words, and nothing is changed.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type {} from "../../content/globals";
import type {} from "../../offscreen/view/injected";
import { environment } from "./driver/browser.ts";
import { fixed } from "./driver/mistakes.ts";
import { launchPlain } from "./driver/plain.ts";

const LISBON = "There is many reasons to visit Lisbon.";
const MARKET = "She go to the market every Saturday.";
const COFFEE = "He don't like coffee in the morning.";
const PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

/** What is in the editable element: each with words that are wrong. */
const KINDS: Record<string, string> = {
  link: `<p>Please see <a href="https://example.org/doc">the document</a> which explain it. ${LISBON}</p>`,
  "a word of a link": `<p>Did you <a href="https://example.org/">recieve</a> it? ${LISBON}</p>`,
  image: `<p>There is many <img src="${PIXEL}" alt="chart" width="20"> reasons. ${MARKET}</p>`,
  mention: `<p>Hello <span class="mention" contenteditable="false" data-id="7">@Anna</span>, ${LISBON} ${MARKET}</p>`,
  table: `<table><tbody><tr><td>${LISBON}</td><td>${MARKET}</td></tr><tr><td>${COFFEE}</td><td>Fine.</td></tr></tbody></table>`,
  "table with a head": `<table><thead><tr><th>${LISBON}</th></tr></thead><tbody><tr><td>${MARKET}</td></tr></tbody></table>`,
  list: `<ul><li>${MARKET}</li><li>${COFFEE}</li></ul>`,
  "numbered list": `<ol start="3"><li>${MARKET}</li><li>${COFFEE}</li></ol>`,
  "list in a list": `<ul><li>${MARKET}<ul><li>${COFFEE}</li></ul></li><li>Fine.</li></ul>`,
  rule: `<p>${LISBON}</p><hr><p>${MARKET}</p>`,
  "tick boxes": `<p><input type="checkbox" checked=""> ${MARKET}</p><p><input type="checkbox"> ${COFFEE}</p>`,
  quote: `<p>${LISBON}</p><blockquote cite="x"><p>${MARKET}</p></blockquote><p>after</p>`,
  "hidden text": `<p>${LISBON}<span style="display:none">There is many a secret.</span> ${MARKET}</p>`,
  "line breaks": `${LISBON}<br>${MARKET}<br><br>${COFFEE}`,
  headings: `<h2 id="top">${LISBON}</h2><p class="lead">${MARKET}</p><p>${COFFEE}</p>`,
  bold: `<p>${LISBON} <b>Did you recieve it?</b> <strong>She go to</strong> the market.</p>`,
  "bold and italic": `<p>${LISBON} <b>Do <i>you recieve</i> it?</b> ${MARKET}</p>`,
  "colours and sizes": `<p><span style="color: red;">${LISBON}</span> <font size="5">${MARKET}</font></p>`,
  code: `<p>${LISBON} <code>There_is many</code> ${MARKET}</p><pre>a  b\n  c</pre>`,
  "a footnote": `<p>${LISBON}<sup><a href="#n1">1</a></sup> ${MARKET}</p>`,
  svg: `<p>${LISBON} <svg width="10" height="10"><circle r="5"></circle></svg> ${MARKET}</p>`,
  "video and sound": `<p>${LISBON}</p><video controls=""></video><p>${MARKET}</p><audio controls=""></audio><p>${COFFEE}</p>`,
  details: `<details open=""><summary>${LISBON}</summary><p>${MARKET}</p></details>`,
  definitions: `<dl><dt>${LISBON}</dt><dd>${MARKET}</dd><dd>${COFFEE}</dd></dl>`,
  "tracked changes": `<p>There is <del>much</del> <ins>many</ins> reasons. ${LISBON} ${MARKET}</p>`,
  "an element of the page's own": `<x-card data-id="5"><p>${LISBON}</p></x-card><p data-block="9">${MARKET}</p>`,
  comments: `<p>${LISBON}<!-- anchor 12 --> ${MARKET}</p>`,
  "several languages": `<p lang="en">${LISBON} <span lang="de">Guten Tag.</span> <bdi dir="rtl">שלום</bdi> ${MARKET}</p>`,
};

describe("rich text", () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await launchPlain();
    page = await browser.newPage();
  });
  after(async () => browser.close());

  /** Opens a page with an editable element, selects all of it, and reads it. */
  const open = async (html: string, attributes = "contenteditable"): Promise<string> => {
    await page.setContent(`<!doctype html><html lang="en" spellcheck="false"><div id="field" ${attributes}></div>`);
    const script = await readFile(join(environment("SOTTO_DIST"), "content/selection.js"), "utf8");
    await page.addScriptTag({ content: `globalThis.sottoSelections = undefined; ${script}` });
    await page.evaluate((content) => {
      const field = document.querySelector<HTMLElement>("#field")!;
      field.innerHTML = content;
      field.focus();
      getSelection()?.selectAllChildren(field);
    }, html);
    return page.evaluate(() => globalThis.sottoSelect?.("job", false).selection?.text ?? "");
  };

  const accept = async (text: string): Promise<string | undefined> =>
    page.evaluate((words) => globalThis.sottoAccept?.("job", words), text);

  const content = async (): Promise<string> => page.$eval("#field", ({ innerHTML }) => innerHTML);

  test("words are changed, everything else is as it was, and undone", async () => {
    const wrong: string[] = [];
    for (const [kind, html] of Object.entries(KINDS)) {
      const text = await open(html);
      const original = await content();
      const before = await page.evaluateHandle(() => [...document.querySelectorAll("#field *")]);
      const error = await accept(fixed(text));
      const wanted = original.replace(/<span style="display:none">.*?<\/span>|[^<]+/gu, (part) =>
        part.startsWith("<") ? part : fixed(part),
      );
      const now = await content();
      if (error || now !== wanted) {
        wrong.push(`${kind}: ${error} ${text}\n${now}\n${wanted}`);
        continue;
      }
      const kept = await page.evaluate((elements) => elements.filter((element) => !element.isConnected).length, before);
      if (kept > 0 && kind !== "a word of a link") wrong.push(`${kind}: ${kept} elements are not the same`);
      for (let i = 0; i < 8 && (await content()) !== original; i += 1) await page.keyboard.press("Control+Z");
      if ((await content()) !== original) wrong.push(`${kind}: not undone: ${await content()}`);
    }
    assert.deepEqual(wrong, []);
  });

  test("what would take more than words away is refused, and nothing is changed", async () => {
    const cases: [error: string, html: string, text: string][] = [
      ["kept", `<p>Ask <span contenteditable="false">@Anna</span> again.</p>`, "Ask @Anne again."],
      ["kept", `<p>See the <a href="#1">news</a> today.</p>`, "See today."],
      ["structure", `<ul><li>${MARKET}</li><li>${COFFEE}</li></ul>`, "One line."],
      ["structure", `<p>${LISBON}</p><p>See <a href="#1">this</a>.</p>`, "One\nTwo\nThree"],
      ["structure", `<p>${LISBON} <b>Bold.</b></p>`, "- One\n- Two"],
    ];
    for (const [error, html, text] of cases) {
      await open(html);
      assert.equal(await accept(text), error, html);
      assert.equal(await content(), html);
    }
  });

  test("an editor that drops formatting from what is pasted is given its words stretch by stretch", async () => {
    const text = await open(`<p>${LISBON} <b>Bold.</b></p><p>${MARKET}</p>`, `contenteditable class="ProseMirror"`);
    await page.evaluate(() => {
      const field = document.querySelector("#field");
      field?.addEventListener("copy", (event) => {
        const { clipboardData } = event as ClipboardEvent;
        clipboardData?.setData("text/html", field.innerHTML);
        event.preventDefault();
      });
      field?.addEventListener("paste", (event) => {
        const { clipboardData } = event as ClipboardEvent;
        document.execCommand("insertText", false, clipboardData?.getData("text/plain").replaceAll("\n\n", "\n"));
        event.preventDefault();
      });
    });
    const original = await content();
    assert.equal(await accept(fixed(text)), undefined);
    assert.equal(await content(), fixed(original));
  });

  test("a page that changes other text as well: taken back, and said", async () => {
    await open(`<p>${LISBON}</p><p id="other">Best regards, Tom</p>`);
    await page.evaluate(() => {
      const [first, other] = document.querySelectorAll("p");
      getSelection()?.selectAllChildren(first!);
      globalThis.sottoSelect?.("job", false);
      document.querySelector("#field")?.addEventListener("beforeinput", (event) => {
        if ((event as InputEvent).inputType !== "insertText") return;
        event.preventDefault();
        const selection = getSelection();
        selection?.selectAllChildren(other!);
        document.execCommand("insertText", false, "overwritten");
      });
    });
    const original = await content();
    assert.equal(await accept(fixed(LISBON)), "altered");
    assert.equal(await content(), original);
  });
});
