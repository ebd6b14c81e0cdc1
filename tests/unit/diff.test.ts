import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Change, diff } from "../../offscreen/view/diff";

function side(changes: Change[], without: Change["kind"]): string {
  return changes
    .filter(({ kind }) => kind !== without)
    .map(({ text }) => text)
    .join("");
}

describe("diff", () => {
  test("words are replaced, not letters; what is around them stays", () => {
    assert.deepEqual(diff("He go to school.", "He goes to school."), [
      { kind: "same", text: "He " },
      { kind: "removed", text: "go" },
      { kind: "added", text: "goes" },
      { kind: "same", text: " to school." },
    ]);
  });

  test("equal and empty texts", () => {
    assert.deepEqual(diff("one two", "one two"), [{ kind: "same", text: "one two" }]);
    assert.deepEqual(diff("", "new"), [{ kind: "added", text: "new" }]);
    assert.deepEqual(diff("old", ""), [{ kind: "removed", text: "old" }]);
    assert.deepEqual(diff("", ""), []);
  });

  test("words of any script, with their marks and apostrophes, are words", () => {
    assert.deepEqual(diff("Ça n’est pas ça", "Ça n’est plus ça"), [
      { kind: "same", text: "Ça n’est " },
      { kind: "removed", text: "pas" },
      { kind: "added", text: "plus" },
      { kind: "same", text: " ça" },
    ]);
  });

  test("both texts can be put together again from the changes", () => {
    const words = ["the", "a", "keeper", "lit", "lamp", ".", "each", "night", ","];
    // A linear congruential generator: the same texts in each run.
    let seed = 7;
    const next = (most: number): number => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % most;
    const text = (): string => Array.from({ length: next(12) }, () => words[next(words.length)]).join(" ");
    for (let round = 0; round < 300; round += 1) {
      const [before, after] = [text(), text()];
      const changes = diff(before, after);
      assert.equal(side(changes, "added"), before);
      assert.equal(side(changes, "removed"), after);
      assert.ok(
        changes.every(({ kind }, i) => kind !== changes[i + 1]?.kind),
        "neighbours of one kind are one change",
      );
    }
  });

  test("beyond a thousand words each, all is replaced but what the ends share", () => {
    const long = (word: string): string => Array.from({ length: 1200 }, (_, i) => word + i).join(" ");
    const changes = diff(`Dear all, ${long("a")} Yours`, `Dear all, ${long("b")} Yours`);
    assert.deepEqual(
      changes.map(({ kind }) => kind),
      ["same", "removed", "added", "same"],
    );
    assert.equal(changes[0]?.text, "Dear all, ");
    assert.equal(changes[3]?.text, " Yours");
  });
});
