// A page that is translated anew: the earlier translation stays until there is something better.

import "./browser";

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Translation } from "../../content/translate/translation";
import type { Unit } from "../../content/translate/unit";
import type { Span } from "../../offscreen/protocol/protocol";
import { jobView, section } from "./fixtures";

/** A unit of which only what stands in it counts. */
class FakeUnit implements Unit {
  text = "original";
  readonly blocks = [{ spans: [{ text: "original", mark: undefined, verbatim: false }] }];
  readonly container = {} as Element;
  readonly nodes = [];

  box(): undefined {
    return undefined;
  }

  isIntact(): boolean {
    return true;
  }

  translate([spans]: (Span[] | undefined)[]): void {
    this.text = spans?.map(({ text }) => text).join("") ?? "original";
  }

  restore(): void {
    this.text = "original";
  }
}

function translation(unit: Unit, begins: () => void): Translation {
  const made = new Translation("en", begins);
  made.add(jobView({}).job, [unit]);
  return made;
}

/** Nobody changes anything here. */
class NoObserver {
  takeRecords(): [] {
    return [];
  }
}

const page = globalThis as { MutationObserver?: unknown };
before(() => (page.MutationObserver = NoObserver));
after(() => delete page.MutationObserver);

test("a new translation takes the earlier one's place with its first block, and not before", () => {
  const block = new FakeUnit();
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
