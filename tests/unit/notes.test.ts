// What the reader should know about a result.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { notesOn } from "../../offscreen/view/notes";
import { shape } from "../../offscreen/view/shape";
import { jobView, rewriteView, section } from "./fixtures";

describe("notes", () => {
  test("what was lost is named once; what was kept is counted by its reason", () => {
    const sections = [
      section(0, "a", { lost: ["Varn", "1850"] }),
      section(1, "b", { lost: ["1850"], status: "quoted", note: "It lost a number." }),
      section(2, "c", { status: "quoted", note: "It lost a number." }),
      section(3, "d", { status: "quoted", note: "It said nothing new." }),
    ];
    assert.deepEqual(notesOn(rewriteView({ sections })), [
      { kind: "lost", text: "Lost from the original: Varn, 1850" },
      { kind: "kept", text: "2 passages: it lost a number." },
      { kind: "kept", text: "1 passage: it said nothing new." },
    ]);
  });

  test("of a page, blocks are counted", () => {
    const job = jobView({
      task: { task: "translate", from: "de", to: "en" },
      subject: { subject: "blocks", count: 1 },
      sections: [section(0, "a", { status: "quoted", note: "A name." })],
    });
    assert.deepEqual(notesOn(job), [{ kind: "kept", text: "1 block: a name." }]);
  });

  test("what is true of all of a summary is said once", () => {
    const quoted = { status: "quoted", note: "This model does not know the text's language." } as const;
    const sections = [section(0, "a", quoted), section(1, "b", quoted)];
    assert.deepEqual(notesOn(jobView({ sections })), [{ kind: "kept", text: quoted.note }]);
    assert.deepEqual(notesOn(jobView({ sections: [...sections, section(2, "c")] })), []);
  });

  test("what may still change is not spoken of, and a summary has no other notes", () => {
    const draft = section(0, "a", { status: "draft", lost: ["Varn"], note: "Too early." });
    assert.deepEqual(notesOn(rewriteView({ sections: [draft] })), []);
    assert.deepEqual(notesOn(jobView({ sections: [section(0, "a", { lost: ["Varn"] })] })), []);
  });

  test("what of the page was not captured, whatever the job", () => {
    const leftOut = { cut: 1_234_567, hidden: 340, frames: 2 };
    const missing = [
      "The page is too long to be taken whole: about 1,234,567 characters left out",
      "2 frames could not be read: the browser keeps other sites’ frames apart",
      "Text that cannot be seen on the page was left out (340 characters)",
    ].map((text) => ({ kind: "left-out", text }));
    assert.deepEqual(notesOn(jobView({ leftOut })), missing);
    const translate = { task: "translate", from: "de", to: "en" } as const;
    assert.deepEqual(notesOn(jobView({ leftOut, task: translate, subject: { subject: "blocks", count: 1 } })), missing);
    assert.deepEqual(notesOn(rewriteView({ leftOut: { cut: 1, hidden: 0, frames: 0 } })), [
      { kind: "left-out", text: "The selection is too long to be taken whole: about 1 character left out" },
    ]);
  });

  test("the shape of what a job writes", () => {
    const tldr = { task: "summarize", summaryType: "tldr", length: "short", format: "markdown" } as const;
    const translate = { task: "translate", from: undefined, to: "en" } as const;
    assert.equal(shape(jobView()), "points");
    assert.equal(shape(jobView({ task: tldr })), "prose");
    assert.equal(shape(rewriteView()), "text");
    assert.equal(shape(rewriteView({ task: translate })), "text");
    assert.equal(shape(jobView({ task: translate, subject: { subject: "blocks", count: 2 } })), "blocks");
  });
});
