// Selections in every kind of place: read as they stand, replaced as if typed, brought back by one
// undo. The injected script alone, without an engine.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type {} from "../../content/globals";
import type { Selection } from "../../offscreen/protocol/protocol";
import type {} from "../../offscreen/view/injected";
import { environment } from "./driver/browser.ts";
import { launchPlain } from "./driver/plain.ts";

/** A field, how its text is read and what it becomes. */
interface Case {
  what: string;
  html: string;
  text: string;
  replacement: string;
  /** What is in the field then. */
  after: string;
}

const CASES: Case[] = [
  {
    what: "a textarea of several lines",
    html: `<textarea id="field">One\n\nTwo</textarea>`,
    text: "One\n\nTwo",
    replacement: "Eins\n\nZwei\nDrei",
    after: "Eins\n\nZwei\nDrei",
  },
  {
    what: "a single line, given several",
    html: `<input id="field" value="One two">`,
    text: "One two",
    replacement: "Eins\nzwei",
    after: "Eins zwei",
  },
  {
    what: "a search field",
    html: `<input id="field" type="search" value="One">`,
    text: "One",
    replacement: "Eins",
    after: "Eins",
  },
  {
    what: "an editable line",
    html: `<div id="field" contenteditable>One <b>two</b> three</div>`,
    text: "One two three",
    replacement: "Eins zwei",
    after: "Eins zwei",
  },
  {
    what: "editable paragraphs",
    html: `<div id="field" contenteditable><p>One</p><p>Two</p></div>`,
    text: "One\n\nTwo",
    replacement: "Eins\n\nZwei",
    after: "<p>Eins</p><p>Zwei</p>",
  },
  {
    what: "editable lines of a mail",
    html: `<div id="field" contenteditable><div>One</div><div>Two</div></div>`,
    text: "One\nTwo",
    replacement: "Eins\nZwei",
    after: "<div>Eins</div><div>Zwei</div>",
  },
  {
    what: "words that a style shows in capitals",
    html: `<div id="field" contenteditable style="text-transform:uppercase">There is many.</div>`,
    text: "There is many.",
    replacement: "There are many.",
    after: "There are many.",
  },
  {
    what: "plain text only",
    html: `<div id="field" contenteditable="plaintext-only" style="white-space:pre-wrap">One\nTwo</div>`,
    text: "One\nTwo",
    replacement: "Eins\nZwei",
    after: "Eins<div>Zwei</div>",
  },
];

describe("places", () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await launchPlain();
    page = await browser.newPage();
  });
  after(async () => browser.close());

  const open = async (html: string): Promise<void> => {
    await page.setContent(
      `<!doctype html><html lang="en" spellcheck="false"><body>${html}<p id="other" tabindex="0">Other</p>`,
    );
    const script = await readFile(join(environment("SOTTO_DIST"), "content/selection.js"), "utf8");
    await page.addScriptTag({ content: `globalThis.sottoSelections = undefined; ${script}` });
  };

  const select = async (): Promise<Selection | undefined> =>
    page.evaluate(() => globalThis.sottoSelect?.("job", false).selection);

  const accept = async (text: string): Promise<string | undefined> =>
    page.evaluate((result) => globalThis.sottoAccept?.("job", result), text);

  const content = async (): Promise<string> =>
    page.$eval("#field", (field) => ("value" in field ? String(field.value) : field.innerHTML));

  for (const { what, html, text, replacement, after: expected } of CASES) {
    test(`${what}: read, replaced while the focus is elsewhere, undone`, async () => {
      await open(html);
      const original = await content();
      await page.focus("#field");
      await page.keyboard.press("Control+A");
      const read = await select();
      assert.equal(read?.text, text);
      assert.ok(read.editable);
      await page.focus("#other");
      await page.evaluate(() => getSelection()?.removeAllRanges());
      assert.equal(await accept(replacement), undefined);
      assert.equal(await content(), expected);
      await page.keyboard.press("Control+Z");
      assert.equal(await content(), original, "one undo brings it back");
    });
  }

  test("a part of a field: only that part, and events as for typing", async () => {
    await open(`<textarea id="field">One two three</textarea>`);
    await page.evaluate(() => {
      const field = document.querySelector("textarea");
      field?.addEventListener("input", (event) => {
        document.title = `${(event as InputEvent).inputType} ${field.value}`;
      });
      field?.focus();
      field?.setSelectionRange(4, 7);
    });
    assert.equal((await select())?.text, "two");
    assert.equal(await accept("2"), undefined);
    assert.equal(await page.title(), "insertText One 2 three");
  });

  test("a field in an open shadow tree", async () => {
    await open(`<div id="host"></div>`);
    await page.evaluate(() => {
      const root = document.querySelector("#host")?.attachShadow({ mode: "open" });
      if (root) root.innerHTML = `<textarea>Deep down</textarea>`;
      root?.querySelector("textarea")?.select();
      root?.querySelector("textarea")?.focus();
    });
    assert.equal((await select())?.text, "Deep down");
    assert.equal(await accept("Up high"), undefined);
    const value = await page.evaluate(
      () => document.querySelector("#host")?.shadowRoot?.querySelector("textarea")?.value,
    );
    assert.equal(value, "Up high");
  });

  test("a page whose elements take the names of what is asked for", async () => {
    const names = ["getSelection", "activeElement", "execCommand", "createRange", "body"];
    await open(
      `${names.map((name) => `<img name="${name}" id="${name}" alt="">`).join("")}<p id="field" contenteditable>One</p>`,
    );
    await page.focus("#field");
    await page.keyboard.press("Control+A");
    assert.equal((await select())?.text, "One");
    assert.equal(await accept("Eins"), undefined);
    assert.equal(await content(), "Eins");
  });

  test("what cannot be replaced says why, and nothing is lost", async () => {
    await open(`<textarea id="field" readonly>One</textarea>`);
    await page.focus("#field");
    await page.keyboard.press("Control+A");
    assert.equal((await select())?.editable, false);
    assert.equal(await accept("Eins"), "locked");
    await open(`<fieldset><input id="field" value="One"></fieldset>`);
    await page.focus("#field");
    await page.keyboard.press("Control+A");
    await select();
    await page.evaluate(() => document.querySelector("fieldset")?.setAttribute("disabled", ""));
    assert.equal(await accept("Eins"), "locked");
    await open(`<input id="field" value="One" maxlength="5">`);
    await page.focus("#field");
    await page.keyboard.press("Control+A");
    await select();
    assert.equal(await accept("Much longer"), "too-long");
    await page.fill("#field", "Two");
    assert.equal(await accept("Eins"), "changed");
    assert.equal(await content(), "Two");
    await page.evaluate(() => document.querySelector("#field")?.remove());
    assert.equal(await accept("Eins"), "gone");
    await open(`<p id="field">Plain text</p>`);
    await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector("#field") ?? document));
    assert.deepEqual((await select())?.editable, false);
    assert.equal(await accept("Eins"), "locked");
    assert.equal(await content(), "Plain text");
  });

  test("a page that refuses what is typed", async () => {
    for (const html of [`<textarea id="field">One</textarea>`, `<div id="field" contenteditable>One</div>`]) {
      await open(html);
      await page.evaluate(() => {
        const field = document.querySelector<HTMLElement>("#field");
        field?.addEventListener("beforeinput", (event) => event.preventDefault());
        field?.addEventListener("input", () => {
          if (field instanceof HTMLTextAreaElement) field.value = "One";
        });
      });
      await page.focus("#field");
      await page.keyboard.press("Control+A");
      await select();
      assert.equal(await accept("Eins"), "refused");
      assert.equal(await content(), "One");
    }
  });

  /** Opens a page, selects all of its field, and reads that. */
  const openSelected = async (html: string, script: () => void = () => undefined): Promise<void> => {
    await open(html);
    await page.evaluate(script);
    await page.focus("#field");
    await page.keyboard.press("Control+A");
    await select();
    await page.focus("#other");
  };

  const FIELDS = [
    `<textarea id="field">There is many.</textarea>`,
    `<input id="field" value="There is many.">`,
    `<div id="field" contenteditable>There is many.</div>`,
  ];

  test("a page that leads the focus to another field: neither is written to", async () => {
    const others = [`<input id="trap" value="There is many.">`, `<div id="trap" contenteditable>There is many.</div>`];
    for (const html of FIELDS.flatMap((field) => others.map((other) => field + other))) {
      await openSelected(html);
      await page.evaluate(() => {
        const trap = document.querySelector<HTMLElement>("#trap");
        document.querySelector("#field")?.addEventListener("focus", () => {
          trap?.focus();
          if (trap instanceof HTMLInputElement) trap.select();
          else if (trap) getSelection()?.selectAllChildren(trap);
        });
      });
      assert.notEqual(await accept("There are many."), undefined, html);
      assert.equal(await content(), "There is many.", html);
      const trap = await page.$eval("#trap", (field) => ("value" in field ? field.value : field.innerHTML));
      assert.equal(trap, "There is many.", html);
    }
  });

  test("a modal dialog opened since: what has the focus in it is not written to", async () => {
    for (const html of FIELDS) {
      await openSelected(html);
      await page.evaluate(() => {
        const dialog = document.body.appendChild(document.createElement("dialog"));
        dialog.innerHTML = `<input id="trap" value="Dear Anna">`;
        dialog.showModal();
        dialog.querySelector("input")?.select();
      });
      assert.equal(await accept("There are many."), "refused", html);
      assert.equal(await content(), "There is many.");
      assert.equal(await page.inputValue("#trap"), "Dear Anna");
    }
  });

  test("a page that takes the text back a moment later", async () => {
    for (const html of FIELDS) {
      await openSelected(html, () => {
        const field = document.querySelector<HTMLElement>("#field");
        field?.addEventListener("input", () =>
          setTimeout(() => {
            if (field.isContentEditable) field.innerHTML = "There is many.";
            else (field as HTMLInputElement).value = "There is many.";
          }, 20),
        );
      });
      assert.equal(await accept("There are many."), "refused", html);
      assert.equal(await content(), "There is many.");
    }
  });

  test("a page that makes something else of what is typed: the old text is back", async () => {
    const changes = [
      (value: string) => value.replace(/\D/gu, ""),
      (value: string) => value.slice(0, 8),
      (value: string) => `${value}!`,
      (value: string) => value.replace("113", "114"),
    ];
    for (const [change, later] of changes.flatMap((one) => [0, 20].map((ms) => [one, ms] as const))) {
      await openSelected(`<input id="field" value="Call 112 now">`);
      await page.evaluate(
        ([code, ms]) => {
          const field = document.querySelector<HTMLInputElement>("#field");
          const change = new Function(`return ${code}`)() as (value: string) => string;
          const apply = (): void => void (field && (field.value = change(field.value)));
          field?.addEventListener("input", () => (ms ? setTimeout(apply, ms) : apply()));
        },
        [change.toString(), later] as const,
      );
      assert.equal(await accept("Call 113 now"), "altered", `${change} ${later}`);
      assert.equal(await content(), "Call 112 now", `${change} ${later}`);
    }
  });

  test("a page that only tidies up what is typed", async () => {
    await openSelected(`<input id="field" value="it's  many">`, () => {
      const field = document.querySelector<HTMLInputElement>("#field");
      field?.addEventListener("input", () => {
        field.value = field.value.toUpperCase().replaceAll("'", "’").trim();
      });
    });
    assert.equal(await accept("it's so many "), undefined);
    assert.equal(await content(), "IT’S SO MANY");
  });

  test("a field that its page changes when it gets the focus", async () => {
    await openSelected(FIELDS[0] ?? "");
    await page.evaluate(() => {
      const field = document.querySelector<HTMLTextAreaElement>("#field");
      field?.addEventListener("focus", () => (field.value = "There is one."));
    });
    assert.equal(await accept("There are many."), "changed");
    assert.equal(await content(), "There is one.");
  });

  test("what the reader types on at once stays", async () => {
    for (const html of FIELDS) {
      await openSelected(html);
      await page.focus("#field");
      const accepting = accept("There are many.");
      // Before the page is looked at again.
      await page.evaluate(async (old) => {
        const field = document.querySelector<HTMLInputElement>("#field");
        while ((field?.value ?? field?.innerHTML) === old) await new Promise((later) => setTimeout(later));
      }, "There is many.");
      await page.keyboard.press("Z");
      assert.equal(await accepting, undefined, html);
      assert.equal(await content(), "There are many.Z", html);
    }
  });

  test("the same text elsewhere in the field is not taken for it", async () => {
    for (const html of [
      `<textarea id="field">Yes. No. Yes.</textarea>`,
      `<p id="field" contenteditable>Yes. No. Yes.</p>`,
    ]) {
      await open(html);
      await page.focus("#field");
      await page.keyboard.press("Control+End");
      for (let i = 0; i < 4; i += 1) await page.keyboard.press("Shift+ArrowLeft");
      assert.equal((await select())?.text, "Yes.");
      await page.keyboard.press("Delete");
      assert.equal(await accept("Oui."), "changed", html);
      assert.match(await content(), /^Yes. No.(\s|&nbsp;)$/u);
    }
  });

  test("asked for twice, it is put in once", async () => {
    for (const html of FIELDS) {
      await openSelected(html);
      const both = await page.evaluate(async () =>
        Promise.all([0, 1].map(async () => globalThis.sottoAccept?.("job", "So: There is many."))),
      );
      assert.deepEqual(both, [undefined, undefined], html);
      assert.equal(await content(), "So: There is many.");
      assert.equal(await accept("So: There is many."), undefined);
      assert.equal(await content(), "So: There is many.");
    }
  });

  test("an editor that draws its text itself is told, and does it", async () => {
    await open(`<div id="field" contenteditable>One</div>`);
    await page.evaluate(() => {
      const field = document.querySelector<HTMLElement>("#field");
      field?.addEventListener("beforeinput", (event) => {
        event.preventDefault();
        setTimeout(() => (field.innerHTML = `<i>${event.data}</i>`), 20);
      });
    });
    await page.focus("#field");
    await page.keyboard.press("Control+A");
    await select();
    assert.equal(await accept("Eins"), undefined);
    assert.equal(await content(), "<i>Eins</i>");
  });

  test("an editor that takes the keys in a hidden field: all that it would copy is read, and nothing replaced", async () => {
    for (const name of ["monaco-editor", "ace_editor", "CodeMirror"]) {
      await open(`<div class="${name}"><textarea id="field">on view</textarea></div>`);
      await page.focus("#field");
      await page.keyboard.press("Control+A");
      assert.equal(await select(), undefined, "it would copy nothing");
      await page.evaluate(() =>
        document.querySelector("#field")?.addEventListener("copy", (event) => {
          (event as ClipboardEvent).clipboardData?.setData("text/plain", "There is many.\nOut of view.");
          event.preventDefault();
        }),
      );
      const read = await select();
      assert.equal(read?.text, "There is many.\nOut of view.", name);
      assert.equal(read.editable, false);
      assert.equal(await accept("There are many."), "partial");
      assert.equal(await content(), "on view");
    }
  });

  test("passwords and numbers are never read, no selection is none", async () => {
    const fields = [`<input id="field" type="password" value="secret">`, `<input id="field" type="number" value="42">`];
    for (const html of [...fields, `<textarea id="field"></textarea>`]) {
      await open(html);
      await page.focus("#field");
      await page.keyboard.press("Control+A");
      assert.equal(await select(), undefined, html);
    }
  });

  test("a selection beyond the limit: its beginning, and only that is replaced", async () => {
    await open(`<textarea id="field"></textarea>`);
    const long = "word ".repeat(20_000);
    await page.fill("#field", long);
    await page.focus("#field");
    await page.keyboard.press("Control+A");
    const read = await select();
    assert.ok(read && read.text.length <= 64 * 1024 && read.leftOut.cut === long.length - read.text.length);
    assert.equal(await accept("short "), undefined);
    assert.equal(await content(), `short ${long.slice(read.text.length)}`);
  });
});
