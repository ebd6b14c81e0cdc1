// What is selected on a page and in which language, as jobs and the popup read it; results by page.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import type { Selection } from "../../offscreen/protocol/protocol";
import { detectLanguage, pageLanguage, readSelection } from "../../offscreen/view/page";
import { storedResults, storeResult } from "../../offscreen/view/results";
import { done, jobView, rewriteView, section } from "./fixtures";

type Detected = chrome.i18n.LanguageDetectionResult;

/** What the browser answers. */
const browser = {
  detected: { isReliable: false, languages: [] } as Detected,
  /** What the injected function returns in each frame, or why it may not run. */
  frames: [] as { frameId: number; result: unknown }[] | Error,
  files: [] as string[],
  stored: new Map<string, unknown>(),
};

const chromeApi = {
  extension: { inIncognitoContext: false },
  i18n: { detectLanguage: async () => browser.detected },
  tabs: { get: async () => ({ url: "chrome://settings" }) },
  scripting: {
    executeScript: async ({ files }: { files?: string[] }) => {
      if (browser.frames instanceof Error) throw browser.frames;
      if (!files) return browser.frames;
      browser.files.push(...files);
      return [];
    },
  },
  storage: {
    session: {
      get: async () => Object.fromEntries(structuredClone(browser.stored)),
      set: async (items: Record<string, unknown>) => {
        for (const [key, value] of Object.entries(items)) browser.stored.set(key, structuredClone(value));
      },
      remove: async (keys: string[]) => {
        for (const key of keys) browser.stored.delete(key);
      },
    },
  },
};

const page = globalThis as { chrome?: unknown };

function selection(text: string, lang?: string): Selection {
  return {
    url: "https://example.org/a",
    title: "",
    lang,
    text,
    editable: false,
    leftOut: { cut: 0, hidden: 0, frames: 0 },
  };
}

describe("a page", () => {
  before(() => (page.chrome = chromeApi));
  after(() => delete page.chrome);
  beforeEach(() => Object.assign(browser, { frames: [], files: [], stored: new Map() }));

  test("a language that the browser is sure of comes before the declared one", async () => {
    const both = [
      { language: "en", percentage: 20 },
      { language: "de", percentage: 80 },
    ];
    browser.detected = { isReliable: true, languages: both };
    assert.equal(await detectLanguage("Hallo", "fr"), "de");
    browser.detected = { isReliable: false, languages: both };
    assert.equal(await detectLanguage("Hallo", "fr"), "fr");
    browser.detected = { isReliable: true, languages: [{ language: "und", percentage: 100 }] };
    assert.equal(await detectLanguage("???", undefined), undefined);
  });

  test("its language is that of its text; unknown where Sotto may not look, or there is none", async () => {
    browser.detected = { isReliable: true, languages: [{ language: "de", percentage: 99 }] };
    browser.frames = [{ frameId: 0, result: { text: "Hallo", lang: "en" } }];
    assert.equal(await pageLanguage(1), "de");
    assert.deepEqual(browser.files, ["content/sample.js"]);
    browser.frames = [{ frameId: 0, result: undefined }];
    assert.equal(await pageLanguage(1), undefined);
    browser.frames = new Error("Cannot access a chrome:// URL");
    assert.equal(await pageLanguage(1), undefined);
  });

  test("of several frames with a selection, the one counts that has the focus itself", async () => {
    browser.frames = [
      { frameId: 0, result: { selection: selection("outside"), inFrame: true, isDrawn: false } },
      { frameId: 3, result: { selection: undefined, inFrame: false, isDrawn: false } },
      { frameId: 7, result: { selection: selection("inside"), inFrame: false, isDrawn: false } },
    ];
    const read = await readSelection(1, "job");
    assert.deepEqual(read, { ok: { selection: selection("inside"), place: { tab: 1, frame: 7 } } });
  });

  test("no selection, and a page that may not be read, are two failures", async () => {
    browser.frames = [{ frameId: 0, result: { selection: undefined, inFrame: false, isDrawn: false } }];
    const none = await readSelection(1, null);
    assert.ok("failure" in none && none.failure.code === "no-text");
    browser.frames = [{ frameId: 0, result: { selection: undefined, inFrame: true, isDrawn: false } }];
    const elsewhere = await readSelection(1, null);
    assert.ok("failure" in elsewhere && /frame of another site/.test(elsewhere.failure.message));
    browser.frames = [
      { frameId: 0, result: { selection: undefined, inFrame: true, isDrawn: true } },
      { frameId: 2, result: { selection: undefined, inFrame: false, isDrawn: false } },
    ];
    const drawn = await readSelection(1, null);
    assert.ok("failure" in drawn && /like a picture/.test(drawn.failure.message));
    browser.frames = new Error("Cannot access a chrome:// URL");
    const refused = await readSelection(1, null);
    assert.ok("failure" in refused && refused.failure.code === "page-not-readable");
  });

  test("of each use of a page the last result is kept, wherever on the page it was", async (t) => {
    t.mock.timers.enable({ apis: ["Date"], now: 1000 });
    const results = [
      jobView({ job: "first", state: done("1") }),
      rewriteView({ job: "rewrite", state: done("2") }),
      jobView({ job: "second", url: "https://example.org/a#end", state: done("3") }),
      jobView({ job: "elsewhere", url: "https://example.org/b", state: done("4") }),
    ];
    for (const view of results) {
      await storeResult(view);
      t.mock.timers.tick(1000);
    }
    const stored = await storedResults("https://example.org/a#top");
    assert.deepEqual(
      stored.map(({ job }) => job),
      ["rewrite", "second"],
    );
  });

  test("a page translated in place holds its result itself", async () => {
    const translated = jobView({
      subject: { subject: "blocks", count: 1 },
      sections: [section(0, "a")],
      state: done("a"),
    });
    await storeResult(translated);
    assert.deepEqual(
      (await storedResults(translated.url)).map(({ sections }) => sections),
      [[]],
    );
  });
});
