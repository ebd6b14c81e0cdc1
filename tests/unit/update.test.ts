// An update of the extension waits for what is under way, in incognito windows too.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { checkActivity, noteActivity, updateWhenIdle } from "../../background/update";
import { FakeSession, setChrome } from "./chrome";

describe("an update", () => {
  let reloads: number;
  /** undefined: there is no engine. */
  let isBusy: boolean | undefined;
  let session: FakeSession;
  beforeEach(() => {
    reloads = 0;
    isBusy = undefined;
    session = new FakeSession();
    inWindows("other");
  });

  /** What follows is done by the worker of these windows. */
  const inWindows = (which: "incognito" | "other"): void => {
    setChrome({
      extension: { inIncognitoContext: which === "incognito" },
      storage: { session },
      runtime: {
        ContextType: { OFFSCREEN_DOCUMENT: "OFFSCREEN_DOCUMENT" },
        getContexts: async () => (isBusy === undefined ? [] : [{}]),
        sendMessage: async () => isBusy,
        reload: () => void (reloads += 1),
      },
    });
  };

  test("comes at once where nothing is under way", async () => {
    await updateWhenIdle();
    assert.equal(reloads, 1);
  });

  test("waits for a job or an installation, and comes with its end", async () => {
    isBusy = true;
    await updateWhenIdle();
    assert.equal(reloads, 0);
    await noteActivity(false);
    assert.equal(reloads, 1);
  });

  test("waits for incognito windows as for others, whichever hear of it", async () => {
    for (const [hears, works] of [
      ["other", "incognito"],
      ["incognito", "other"],
    ] as const) {
      session = new FakeSession();
      reloads = 0;
      inWindows(works);
      await noteActivity(true);
      inWindows(hears);
      await updateWhenIdle();
      await noteActivity(true);
      await noteActivity(false);
      assert.equal(reloads, 0, `${works} windows are busy`);
      inWindows(works);
      await noteActivity(false);
      assert.equal(reloads, 1);
    }
  });

  test("comes with the next start of a worker whose engine was lost", async () => {
    isBusy = true;
    await updateWhenIdle();
    isBusy = undefined;
    await checkActivity();
    assert.equal(reloads, 1);
  });

  test("nothing is reloaded where none waits", async () => {
    await noteActivity(false);
    await checkActivity();
    assert.equal(reloads, 0);
  });

  test("nothing but whether something is under way is noted", async () => {
    inWindows("incognito");
    await noteActivity(true);
    assert.deepEqual([...session.items], [["busyIncognito", "true"]]);
  });
});
