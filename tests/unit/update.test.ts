// An update of the extension waits for what is under way.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { handleIdle, updateWhenIdle } from "../../background/update";
import { FakeSession, setChrome } from "./chrome";

describe("an update", () => {
  let reloads: number;
  /** undefined: there is no engine. */
  let isBusy: boolean | undefined;
  beforeEach(() => {
    reloads = 0;
    setChrome({
      extension: { inIncognitoContext: false },
      storage: { session: new FakeSession() },
      runtime: {
        ContextType: { OFFSCREEN_DOCUMENT: "OFFSCREEN_DOCUMENT" },
        getContexts: async () => (isBusy === undefined ? [] : [{}]),
        sendMessage: async () => isBusy,
        reload: () => void (reloads += 1),
      },
    });
  });

  test("comes at once where nothing is under way", async () => {
    isBusy = undefined;
    await updateWhenIdle();
    assert.equal(reloads, 1);
  });

  test("waits for a job or an installation, and comes with its end", async () => {
    isBusy = true;
    await updateWhenIdle();
    await handleIdle();
    assert.equal(reloads, 0);
    isBusy = false;
    await handleIdle();
    assert.equal(reloads, 1);
  });

  test("nothing is reloaded where none waits", async () => {
    isBusy = false;
    await handleIdle();
    assert.equal(reloads, 0);
  });
});
