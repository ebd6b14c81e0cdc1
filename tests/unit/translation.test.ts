// A page that is translated anew: the earlier translation stays until there is something better.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { TextBlock } from "../../content/translate/block";
import { Translation } from "../../content/translate/translation";
import { jobView, section } from "./fixtures";

/** A block of which only what stands in it counts. */
class FakeBlock {
  text = "original";

  translate(spans: { text: string }[]): void {
    this.text = spans.map(({ text }) => text).join("");
  }

  restore(): void {
    this.text = "original";
  }
}

function translation(block: FakeBlock, begins: () => void): Translation {
  return new Translation([block as unknown as TextBlock], "en", begins);
}

test("a new translation takes the earlier one's place with its first block, and not before", () => {
  const block = new FakeBlock();
  const earlier = translation(block, () => undefined);
  earlier.update(jobView({ sections: [section(0, "earlier")] }));
  assert.equal(block.text, "earlier");

  let takeovers = 0;
  const later = translation(block, () => {
    takeovers += 1;
    earlier.show(false);
    assert.equal(block.text, "original", "what is replaced is the original");
  });
  const failure = { code: "model", message: "", remedy: "", model: undefined } as const;
  later.update(jobView({ sections: [section(0, "a preview", { status: "preview" })] }));
  later.update(jobView({ state: { state: "failed", failure } }));
  assert.deepEqual([block.text, takeovers], ["earlier", 0], "one that comes to nothing undoes nothing");

  later.update(jobView({ sections: [section(0, "later")] }));
  later.update(jobView({ sections: [section(0, "later")] }));
  assert.deepEqual([block.text, takeovers], ["later", 1]);
});
