// What outlives an engine: how often a job is given to another one, and what is said when it is not.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { failedReplay, forgetStart, jobEnded, noteReplay, remember, unfinished } from "../../background/jobs";
import { applyEvent, initialEngineState } from "../../offscreen/view/fold";
import { storedResult } from "../../offscreen/view/results";
import { queuedJob, type Start } from "../../offscreen/view/start";
import { FakeSession, setChrome } from "./chrome";
import { done, jobView, section } from "./fixtures";

const PLACE = { tab: 1, frame: 0 };

function start(job: string, html = "<p>Text"): Start {
  const page = { url: "https://example.org/a", title: "A page", lang: "en", html, leftOut: jobView().leftOut };
  const { task } = jobView();
  return { type: "start", job, task, input: { input: "page", page }, choice: "auto", model: undefined, tab: 1 };
}

describe("a job that outlives its engine", () => {
  let session: FakeSession;
  beforeEach(() => {
    session = new FakeSession();
    const local = { get: async (defaults: object) => defaults };
    setChrome({
      extension: { inIncognitoContext: false },
      i18n: { getUILanguage: () => "en" },
      storage: { session, local },
    });
  });

  test("is given to one other engine, and then fails in words", async () => {
    await remember(start("job"), PLACE);
    const [first] = await unfinished();
    assert.ok(first);
    // As JSON keeps it: what is undefined is not there.
    assert.deepEqual(first.start, JSON.parse(JSON.stringify(start("job"))));
    assert.equal(failedReplay(first), undefined);
    await noteReplay(first);
    const [second] = await unfinished();
    assert.ok(second);
    const ended = failedReplay(second);
    assert.ok(ended?.state.state === "failed");
    assert.match(ended.state.failure.message, /stopped twice/);
    assert.equal(ended.url, "https://example.org/a");
  });

  test("is not there any more once it was cancelled or has ended", async () => {
    for (const job of ["cancelled", "ended"]) await remember(start(job), PLACE);
    await forgetStart("cancelled");
    await jobEnded(jobView({ job: "ended", state: done("text") }));
    assert.deepEqual(await unfinished(), []);
  });

  test("beyond the quota, older results make room; without room it is kept without its text, and says so", async () => {
    await jobEnded(jobView({ job: "old", state: done("x".repeat(1000)) }));
    session.quota = 3000;
    await remember(start("job", "y".repeat(1500)), PLACE);
    assert.equal(await storedResult("old"), undefined);
    const [kept] = await unfinished();
    assert.ok(kept && !kept.isCut);
    await forgetStart("job");

    await remember(start("large", "y".repeat(5000)), PLACE);
    const [cut] = await unfinished();
    assert.ok(cut);
    const ended = failedReplay(cut);
    assert.ok(ended?.state.state === "failed");
    assert.match(ended.state.failure.message, /too large to be kept/);
    assert.equal(ended.state.failure.remedy, "Start it again.");
  });

  test("ended by who never saw its text, it keeps what a view knows to be checked", () => {
    const engine = initialEngineState();
    const sections = [section(0, "checked"), section(1, "a draft", { status: "draft" })];
    applyEvent(engine, { type: "job", view: jobView({ sections }) });
    const ended = failedReplay({ start: start("job"), replays: 1, isCut: false });
    assert.ok(ended);
    applyEvent(engine, { type: "job", view: ended });
    assert.deepEqual(engine.jobs.get("job")?.sections, [section(0, "checked")]);
  });

  test("before the engine has told of it, it looks as the engine will tell it", () => {
    assert.deepEqual(queuedJob(start("job")), jobView({ state: { state: "queued" } }));
  });
});
