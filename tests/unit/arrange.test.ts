// A translation's spans in the place of the original's.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { arrange } from "../../content/translate/arrange";
import { Changes } from "../../content/translate/changes";
import type { Slot } from "../../content/translate/slot";
import type { Span } from "../../offscreen/protocol/protocol";
import { FakeElement, type FakeNode, FakeText, html } from "./dom";

/**
 * A block's own nodes: texts, `["b", text]` for an element under a mark, `["code", text]` for a
 * verbatim one.
 */
type Part = string | [name: string, text: string];

/** A paragraph of these parts with its slots; marks are counted through. */
function paragraph(...parts: Part[]): { element: FakeElement; slots: Slot[] } {
  const slots: Slot[] = [];
  let marks = 0;
  const nodes = parts.map((part): FakeNode => {
    const text = new FakeText(typeof part === "string" ? part : part[1]);
    const node = typeof part === "string" ? text : new FakeElement(part[0], [text]);
    const verbatim = typeof part !== "string" && part[0] === "code";
    const slot = {
      mark: typeof part === "string" ? undefined : marks++,
      verbatim,
      texts: verbatim ? [] : [text],
      begun: new Set<Text>(),
      element: verbatim ? node : undefined,
      top: node,
    };
    slots.push(slot as unknown as Slot);
    return node;
  });
  return { element: new FakeElement("", nodes, true), slots };
}

const plain = (text: string): Span => ({ text, mark: undefined, verbatim: false });
const marked = (mark: number, text: string): Span => ({ text, mark, verbatim: false });
const verbatim = (mark: number, text: string): Span => ({ text, mark, verbatim: true });

/** The markup with a translation in it; taking it back must bring the original. */
function arranged(parts: Part[], spans: Span[]): string {
  const { element, slots } = paragraph(...parts);
  const original = html(element);
  const changes = new Changes();
  arrange(slots, spans, changes);
  const result = html(element);
  changes.revert();
  assert.equal(html(element), original, "the original comes back");
  return result;
}

describe("arrange", () => {
  const page = globalThis as { Text?: unknown };
  before(() => (page.Text = FakeText));
  after(() => delete page.Text);

  test("marks in their order are filled where they stand", () => {
    const spans = [plain("Das ist "), marked(0, "fett"), plain(" gedruckt.")];
    assert.equal(arranged(["This is ", ["b", "bold"], " print."], spans), "Das ist <b>fett</b> gedruckt.");
  });

  test("the space at both ends, which is laid out as nothing, stays", () => {
    assert.equal(arranged(["\n  Hello\n"], [plain("Hallo")]), "\n  Hallo\n");
  });

  test("marks in another order: the elements move, as they are", () => {
    const spans = [marked(1, "zwei"), plain(" vor "), marked(0, "eins")];
    assert.equal(arranged([["b", "one"], " after ", ["i", "two"]], spans), "<i>zwei</i> vor <b>eins</b>");
  });

  test("text that has no place of its own is put between the elements", () => {
    const spans = [marked(0, "eins"), plain(" und "), marked(1, "zwei")];
    assert.equal(
      arranged(
        [
          ["b", "one"],
          ["i", "two"],
        ],
        spans,
      ),
      "<b>eins</b> und <i>zwei</i>",
    );
  });

  test("an emphasis that has not come back is left without words", () => {
    assert.equal(arranged(["This is ", ["b", "bold"], "."], [plain("Das ist fett.")]), "Das ist fett.<b></b>");
  });

  test("code is carried over; when it has not come back, the text stands and the code is out of sight", () => {
    const parts: Part[] = ["Run ", ["code", "ls"], " now."];
    assert.equal(
      arranged(parts, [plain("Jetzt "), verbatim(0, "ls"), plain(" ausführen.")]),
      "Jetzt <code>ls</code> ausführen.",
    );
    assert.equal(arranged(parts, [plain("Jetzt ls ausführen.")]), "Jetzt ls ausführen.<code hidden>ls</code>");
    assert.equal(arranged(parts, [plain("Jetzt.")]), "Jetzt.<code>ls</code>", "what is not in the text stays");
  });

  test("a mark that the original does not have: the text stands under none", () => {
    assert.equal(arranged(["This is ", ["b", "bold"]], [plain("Das ist "), marked(4, "fett")]), "Das ist fett<b></b>");
  });
});

describe("changes", () => {
  test("what the page itself has changed since is left to it", () => {
    const text = new FakeText("before");
    const element = new FakeElement("", [text], true);
    const changes = new Changes();
    changes.setText(text as unknown as Text, "translated");
    text.data = "the page's own";
    changes.revert();
    assert.equal(html(element), "the page's own");
  });
});
