// A job is bound to the page that it was started on: what is read comes from one page of that tab,
// and its result is found under that page's address, as the browser tells it.

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import type { CaptureSource } from "../../background/capture";
import { forgetStart } from "../../background/jobs";
import * as background from "../../background/run";
import type { EngineMessage } from "../../offscreen/protocol/channels";
import type { Command, CommandReply, PageBlocks, PageCapture } from "../../offscreen/protocol/protocol";
import type { TabFrame } from "../../offscreen/view/inject";
import { queuedJob } from "../../offscreen/view/start";
import { item } from "../../offscreen/view/storage";
import { FakeSession, setChrome } from "./chrome";
import { jobView } from "./fixtures";

const PAGE = "https://example.org/a";
const LINK = "https://example.org/b";
const HOSTILE = "https://bank.example/account";

type Run = Extract<Command, { type: "run" }>;

const SUMMARY: Run = {
  type: "run",
  job: "job",
  tab: 1,
  task: jobView().task,
  scope: "page",
  choice: "auto",
  model: undefined,
};
const TRANSLATION = { ...SUMMARY, task: { task: "translate", from: undefined, to: "de" } } as const;

/** Asked for under names of their own, as jobs are. */
const run = async (command: Run, from: CaptureSource): Promise<CommandReply> =>
  background.run({ ...command, job: crypto.randomUUID() }, from);
const runMore = async (command: Run, place: TabFrame): Promise<CommandReply> =>
  background.runMore({ ...command, job: crypto.randomUUID() }, place);

const source: CaptureSource = { tab: 1, card: undefined };
const captured = { url: HOSTILE, title: "A page", lang: "en", leftOut: jobView().leftOut };
const blocks = (): PageBlocks => ({ ...captured, blocks: [] });

describe("a job", () => {
  /** The addresses of the tabs, as far as Sotto may know them. */
  let tabs: Map<number, string | undefined>;
  /** The tabs that scripts ran in. */
  let reached: number[];
  let messages: EngineMessage[];
  /** What happens while the engine starts. */
  let whileStarting: () => void;

  beforeEach(() => {
    tabs = new Map([
      [1, PAGE],
      [2, "https://example.org/other"],
    ]);
    reached = [];
    messages = [];
    whileStarting = () => undefined;
    globalThis.sottoCapture = (): PageCapture => ({ ...captured, html: "<p>Text" });
    globalThis.sottoBlocks = blocks;
    globalThis.sottoMoreBlocks = blocks;
    globalThis.sottoTranslate = () => tabs.get(1) === PAGE;
    const selection = { ...captured, text: "Text", editable: true };
    globalThis.sottoSelect = () => ({ selection: { ...selection }, inFrame: false, isDrawn: false });
    let hasEngine = false;
    type Injection = { target: { tabId: number }; func?: (...args: unknown[]) => unknown; args?: unknown[] };
    setChrome({
      action: {
        setBadgeBackgroundColor: async () => undefined,
        setBadgeText: async () => undefined,
        setTitle: async () => undefined,
      },
      extension: { inIncognitoContext: false },
      i18n: {
        getUILanguage: () => "en",
        detectLanguage: async () => ({ isReliable: false, languages: [] }),
      },
      storage: {
        session: new FakeSession(),
        local: { get: async (defaults: object) => defaults, set: async () => undefined },
      },
      tabs: {
        get: async (tab: number) => {
          if (!tabs.has(tab)) throw new Error(`No tab with id: ${tab}.`);
          return { url: tabs.get(tab), active: tab === 2 };
        },
      },
      scripting: {
        executeScript: async ({ target, func, args = [] }: Injection) => {
          reached.push(target.tabId);
          return [{ frameId: 0, result: await func?.(...args) }];
        },
      },
      offscreen: {
        Reason: { WORKERS: "WORKERS" },
        createDocument: async () => {
          // Longer than a page is read.
          await new Promise((later) => setTimeout(later, 50));
          whileStarting();
          hasEngine = true;
        },
      },
      runtime: {
        ContextType: { OFFSCREEN_DOCUMENT: "OFFSCREEN_DOCUMENT" },
        getContexts: async () => (hasEngine ? [{}] : []),
        sendMessage: async (message: EngineMessage) => void messages.push(message),
      },
    });
  });

  afterEach(() => {
    globalThis.sottoCapture = globalThis.sottoBlocks = globalThis.sottoMoreBlocks = undefined;
    globalThis.sottoTranslate = globalThis.sottoSelect = undefined;
  });

  /** The address of what the engine was given to work on; of one job, and no other. */
  const address = async (reply: CommandReply): Promise<string> => {
    assert.ok(reply.type === "started", JSON.stringify(reply));
    assert.equal(messages.length, 1);
    const [message] = messages;
    assert.ok(message && "request" in message && message.request.type === "start");
    const { job, tab } = message.request;
    assert.equal(job, reply.job);
    assert.equal(tab, 1);
    assert.deepEqual(await item(`place:${job}`), { tab: 1, frame: 0 });
    return queuedJob(message.request).url;
  };

  const isLeft = (reply: CommandReply): void => {
    assert.ok(reply.type === "failed", JSON.stringify(reply));
    assert.match(reply.failure.message, /was left or changed/u);
  };

  test("has the browser's address of its page, whatever the page says", async () => {
    assert.equal(await address(await run(SUMMARY, source)), PAGE);
    messages = [];
    assert.equal(await address(await run(TRANSLATION, source)), PAGE);
    messages = [];
    assert.equal(await address(await runMore(TRANSLATION, { tab: 1, frame: 0 })), PAGE);
    messages = [];
    const rewrite = { ...SUMMARY, task: { task: "rewrite", options: {} }, scope: "selection" } as const;
    assert.equal(await address(await run(rewrite, source)), PAGE);
    messages = [];
    assert.equal(await address(await run(rewrite, { tab: 1, card: 0 })), PAGE);
  });

  test("stays with its page when a link is followed while the engine starts", async () => {
    whileStarting = () => tabs.set(1, LINK);
    assert.equal(await address(await run(SUMMARY, source)), PAGE);
  });

  test("stays with its tab, whichever is in front", async () => {
    assert.equal(await address(await run(SUMMARY, source)), PAGE);
    assert.deepEqual(new Set(reached), new Set([1]));
  });

  test("is not started on a page that is left while it is read", async () => {
    for (const next of [LINK, undefined]) {
      for (const leave of ["sottoCapture", "sottoSample"] as const) {
        tabs.set(1, PAGE);
        globalThis.sottoSample = undefined;
        globalThis[leave] = () => {
          tabs.set(1, next);
          return { ...captured, html: "<p>Text", text: "Text" };
        };
        isLeft(await run(SUMMARY, source));
      }
    }
    globalThis.sottoSample = undefined;
    tabs.set(1, PAGE);
    globalThis.sottoBlocks = globalThis.sottoMoreBlocks = () => {
      tabs.set(1, LINK);
      return blocks();
    };
    isLeft(await run(TRANSLATION, source));
    tabs.set(1, PAGE);
    isLeft(await runMore(TRANSLATION, { tab: 1, frame: 0 }));
    assert.deepEqual(messages, []);
  });

  test("is not started in a tab that is closed while it is read", async () => {
    globalThis.sottoCapture = () => {
      tabs.delete(1);
      return { ...captured, html: "<p>Text" };
    };
    isLeft(await run(SUMMARY, source));
    assert.deepEqual(messages, []);
  });

  test("is started on a page whose fragment changes while it is read", async () => {
    globalThis.sottoCapture = () => {
      tabs.set(1, `${PAGE}#end`);
      return { ...captured, html: "<p>Text" };
    };
    assert.equal(await address(await run(SUMMARY, source)), `${PAGE}#end`);
  });

  test("that translates a page is stopped when that is gone before it is shown", async () => {
    whileStarting = () => tabs.set(1, LINK);
    isLeft(await run(TRANSLATION, source));
    const types = messages.map((message) => "request" in message && message.request.type);
    assert.deepEqual(types, ["start", "cancel"]);
  });

  test("asked for once more, is not started twice: the engine is given what was read the first time", async () => {
    for (const command of [SUMMARY, TRANSLATION]) {
      const once: Run = { ...command, job: crypto.randomUUID() };
      messages = [];
      const first = await background.run(once, source);
      assert.deepEqual(await background.run(once, source), first);
      assert.equal(messages.length, 2);
      assert.deepEqual(messages[1], JSON.parse(JSON.stringify(messages[0])));
      await assert.rejects(async () => background.run(once, { tab: 2, card: undefined }), /another tab's/u);
      await forgetStart(once.job);
      assert.deepEqual(await background.run(once, source), first, "one that has ended is not begun again");
      assert.equal(messages.length, 2);
    }
  });

  test("is not started when what came to a page has gone again", async () => {
    globalThis.sottoMoreBlocks = () => undefined;
    assert.deepEqual(await runMore(TRANSLATION, { tab: 1, frame: 0 }), { type: "ok" });
    assert.deepEqual(messages, []);
  });
});
