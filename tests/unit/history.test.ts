// The history of results: what is kept and how much, and what its export makes of hostile texts.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  beyondLimits,
  type HistoryEntry,
  historyEntry,
  MOST_CHARACTERS,
  MOST_ENTRIES,
} from "../../offscreen/view/history";
import { line, markdown } from "../../popup/history/markdown";
import { done, jobView, section } from "./fixtures";

function entry(changes: Partial<HistoryEntry> = {}): HistoryEntry {
  const at = Date.UTC(2026, 10, 30, 20, 12);
  const kept = { job: "job", task: "summarize", at, title: "A page", url: "https://example.org/a" } as const;
  return {
    ...kept,
    text: "- A point.",
    isCut: false,
    points: [{ text: "A point.", source: "A sentence." }],
    ...changes,
  };
}

describe("the history", () => {
  test("keeps a finished job's result with its sources, and nothing of one that did not finish", () => {
    const sections = [
      section(0, "A point.", { source: { text: "A sentence.", heading: undefined, place: undefined } }),
      section(1, "Own."),
    ];
    const kept = historyEntry(jobView({ sections, state: done("- A point.\n- Own.") }), 5);
    assert.deepEqual(kept, { ...entry(), at: 5, text: "- A point.\n- Own." });
    for (const state of ["cancelled", "running"] as const)
      assert.equal(historyEntry(jobView({ state: { state } }), 5), undefined);
  });

  test("of a page translated in place only the text, of a long result the beginning, and says so", () => {
    const sections = [section(0, "Text.", { source: { text: "Satz.", heading: undefined, place: undefined } })];
    const blocks = jobView({ subject: { subject: "blocks", count: 1 }, sections, state: done("Text.") });
    assert.deepEqual(historyEntry(blocks, 5)?.points, []);
    const long = historyEntry(jobView({ state: done("x".repeat(100_001)) }), 5);
    assert.equal(long?.text.length, 100_000);
    assert.ok(long?.isCut);
  });

  test("drops the oldest beyond so many entries, or characters", () => {
    const many = Array.from({ length: MOST_ENTRIES + 2 }, (_, at) => entry({ job: `${at}` }));
    assert.deepEqual(
      beyondLimits(many).map(({ job }) => job),
      [`${MOST_ENTRIES}`, `${MOST_ENTRIES + 1}`],
    );
    const half = "x".repeat(MOST_CHARACTERS / 2);
    const long = [
      entry({ job: "new", text: "" }),
      entry({ job: "mid", text: half }),
      entry({ job: "old", text: half }),
    ];
    assert.deepEqual(beyondLimits(long), [long[2]]);
    assert.deepEqual(beyondLimits([entry()]), []);
  });

  test("as Markdown: a heading, where and when, points, sources", () => {
    const text = markdown([entry()]);
    assert.match(
      text,
      /^# Sotto: history\n\n## A page\n\nSummary · Nov 30, 2026, \d+:\d\d [AP]M · <https:\/\/example\.org\/a>\n\n- A point\.\n\n/u,
    );
    assert.ok(text.endsWith("Sources:\n\n> A sentence.\n"), text);
  });

  test("what pages say stays text in it: no markup, no HTML, no links, no lines of its own", () => {
    const hostile =
      "# x\n<img src=x onerror=alert(1)>\u2028[a](javascript:alert(1)) `c` **b** &lt; http://a.example $x$";
    const escaped = line(hostile);
    assert.doesNotMatch(escaped, /[\n\u2028]/u);
    assert.doesNotMatch(escaped, /(?<!\\)[<>[\]()`*&#:$]/u);
    assert.equal(line("- a"), "\\- a");
    assert.equal(line("12. a"), "12\\. a");
    const text = markdown([entry({ title: hostile, text: hostile, url: "javascript:alert(1)", points: [] })]);
    assert.ok(!text.includes("javascript:"), text);
    assert.ok(!markdown([entry({ url: "https://a.example/> <b>" })]).includes("<b>"));
  });

  test("whatever the characters, none but escaped ones can mean anything", () => {
    const signs = "\\`*_{}[]<>()#|~&!$^=:@-+.1 \n\ta";
    let seed = 1;
    for (let round = 0; round < 2000; round += 1) {
      let text = "";
      for (let at = 0; at < 12; at += 1) {
        seed = (seed * 48_271) % 2_147_483_647;
        text += signs[seed % signs.length];
      }
      const escaped = line(text);
      assert.doesNotMatch(escaped.replaceAll(/\\./gu, ""), /[\\`*_{}[\]<>()#|~&!$^=:@\n\t]/u, JSON.stringify(text));
      assert.doesNotMatch(escaped, /^([-+]|\d+\.)/u, JSON.stringify(text));
      assert.equal(
        escaped.replaceAll(/\\(.)/gu, "$1"),
        text.replaceAll(/\s+/gu, " ").trim(),
        "nothing else is changed",
      );
    }
  });
});
