// The popup's lines, and what "Copy" takes.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import type { JobView, ModelCard } from "../../offscreen/protocol/protocol";
import { copyText } from "../../popup/copy";
import { hint } from "../../popup/names";
import { attempt, chosenServer, handleEvent, initial, type State, setPage } from "../../popup/state";
import { device, facts, fraction, provenance, status } from "../../popup/words";
import { done, jobView, rewriteView, SETTINGS, STATS, section, served } from "./fixtures";

const NBSP = "\u00a0";
const LOADING = { phase: "loading", fraction: 0.4, tokensPerSecond: undefined } as const;

describe("the popup's words", () => {
  let state: State;
  beforeEach(() => {
    state = initial(SETTINGS);
    setPage(state, { tab: 1, title: "A page", url: jobView().url, lang: "en", selection: undefined });
  });

  const show = (view: JobView): void => handleEvent(state, { type: "job", view });
  const load = (): void =>
    handleEvent(state, { type: "model", model: { state: "loading", model: "Smol", progress: LOADING } });

  test("the model loads before anything is asked for", () => {
    assert.equal(status(state), "");
    assert.equal(device(state), "Starting the engine");
    state.link = "connected";
    assert.equal(device(state), "Model not loaded yet");
    load();
    assert.equal(status(state), `Loading model 40${NBSP}%`);
    assert.equal(device(state), "Preparing the model");
    assert.equal(facts(state), "Smol · on this device");
    state.link = "lost";
    assert.equal(status(state), "The engine stopped; starting it again…");
  });

  test("a job waits for the background, for the model, for another job", () => {
    attempt(state).starting = true;
    assert.equal(status(state), "Looking at the page…");
    attempt(state).starting = false;
    show(jobView({ state: { state: "queued" } }));
    assert.equal(status(state), "Starting…");
    load();
    assert.equal(status(state), `Loading model 40${NBSP}%`);
    assert.equal(fraction(state), 0.4);
    handleEvent(state, { type: "model", model: { state: "idle" } });
    show(rewriteView({ job: "other" }));
    assert.equal(status(state), "Waiting for another job to finish…");
  });

  test("a server that is set for what is on view is named before and after, and so is what leaves this machine", () => {
    const card = (isLocal: boolean): ModelCard =>
      ({ id: "s", state: { state: "onServer", served: served(isLocal) } }) as ModelCard;
    state.settings = { ...state.settings, models: { summarize: "s" } };
    state.models = [card(true)];
    assert.equal(device(state), "Your server · localhost:11434");
    assert.equal(facts(state), "qwen3:8b on your server at localhost:11434");
    assert.match(hint("summarize", chosenServer(state)), /Your server at localhost:11434 writes it\.$/u);
    state.models = [card(false)];
    assert.match(hint("summarize", chosenServer(state)), /sent to example\.org: it leaves this machine\.$/u);
    assert.match(hint("rewrite", undefined), /Nothing you write leaves this device\.$/u);
    show(jobView({ server: served(false), coverage: 1 }));
    const by = "Written by qwen3:8b on your server at example.org: the text left this machine";
    assert.equal(facts(state), `${by} · Read 100${NBSP}% of page`);
    const { threads: _, ...none } = STATS.device;
    const at = { ...none, backend: "server", adapter: "example.org", threads: undefined } as const;
    show(jobView({ state: { state: "done", stats: { ...STATS, device: at }, text: "" }, server: served(false) }));
    assert.equal(device(state), "Your server · example.org");
  });

  test("what a finished job took, where it ran and what of the page was read", () => {
    show(jobView({ state: done("text"), coverage: 0.5 }));
    assert.equal(status(state), `Done in 2.1${NBSP}s · 34 tokens/s`);
    assert.equal(device(state), "CPU, 4 threads · Any");
    assert.equal(facts(state), `SmolLM2-135M · Read 50${NBSP}% of page · on this device`);
    const stats = { ...STATS, device: { ...STATS.device, threads: undefined, reason: "There is no GPU." } };
    show(jobView({ state: { state: "done", stats, text: "" } }));
    assert.equal(device(state), "CPU — There is no GPU.");
    const short = { ...stats, device: { ...stats.device, shortage: 512 } };
    show(jobView({ state: { state: "done", stats: short, text: "" } }));
    const shortage = "Memory is short: the model reads no more than 512 tokens at once.";
    assert.equal(device(state), `CPU — There is no GPU. ${shortage}`);
  });

  test("how far the text can be trusted", () => {
    const preview = section(0, "a", { status: "preview" });
    show(jobView({ sections: [preview] }));
    assert.equal(provenance(state), "Preview in grey: the page’s own sentences");
    show(jobView({ sections: [section(0, "a", { status: "draft" })] }));
    assert.equal(provenance(state), "Checking each point against the page");
    show(jobView({ sections: [section(0, "a"), section(1, "b", { status: "quoted" })], state: done("") }));
    assert.equal(provenance(state), "Checked against the page · “ its own words");

    state.settings = { ...SETTINGS, mode: "rewrite" };
    show(rewriteView({ sections: [section(0, "a"), section(1, "b", { status: "quoted" })], state: done("") }));
    assert.equal(provenance(state), "Checked against your text · 1 of 2 kept as they were");
    state.settings = { ...SETTINGS, mode: "translate" };
    show(rewriteView({ task: { task: "translate", from: "de", to: "en" }, sections: [section(0, "a")] }));
    assert.equal(provenance(state), "German → English");
  });

  test("what can be copied is settled: points as a list, prose as prose, a text as it was laid out", () => {
    const sections = [
      section(0, "One."),
      section(1, "Two.", { before: "\n\n" }),
      section(2, "page", { status: "preview" }),
    ];
    assert.equal(copyText(undefined), "");
    assert.equal(copyText(jobView({ sections })), "- One.\n- Two.");
    const tldr = { task: "summarize", summaryType: "tldr", length: "short", format: "markdown" } as const;
    assert.equal(copyText(jobView({ sections, task: tldr })), "One. Two.");
    assert.equal(copyText(rewriteView({ sections })), "One.\n\nTwo.");
    assert.equal(copyText(jobView({ sections, state: done("the whole") })), "the whole");
  });
});
