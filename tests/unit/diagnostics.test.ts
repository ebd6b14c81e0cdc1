// What can be copied for a report: the facts that help, and no word of a page, an address or the
// reader, wherever such a word may stand.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { jobEnded } from "../../background/jobs";
import type { Failure, ModelCard } from "../../offscreen/protocol/protocol";
import { failureNotes, noteFailure } from "../../offscreen/view/failure_log";
import { diagnosticsText } from "../../popup/options/diagnostics";
import { FakeSession, setChrome } from "./chrome";
import { jobView, STATS, section, served } from "./fixtures";

const SECRET = "Zwiebelturm";
const ADDRESS = `https://${SECRET}.example/${SECRET}`;
const FAILURE: Failure = { code: "no-result", message: SECRET, remedy: ADDRESS, model: SECRET };

const SYSTEM = {
  version: "1.2.3",
  browser: "Chrome/156",
  platform: "linux x86-64",
  gpu: undefined,
  threads: 2,
  isIsolated: true,
  storage: "1 MB used, 2 GB left",
};

function card(changes: Partial<ModelCard>): ModelCard {
  return {
    ...{ id: SECRET, kind: "language", name: SECRET, family: "llama", licence: SECRET, languages: SECRET },
    ...{ goodFor: SECRET, bytes: 98, sha256: "0123456789abcdef", memory: 1, fit: { fit: "fits" }, estimated: false },
    ...{ context: 1, source: ADDRESS, packaged: false, here: true, interrupted: false },
    ...{ state: { state: "installed", checked: false }, abilities: { summarize: "good", rewrite: [], translate: [] } },
    ...{ speed: 34.4, update: undefined },
    ...changes,
  };
}

describe("diagnostics", () => {
  let local: FakeSession;
  const context = { inIncognitoContext: false };
  beforeEach(() => {
    local = new FakeSession();
    context.inIncognitoContext = false;
    setChrome({ extension: context, storage: { session: new FakeSession(), local } });
  });

  const fail = async (job: string): Promise<void> => {
    const sections = [section(0, SECRET)];
    await jobEnded(
      jobView({ job, url: ADDRESS, title: SECRET, sections, state: { state: "failed", failure: FAILURE } }),
    );
  };

  test("hold versions, devices, models with their speeds, and the kinds of the last failures", async () => {
    await fail("a");
    const failures = await failureNotes();
    const model = { state: "ready", model: SECRET, device: STATS.device, loadMs: 1 } as const;
    const models = [card({ name: "SmolLM2", packaged: true }), card({})];
    const text = diagnosticsText({ system: SYSTEM, model, models, failures });
    assert.match(text, /^Engine: CPU, 4 threads$/mu);
    assert.match(text, /^- SmolLM2, 98 bytes, installed, 34 tokens\/s$/mu);
    assert.match(text, /^- llama 0123456789ab, 98 bytes, installed, 34 tokens\/s$/mu);
    assert.match(text, /^Last failures:\n- [-\dT:]+Z summarize: no-result$/mu);
  });

  test("hold no word of a page, an address or the reader's", async () => {
    await fail("a");
    assert.ok(!JSON.stringify([...local.items]).includes(SECRET), "nor is such a word kept for them");
    const failures = await failureNotes();
    const server = { ...STATS.device, backend: "server", adapter: SECRET, reason: ADDRESS } as const;
    for (const model of [
      { state: "failed", failure: FAILURE } as const,
      { state: "ready", model: SECRET, device: server, loadMs: 1 } as const,
      { state: "ready", model: SECRET, device: { ...STATS.device, adapter: SECRET }, loadMs: 1 } as const,
    ]) {
      const models = [
        card({ state: { state: "failed", failure: FAILURE } }),
        card({ state: { state: "paused", bytes: 1, total: 2, needsAddress: true, failure: FAILURE } }),
        card({ state: { state: "onServer", served: served(false) } }),
        card({ kind: "translator" }),
      ];
      const text = diagnosticsText({ system: SYSTEM, model, models, failures });
      assert.ok(!text.includes(SECRET), text);
      assert.ok(!text.includes("example"), text);
    }
  });

  test("hold the last ten failures, and none of incognito windows", async () => {
    for (let job = 0; job < 12; job += 1) await fail(`${job}`);
    assert.equal((await failureNotes()).length, 10);
    local.items.clear();
    context.inIncognitoContext = true;
    await noteFailure("internal", "summarize");
    assert.deepEqual(await failureNotes(), []);
  });
});
