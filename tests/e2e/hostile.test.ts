// Pages that try to kill, cover, move, remove or read the card. What a click on it does is watched
// on its way out: "✕" closes it.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { Content } from "./driver/content.ts";
import { chooseMenu } from "./driver/menu.ts";
import { Harness } from "./harness.ts";

const TEXT = "There is many reasons to visit Lisbon in the spring.";

/** Pages by what they do, and what they do once the card is there. */
const PAGES: Record<string, { html?: string; after?: string }> = {
  "swallows every event at the window": {
    html: `<script>
      for (const type of ["pointerdown", "pointerup", "mousedown", "mouseup", "click", "keydown", "transitionrun", "animationstart"]) {
        addEventListener(type, (event) => { event.stopImmediatePropagation(); event.preventDefault(); }, true);
      }
    </script>`,
  },
  "opens a popover over everything": {
    after: `const over = Object.assign(document.createElement("div"), { popover: "manual" });
      over.style.cssText = "inset:0;width:100%;height:100%;margin:0";
      document.body.append(over);
      over.showPopover();`,
  },
  "opens a modal dialog": {
    after: `const dialog = document.createElement("dialog"); dialog.textContent = "Stay!"; document.body.append(dialog); dialog.showModal();`,
  },
  "opens a modal dialog in a shadow tree": {
    after: `const root = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
      root.innerHTML = "<dialog><button>Stay!</button></dialog>";
      root.firstChild.showModal();`,
  },
  "removes what is added to it": {
    html: `<script>
      let times = 0;
      new MutationObserver((records) => {
        for (const { addedNodes } of records) for (const node of addedNodes) if (node.popover && times++ < 3) node.remove();
      }).observe(document, { childList: true, subtree: true });
    </script>`,
  },
  "hides, moves and disables what is added to it": {
    after: `const host = document.documentElement.lastElementChild;
      host.inert = true; host.hidden = true; host.style.cssText = "display:none!important;transform:scale(0)!important;left:-999px!important";
      host.hidePopover();`,
  },
  "writes itself anew": {
    after: `document.open(); document.write("<!doctype html><title>New</title><p>Another page"); document.close();`,
  },
  "trusts no types and allows no styles": {
    html: `<meta http-equiv="content-security-policy" content="default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'">`,
  },
  "names its elements after the document's properties and Sotto's": {
    html: [
      ..."createElement createRange createTextNode documentElement body activeElement querySelectorAll defaultView".split(
        " ",
      ),
      ..."elementFromPoint execCommand getSelection hasFocus sottoCard sottoOpenCard sottoSelections sottoSurfaces".split(
        " ",
      ),
    ]
      .map(
        (name) =>
          `<img name="${name}" id="${name}" alt=""><form name="${name}x"><input name="matches"><input name="closest"></form>`,
      )
      .join(""),
  },
  "has other prototypes": {
    html: `<script>
      const nothing = () => { throw new Error("no"); };
      for (const name of ["append", "attachShadow", "getBoundingClientRect", "matches"]) Element.prototype[name] = nothing;
      for (const name of ["addEventListener", "dispatchEvent"]) EventTarget.prototype[name] = nothing;
      Document.prototype.createElement = HTMLElement.prototype.showPopover = window.setInterval = window.ShadowRoot = nothing;
    </script>`,
  },
  "changes without end": {
    after: `setInterval(() => { for (let i = 0; i < 100; i += 1) document.body.append(document.createElement("b")); }, 0);`,
  },
};

const page = (html: string): string =>
  `<!doctype html><html lang="en"><title>Hostile</title><body>${html}<p id="text">${TEXT}</p>`;

describe("a hostile page", () => {
  let harness: Harness;
  before(async () => void (harness = await Harness.start({ adapter: "none" })));
  after(async () => harness.stop());

  /** Opens the card on a page's text. */
  const open = async (opened: Page): Promise<Content> => {
    const content = await Content.of(harness.browser.context, opened, harness.browser.extension);
    await opened.mouse.click(5, 5);
    await opened.evaluate(() => {
      const text = [...document.getElementsByTagName("p")].at(-1);
      getSelection()?.selectAllChildren(text as Node);
    });
    await chooseMenu(harness.browser, opened, "rewrite:fix-grammar");
    await content.until("card", "the card", ({ parts }) => parts["name"] !== undefined);
    return content;
  };

  /** Clicks until the card is gone: each try finds it wherever it is now. */
  const closes = async (content: Content): Promise<void> => {
    for (let i = 0; i < 40; i += 1) {
      if ((await content.surface("card")) === undefined) return;
      await content.click("card", "✕").catch(() => undefined);
      await new Promise((later) => setTimeout(later, 250));
    }
    assert.fail("no click closes the card");
  };

  /** Has a passage shown in the first tab, as a view does for a job that worked there. */
  const reveal = async (text: string): Promise<unknown> => {
    const view = await harness.browser.context.newPage();
    await view.goto(`chrome-extension://${harness.browser.extension}/popup/popup.html`);
    const reply = await view.evaluate(async (passage) => {
      const tabs = await chrome.tabs.query({ currentWindow: true });
      await chrome.storage.session.set({ "place:shown": { tab: tabs[0]?.id, frame: 0 } });
      return chrome.runtime.sendMessage<unknown, unknown>({ type: "reveal", job: "shown", text: passage });
    }, text);
    await view.close();
    return reply;
  };

  for (const [what, { html = "", after: code }] of Object.entries(PAGES)) {
    test(`that ${what}: the card can be used`, async () => {
      const opened = await harness.open("hostile", page(html));
      const content = await open(opened);
      // In the page's own world.
      if (code) await opened.evaluate((script) => void new Function(script)(), code);
      await closes(content);
    });
  }

  test("that is written without end: the card opens and a passage is shown all the same", async () => {
    const server = createServer((_, response) => {
      response.setHeader("content-type", "text/html");
      response.write(page(""));
      const more = setInterval(() => response.write("<b>more</b>"), 50);
      response.on("close", () => clearInterval(more));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const opened = harness.browser.context.pages()[0] as Page;
    await opened.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: "commit" });
    await opened.waitForSelector("#text");
    await closes(await open(opened));
    assert.deepEqual(await reveal(TEXT), { type: "ok" });
    server.closeAllConnections();
    server.close();
  });

  test("that listens and looks: it neither sees nor hears what the card says", async () => {
    const opened = await harness.open("hostile", page(""));
    const content = await open(opened);
    const seen = await opened.evaluate(() => {
      const host = document.documentElement.lastElementChild as HTMLElement;
      getSelection()?.selectAllChildren(document.documentElement);
      const ranges = (getSelection() as unknown as { getComposedRanges(): StaticRange[] }).getComposedRanges();
      return [
        host.shadowRoot,
        host.textContent,
        host.innerText,
        getSelection()?.toString().includes("Fix grammar"),
        document.documentElement.innerText.includes("Fix grammar"),
        ranges.every(
          ({ startContainer, endContainer }) => document.contains(startContainer) && document.contains(endContainer),
        ),
        document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.shadowRoot ?? null,
        CSS.highlights.size,
      ];
    });
    assert.deepEqual(seen, [null, "", "", false, false, true, null, 0]);
    await closes(content);
  });

  test("a field in a closed shadow tree is read and replaced", async () => {
    const opened = await harness.open(
      "closed",
      `<!doctype html><html lang="en" spellcheck="false"><title>Closed</title><div id="host"></div><script>
      const root = host.attachShadow({ mode: "closed" });
      root.innerHTML = "<textarea cols=60>${TEXT}</textarea>";
      root.firstChild.focus();
      root.firstChild.select();
      root.firstChild.addEventListener("input", ({ target }) => (document.title = target.value));
    </script>`,
    );
    const content = await Content.of(harness.browser.context, opened, harness.browser.extension);
    await chooseMenu(harness.browser, opened, "rewrite:fix-grammar");
    await content.until("card", "the card", ({ parts }) => parts["name"] !== undefined);
    const read = await content.evaluate(() => globalThis.sottoSelect?.(null, true).selection?.text, null);
    assert.equal(read, TEXT);
    const answer = await content.evaluate(async (text) => {
      globalThis.sottoSelect?.("job", true);
      return (await globalThis.sottoAccept?.("job", text)) ?? "accepted";
    }, "Other words.");
    assert.equal(answer, "accepted");
    assert.equal(await opened.title(), "Other words.");
    await closes(content);
  });

  test("a card for a small frame stands in the page around it", async () => {
    const frame = `<textarea rows='3' cols='36'>${TEXT}</textarea><script>document.querySelector('textarea').select()</script>`;
    const opened = await harness.open(
      "small",
      page(`<iframe style="width:320px;height:110px" srcdoc="${frame}"></iframe>`),
    );
    const content = await Content.of(harness.browser.context, opened, harness.browser.extension);
    await opened.frames()[1]?.evaluate(() => {
      document.querySelector("textarea")?.focus();
      document.querySelector("textarea")?.select();
    });
    await chooseMenu(harness.browser, opened, "rewrite:fix-grammar", "about:srcdoc");
    const shown = await content.until("card", "the card", ({ parts }) => parts["name"] !== undefined);
    assert.ok(shown.buttons.includes("✕"));
    await closes(content);
  });
});
