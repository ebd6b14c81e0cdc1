// What a card offers to do with a text.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sameTask, taskOptions } from "../../content/card/options";
import type { Task } from "../../offscreen/protocol/protocol";

const translate = (to: string): Task => ({ task: "translate", from: undefined, to });

describe("the card's options", () => {
  test("the reader's own language comes first, and once", () => {
    const labels = taskOptions(translate("fr"), "fr", []).translate.map(({ label }) => label);
    assert.deepEqual(labels.slice(0, 3), ["Translate to French", "Translate to English", "Translate to German"]);
    assert.equal(new Set(labels).size, labels.length);
  });

  test("what the card was opened for is among them, by one name", () => {
    const bullets: Task = { task: "rewrite", options: { goal: "bullets" } };
    const wish: Task = { task: "rewrite", options: { tone: "more-formal", length: "shorter" } };
    for (const given of [bullets, wish, translate("ja"), translate("de")]) {
      const { rewrite, translate: languages } = taskOptions(given, "en", []);
      assert.equal([...rewrite, ...languages].filter(({ task }) => sameTask(task, given)).length, 1);
    }
    assert.equal(taskOptions(wish, "en", []).rewrite[0]?.label, "As last chosen");
    assert.equal(taskOptions(bullets, "en", []).rewrite[0]?.label, "Fix grammar");
  });

  test("wishes that are kept come after what everybody is offered, long ones by their beginning", () => {
    const wishes = ["As a pirate would say it", "x".repeat(300)];
    const { rewrite } = taskOptions(translate("fr"), "fr", wishes);
    assert.deepEqual(
      rewrite.slice(-2).map(({ task }) => task),
      wishes.map((instruction) => ({ task: "rewrite", options: { instruction } })),
    );
    assert.equal(rewrite.at(-2)?.label, wishes[0]);
    assert.equal(rewrite.at(-1)?.label, `${"x".repeat(60)}…`);
    // Opened for a wish, the card names it once.
    const given: Task = { task: "rewrite", options: { instruction: "As a pirate would say it" } };
    assert.equal(taskOptions(given, "fr", wishes).rewrite.length, rewrite.length);
  });

  test("an option left out is one left as it is", () => {
    assert.ok(
      sameTask({ task: "rewrite", options: {} }, { task: "rewrite", options: { goal: "as-is", instruction: " " } }),
    );
    assert.ok(!sameTask({ task: "rewrite", options: {} }, { task: "rewrite", options: { goal: "simplify" } }));
    assert.ok(!sameTask(translate("de"), translate("fr")));
  });
});
