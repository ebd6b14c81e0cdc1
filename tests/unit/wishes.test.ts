// The wishes that are kept.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MOST_WISHES, withoutWish, withWish } from "../../offscreen/view/wishes";

describe("wishes that are kept", () => {
  test("stand in the order in which they came, each once, and none of them is pushed out", () => {
    let wishes: string[] = [];
    for (const wish of ["b", "a", "b", ""]) wishes = withWish(wishes, wish);
    assert.deepEqual(wishes, ["b", "a"]);
    for (let i = 0; i < 2 * MOST_WISHES; i += 1) wishes = withWish(wishes, `wish ${i}`);
    assert.equal(wishes.length, MOST_WISHES);
    assert.deepEqual(wishes.slice(0, 3), ["b", "a", "wish 0"]);
  });

  test("are forgotten one by one", () => {
    assert.deepEqual(withoutWish(["b", "a"], "b"), ["a"]);
    assert.deepEqual(withoutWish(["b"], "c"), ["b"]);
  });
});
