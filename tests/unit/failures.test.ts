// Why a page cannot be read, in words: the real cause, and what to do.

import assert from "node:assert/strict";
import { after, before, describe, type TestContext, test } from "node:test";
import { reveal } from "../../background/page";
import { refused } from "../../offscreen/view/failures";
import { inject } from "../../offscreen/view/inject";

const ARTICLE = "https://example.org/a";

describe("a page that cannot be read", () => {
  test("each refusal of the browser is told by its own cause", () => {
    const cases: [string | undefined, string, RegExp][] = [
      ["chrome://settings/", "Error: Cannot access a chrome:// URL", /its own pages/],
      ["https://chromewebstore.google.com/x", "Error: The extensions gallery cannot be scripted.", /Web Store/],
      [ARTICLE, "Error: No tab with id: 7.", /left or changed/],
      [ARTICLE, "Error: Frame with ID 3 was removed.", /left or changed/],
      [ARTICLE, "Error: Frame with ID 0 is showing error page", /did not load/],
      [ARTICLE, 'Error: Cannot access contents of url "https://ads.example/x".', /frame of another site, ads\.example/],
      [
        ARTICLE,
        `Error: Cannot access contents of url "${ARTICLE}". Extension manifest must request permission to access this host.`,
        /only after you have clicked/,
      ],
      [ARTICLE, "Error: This page cannot be scripted due to an ExtensionsSettings policy.", /administrator/],
      [ARTICLE, "Error: Something unheard of.", /Something unheard of/],
    ];
    for (const [url, reason, words] of cases) {
      const { message, remedy } = refused(url, reason);
      assert.match(message, words);
      assert.notEqual(remedy, "");
    }
  });

  describe("one that does not come to rest", () => {
    const page = globalThis as { chrome?: unknown };
    const calls: { injectImmediately?: boolean; files?: string[] }[] = [];
    let hangs = false;
    before(() => {
      const executeScript = (call: { injectImmediately?: boolean; files?: string[] }) => {
        calls.push(call);
        const waits = hangs || !call.injectImmediately;
        return waits ? new Promise(() => undefined) : Promise.resolve([{ frameId: 0, result: "read" }]);
      };
      const insertCSS = async () => undefined;
      const tabs = { get: async () => ({ url: ARTICLE, active: true }) };
      page.chrome = { scripting: { executeScript, insertCSS, removeCSS: insertCSS }, tabs };
    });
    after(() => delete page.chrome);

    const read = async () => inject({ tab: 1, frame: 0 }, ["capture"], () => "read");

    const run = async <T>(t: TestContext, work: () => Promise<T>): Promise<T> => {
      t.mock.timers.enable({ apis: ["setTimeout"] });
      const outcome = work();
      for (let i = 0; i < 40; i += 1) {
        await new Promise((later) => setImmediate(later));
        t.mock.timers.tick(500);
      }
      return outcome;
    };

    test("is read as it is", async (t) => {
      assert.deepEqual(await run(t, read), { ok: "read" });
      assert.deepEqual(
        calls.map(({ injectImmediately = false }) => injectImmediately),
        [false, true, true],
      );
    });

    test("shows a passage as it is", async (t) => {
      assert.equal(await run(t, async () => reveal({ tab: 1, frame: 0 }, "A passage.", undefined)), undefined);
    });

    test("is given up when it does not answer at all", async (t) => {
      hangs = true;
      const outcome = await run(t, read);
      assert.ok("failure" in outcome);
      assert.match(outcome.failure.message, /does not answer/);
    });

    test("shows no passage when it does not answer at all", async (t) => {
      hangs = true;
      const failure = await run(t, async () => reveal({ tab: 1, frame: 0 }, "A passage.", undefined));
      assert.match(failure?.message ?? "", /does not answer/);
    });
  });
});
