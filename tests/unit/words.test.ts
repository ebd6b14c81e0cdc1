// A job in words.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plural } from "../../offscreen/view/messages";
import { languageName, list, primarySubtag } from "../../offscreen/view/names";
import {
  announcement,
  percent,
  progressText,
  seconds,
  settledBlocks,
  speed,
  statsText,
  statusText,
  writtenBy,
} from "../../offscreen/view/words";
import { done, FAILURE, jobView, rewriteView, STATS, section, served } from "./fixtures";

const NBSP = "\u00a0";

describe("words", () => {
  test("figures", () => {
    assert.deepEqual(
      [0, 0.4, 0.29, 0.999, 1].map(percent),
      ["0", "40", "29", "99", "100"].map((n) => `${n}${NBSP}%`),
    );
    assert.deepEqual(
      [94, 2100, 9949, 9950, 61_000].map(seconds),
      ["0.1", "2.1", "9.9", "10", "61"].map((n) => `${n}${NBSP}s`),
    );
    assert.deepEqual(
      [0.25, 9.9, 10, 34.4].map(speed),
      ["0.3", "9.9", "10", "34"].map((n) => `${n} tokens/s`),
    );
    assert.deepEqual([plural("blocks", 1), plural("blocks", 2)], ["1 block", "2 blocks"]);
  });

  test("each phase of work", () => {
    const at = { fraction: 0.4, tokensPerSecond: undefined };
    assert.equal(progressText({ phase: "installing", ...at }, undefined), `Installing model 40${NBSP}%`);
    assert.equal(progressText({ phase: "loading", ...at, fraction: undefined }, undefined), "Loading model…");
    assert.equal(progressText({ phase: "reading", ...at }, jobView()), `Reading page 40${NBSP}%`);
    assert.equal(progressText({ phase: "reading", ...at }, rewriteView()), `Reading text 40${NBSP}%`);
    assert.equal(progressText({ phase: "writing", ...at }, jobView()), "Writing…");
    assert.equal(progressText({ phase: "writing", ...at, tokensPerSecond: 34.4 }, jobView()), "Writing · 34 tokens/s");
  });

  test("a page that is translated in place counts its blocks", () => {
    const job = jobView({
      task: { task: "translate", from: "de", to: "en" },
      subject: { subject: "blocks", count: 3 },
      sections: [section(0, "a"), section(1, "b", { status: "quoted" }), section(2, "c", { status: "draft" })],
    });
    assert.deepEqual(settledBlocks(job), { done: 2, total: 3 });
    const progress = { phase: "writing", fraction: undefined, tokensPerSecond: 8.25 } as const;
    assert.equal(progressText(progress, job), "Translating · 2 of 3 blocks · 8.3 tokens/s");
    assert.equal(settledBlocks(jobView()), undefined);
  });

  test("each state of a job", () => {
    const status = (state: ReturnType<typeof jobView>["state"]): string => statusText(jobView({ state }));
    assert.equal(statusText(undefined), "Reading the selection…");
    assert.equal(status({ state: "queued" }), "Starting…");
    assert.equal(status({ state: "cancelled" }), "Cancelled");
    assert.equal(status({ state: "failed", failure: FAILURE }), "");
    assert.equal(status(done("text")), `SmolLM2-135M · CPU · 34 tokens/s · 2.1${NBSP}s`);
    assert.equal(statsText({ ...STATS, decodeTps: 0 }, undefined), `SmolLM2-135M · CPU · 2.1${NBSP}s`);
  });

  test("what a server wrote says so, however it ended", () => {
    const by = "Written by qwen3:8b on your server at localhost:11434";
    const left = "Written by qwen3:8b on your server at example.org: the text left this machine";
    assert.deepEqual([writtenBy(served(true)), writtenBy(served(false))], [by, left]);
    const status = (state: ReturnType<typeof jobView>["state"], isLocal: boolean): string =>
      statusText(jobView({ state, server: served(isLocal) }));
    assert.equal(status(done("text"), true), `${by} · 34 tokens/s · 2.1${NBSP}s`);
    assert.equal(status(done("text"), false), `${left} · 34 tokens/s · 2.1${NBSP}s`);
    assert.equal(status({ state: "cancelled" }, false), `Cancelled · ${left}`);
  });

  test("a screen reader is told no figures, which would be read out again and again", () => {
    const said = ["Writing · 34 tokens/s", "Writing…", `Loading model 40${NBSP}%`, "Loading model…", "Cancelled"];
    assert.deepEqual(said.map(announcement), ["Writing", "Writing", "Loading model", "Loading model", "Cancelled"]);
  });

  test("languages and lists", () => {
    assert.deepEqual(["de", "de-AT", "xx", "?"].map(languageName), ["German", "German", "xx", "?"]);
    assert.deepEqual(["de-AT", "EN", ""].map(primarySubtag), ["de", "en", ""]);
    assert.equal(list(["Grammar", "Longer", "Bullets"]), "Grammar, Longer, and Bullets");
  });
});
