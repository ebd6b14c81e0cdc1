// Every editor and field by every way of selecting in it: what the reader accepted stands in the
// editor's own document, nothing else has changed, one undo brings it back; or it is refused in
// words, and nothing has changed at all.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, BrowserContext } from "playwright-core";
import { bundleEditors, EditorPage, type Point } from "./driver/editor.ts";
import { FIXES, fixed } from "./driver/mistakes.ts";
import { launchPlain } from "./driver/plain.ts";

const EDITORS = [
  "prosemirror",
  "tiptap",
  "lexical",
  "slate",
  "draft",
  "quill",
  "ckeditor",
  "tinymce_inline",
  "tinymce_frame",
  "codemirror",
  "trix",
  "editorjs",
  "editable",
  "textarea",
  "input",
  "react_field",
  "vue_field",
];

/** Editors at work at the same time: most of a case is waiting for one. */
const AT_A_TIME = 6;

const SENTENCE = "There is many reasons to visit Lisbon in the spring.";
const START = "It was good to see you. ".length;
const END = START + SENTENCE.length;
const WHOLE = 1000;

interface Scenario {
  name: string;
  select: Point[] | "all" | "triple";
  /** Done between the selection and the replacement. */
  meanwhile?: "before" | "inside" | "remove" | "moved" | "typed";
  /** Whether to type on instead of undoing. */
  types?: boolean;
}

const MIDDLE: Point[] = [
  [1, START],
  [1, END],
];

const SCENARIOS: Scenario[] = [
  { name: "middle", select: MIDDLE },
  {
    name: "runs",
    select: [
      [2, 20],
      [2, 46],
    ],
  },
  {
    name: "para",
    select: [
      [1, 0],
      [1, WHOLE],
    ],
  },
  {
    name: "multi",
    select: [
      [1, 0],
      [2, WHOLE],
    ],
  },
  {
    name: "list",
    select: [
      [3, 0],
      [4, WHOLE],
    ],
  },
  {
    name: "across",
    select: [
      [1, START],
      [3, WHOLE],
    ],
  },
  { name: "all", select: "all" },
  { name: "before", select: MIDDLE, meanwhile: "before" },
  { name: "inside", select: MIDDLE, meanwhile: "inside" },
  { name: "remove", select: MIDDLE, meanwhile: "remove" },
  { name: "moved", select: MIDDLE, meanwhile: "moved" },
  { name: "typed", select: MIDDLE, meanwhile: "typed" },
  { name: "triple", select: "triple" },
  { name: "back", select: MIDDLE.toReversed() },
  { name: "next", select: MIDDLE, types: true },
];

/** How a case came out. */
type Outcome = "replaced" | "refused" | string;

async function play(name: string, editor: EditorPage, scenario: Scenario): Promise<Outcome> {
  await editor.mount();
  const blocks = await editor.blocks();
  await select(editor, scenario, blocks);
  const read = await editor.read();
  if (!read) return "not read";
  await editor.page.waitForTimeout(100);
  await meanwhile(editor, scenario, blocks);
  if (scenario.meanwhile === "remove") {
    // With its frame, the script that would have written into it is gone.
    if (name === "tinymce_frame") return "refused";
    return (await editor.accept(fixed(read.text))) ? "refused" : "not refused";
  }
  const old = await editor.model();
  if (!scenario.meanwhile) await editor.page.focus("#other");
  const error = await editor.accept(fixed(read.text));
  await editor.page.waitForTimeout(50);
  const now = await editor.model();
  if (error) return now === old ? `refused` : `${error}, and changed`;
  const wanted = expected(old, read.text);
  if (now !== wanted) return `wrong: ${now.slice(difference(now, wanted))} | ${wanted.slice(difference(now, wanted))}`;
  if (scenario.types) {
    await editor.press("Z");
    await editor.page.waitForTimeout(50);
    const text = (await editor.blocks()).join("\n");
    return text.includes("spring.Z") ? "replaced" : `typed elsewhere: ${text}`;
  }
  if ((await editor.undos()) > 1) {
    return (await editor.undo()) && (await editor.model()) === old ? "undone by card" : "not undone";
  }
  await editor.press("Control+Z");
  await editor.page.waitForTimeout(50);
  if ((await editor.model()) !== old) return "no undo";
  await editor.press("Control+Shift+Z");
  await editor.page.waitForTimeout(50);
  return (await editor.model()) === wanted ? "replaced" : "replaced, no redo";
}

async function select(editor: EditorPage, { select: how }: Scenario, blocks: string[]): Promise<void> {
  if (how === "triple") {
    await editor.click([1, START + 4], 3);
  } else if (how === "all") {
    await editor.click([1, 4]);
    await editor.press("Control+A");
  } else {
    const [from, to] = how.map(([block, offset]): Point => [block, Math.min(offset, blocks[block]?.length ?? 0)]);
    if (from && to) await editor.drag(from, to);
  }
  await editor.page.waitForTimeout(50);
}

async function meanwhile(editor: EditorPage, scenario: Scenario, blocks: string[]): Promise<void> {
  switch (scenario.meanwhile) {
    case "before":
    case "inside":
    case "remove":
      await editor.change(scenario.meanwhile);
      break;
    case "moved":
    case "typed":
      await editor.click([blocks.length - 1, 4]);
      await editor.page.waitForTimeout(50);
      if (scenario.meanwhile === "typed") await editor.press("X");
      break;
    default:
      break;
  }
  await editor.page.waitForTimeout(50);
}

/** The document with what is wrong in the selected text put right. */
function expected(model: string, selected: string): string {
  return FIXES.filter(([wrong]) => selected.includes(wrong)).reduce(
    (now, [wrong, right]) => now.replace(wrong, right),
    model,
  );
}

function difference(one: string, other: string): number {
  let i = 0;
  while (i < one.length && one[i] === other[i]) i += 1;
  return Math.max(0, i - 20);
}

describe("editors", () => {
  let browser: Browser;
  let context: BrowserContext;
  before(async () => {
    browser = await launchPlain();
    context = await browser.newContext({ viewport: { width: 1000, height: 900 } });
  });
  after(async () => browser.close());

  /** Plays every scenario in one editor, and returns how each came out. */
  const row = async (name: string, bundle: string): Promise<Outcome[]> => {
    const editor = await EditorPage.open(context, bundle);
    const outcomes: Outcome[] = [];
    for (const scenario of SCENARIOS) {
      outcomes.push(await play(name, editor, scenario).catch((error: unknown) => `error: ${String(error)}`));
    }
    await editor.page.close();
    return outcomes;
  };

  test("each by each way of selecting", async (t) => {
    const bundles = await bundleEditors(EDITORS);
    const waiting = [...EDITORS];
    const rows = new Map<string, Outcome[]>();
    const work = async (): Promise<void> => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        const outcomes = await row(name, bundles.get(name) ?? "");
        rows.set(name, outcomes);
        t.diagnostic(line(name, outcomes));
      }
    };
    t.diagnostic(
      line(
        "",
        SCENARIOS.map(({ name }) => name),
      ),
    );
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    const wrong = EDITORS.flatMap((name) =>
      SCENARIOS.map((scenario, i) => ({ name, scenario, outcome: rows.get(name)?.[i] ?? "" })),
    ).filter(({ name, scenario, outcome }) => !allowed(name, scenario).includes(outcome));
    assert.deepEqual(
      wrong.map(({ name, scenario, outcome }) => `${name}, ${scenario.name}: ${outcome}`),
      [],
    );
  });

  test("a selection that is not wholly on the page is refused", async () => {
    const bundles = await bundleEditors(["codemirror_long"]);
    const editor = await EditorPage.open(context, bundles.get("codemirror_long") ?? "");
    await editor.mount();
    const before = await editor.model();
    await editor.click([0, 4]);
    await editor.press("Control+A");
    await editor.page.waitForTimeout(100);
    const read = await editor.read();
    assert.ok((read?.leftOut.cut ?? 0) > 0 && !read?.editable, "what was read is only a part");
    assert.equal(await editor.accept(fixed(read?.text ?? "")), "partial");
    assert.equal(await editor.model(), before);
    await editor.page.close();
  });
});

/** How a case may come out. */
function allowed(name: string, scenario: Scenario): Outcome[] {
  if (scenario.meanwhile === "inside" || scenario.meanwhile === "remove") return ["refused"];
  // It selects whole blocks then, which are no text.
  if (name === "editorjs" && scenario.name === "across") return ["not read"];
  return ["multi", "list", "across", "all"].includes(scenario.name) ? ["replaced", "undone by card"] : ["replaced"];
}

/** A line of the table. */
function line(name: string, cells: string[]): string {
  const short = cells.map((cell) => (cell === "undone by card" ? "card undo" : cell).slice(0, 9).padEnd(10));
  return `${name.padEnd(15)}${short.join("")}`;
}
