// What the popup shows of what it knows.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import {
  attempt,
  cancel,
  current,
  detectedLanguage,
  failure,
  handleEvent,
  initial,
  isHere,
  type Page,
  phase,
  type State,
  setPage,
} from "../../popup/state";
import { done, FAILURE, jobView, rewriteView, SETTINGS, section } from "./fixtures";

const PAGE: Page = { tab: 1, title: "A page", url: "https://example.org/a#top", lang: "de", selection: undefined };

describe("the popup's state", () => {
  let state: State;
  beforeEach(() => {
    state = initial(SETTINGS);
    setPage(state, PAGE);
  });

  test("of a mode, the job started here is shown, else the newest of this page, else one under way elsewhere", () => {
    assert.equal(current(state), undefined);
    handleEvent(state, { type: "job", view: jobView({ job: "elsewhere", url: "https://example.org/b" }) });
    assert.equal(current(state)?.job, "elsewhere");
    handleEvent(state, { type: "job", view: jobView({ job: "old", state: done("old") }) });
    handleEvent(state, { type: "job", view: jobView({ job: "new", state: done("new") }) });
    handleEvent(state, { type: "job", view: rewriteView({ job: "other mode" }) });
    assert.equal(current(state)?.job, "new");
    attempt(state).job = "old";
    assert.equal(current(state)?.job, "old");
    state.settings = { ...SETTINGS, mode: "rewrite" };
    assert.equal(current(state)?.job, "other mode");
  });

  test("from the click to the background's answer the job is queued, whatever stood there", () => {
    handleEvent(state, { type: "job", view: jobView({ state: done("text") }) });
    assert.equal(phase(state), "done");
    attempt(state).starting = true;
    assert.equal(phase(state), "queued");
    assert.equal(current(state), undefined);
    attempt(state).starting = false;
    attempt(state).stopped = true;
    assert.equal(phase(state), "cancelled");
  });

  test("a cancelled job is shown so at once, and nothing that still comes brings it back", () => {
    handleEvent(state, { type: "job", view: jobView({ sections: [section(0, "a")] }) });
    cancel(state, "job");
    assert.equal(phase(state), "cancelled");
    handleEvent(state, { type: "section", job: "job", section: section(1, "late") });
    assert.deepEqual(current(state)?.sections, [section(0, "a")]);
    handleEvent(state, { type: "job", view: jobView({ coverage: 0.5 }) });
    handleEvent(state, { type: "snapshot", model: { state: "idle" }, models: [], jobs: [jobView()] });
    assert.equal(phase(state), "cancelled");
  });

  test("what the background refused comes before what the engine did, and ends with the page", () => {
    handleEvent(state, { type: "rejected", failure: FAILURE, job: undefined });
    assert.equal(phase(state), "failed");
    const refused = { ...FAILURE, message: "This page cannot be read." };
    attempt(state).failure = refused;
    assert.equal(failure(state), refused);
    setPage(state, { ...PAGE, url: "https://example.org/a#end" });
    assert.equal(failure(state), refused, "another place on the same page");
    setPage(state, { ...PAGE, url: "https://example.org/b" });
    assert.equal(phase(state), "idle");
  });

  test("an engine that is lost while it works fails the job, with what was checked", () => {
    handleEvent(state, { type: "job", view: jobView({ sections: [section(0, "a")] }) });
    attempt(state).job = "job";
    handleEvent(state, { type: "snapshot", model: { state: "idle" }, models: [], jobs: [] });
    assert.equal(phase(state), "failed");
    assert.equal(failure(state)?.message, "The engine was stopped while it worked.");
    assert.deepEqual(current(state)?.sections, [section(0, "a")]);
  });

  test("a job is here on any part of its page", () => {
    assert.ok(isHere(state, jobView({ url: "https://example.org/a#middle" })));
    assert.ok(!isHere(state, jobView({ url: "https://example.org/a?page=2" })));
  });

  test("the language is that of what a job would take: the page's, or the selection's", () => {
    setPage(state, { ...PAGE, selection: { text: "Bonjour", lang: "fr" } });
    assert.equal(detectedLanguage(state, "page"), "de");
    assert.equal(detectedLanguage(state, "selection"), "fr");
    setPage(state, { ...PAGE, selection: { text: "", lang: undefined } });
    assert.equal(detectedLanguage(state, "selection"), undefined);
  });
});
