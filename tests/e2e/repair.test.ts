// Installed files that a disk has damaged: found, and put right with what is damaged and no more. What
// nothing uses, and everything, removed.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, before, beforeEach, describe, test } from "node:test";
import { environment } from "./driver/browser.ts";
import { FileServer, Files } from "./driver/files.ts";
import { ModelsPage } from "./driver/models.ts";
import { Harness } from "./harness.ts";

/** Random weights, of some megabytes. */
const TINY = environment("SOTTO_TINY");
const OWN = "tiny";

/** The model that comes with the extension. */
const PACKAGED = "SmolLM2-135M-Instruct";

/** What can be fetched of a file by itself: `CHUNK` in offscreen/session. */
const CHUNK = 4 << 20;

describe("repair", () => {
  let harness: Harness;
  let models: ModelsPage;
  let files: Files;
  let server: FileServer;
  let bytes: Buffer;
  let sha256: string;

  before(async () => {
    files = await Files.create();
    const path = await files.copy("served.gguf", TINY);
    bytes = await readFile(path);
    sha256 = createHash("sha256").update(bytes).digest("hex");
    server = await FileServer.start(path, 0);
    harness = await Harness.start({ adapter: "none" });
    models = await ModelsPage.open(harness.browser);
    await models.enterAddress(server.address(), sha256);
    await models.until(OWN, "installed");
  });
  after(async () => {
    await harness.stop();
    await server.stop();
    await files.remove();
  });
  beforeEach(() => {
    server.requests.length = 0;
    server.pauseMs = 0;
  });

  /** Turns over a bit at each of these places of a stored file, or cuts it. */
  async function damage(hash: string, places: number[], length?: number): Promise<void> {
    await models.page.evaluate(
      async ({ hash, places, length }) => {
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("models");
        const handle = await folder.getFileHandle(`${hash}.gguf`);
        const file = await handle.getFile();
        const stream = await handle.createWritable({ keepExistingData: true });
        for (const position of places) {
          const [byte = 0] = new Uint8Array(await file.slice(position, position + 1).arrayBuffer());
          await stream.write({ type: "write", position, data: new Uint8Array([byte ^ 1]) });
        }
        if (length !== undefined) await stream.truncate(length);
        await stream.close();
      },
      { hash, places, length },
    );
  }

  /** Waits until it is said that all of a model is as it was installed. */
  async function whole(name: string): Promise<void> {
    const said = models.card(name).getByText(/^(Checked: |The connection|What came|The model file)/u);
    await said.first().waitFor();
    assert.match(await said.first().innerText(), /^Checked: all of it is as it was installed\.$/u);
  }

  async function stored(hash: string): Promise<string> {
    return models.page.evaluate(async (hash) => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("models");
      const file = await (await folder.getFileHandle(`${hash}.gguf`)).getFile();
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    }, hash);
  }

  test("what is whole is said to be", async () => {
    await models.press(OWN, "Check");
    await whole(OWN);
    assert.deepEqual(server.requests, []);
  });

  test("two bits in two places: two chunks are fetched, from that host, and it is the same file again", async () => {
    await damage(sha256, [CHUNK + 5, 3 * CHUNK + 7]);
    await models.press(OWN, "Check");
    const card = await models.until(OWN, "damaged");
    assert.match(await card.innerText(), /a part of its file \(\d MB\) is not as it was/u);
    const { host } = new URL(server.address());
    await card.getByRole("button", { name: `Repair: 7 MB from ${host}` }).click();
    await whole(OWN);
    assert.equal(await stored(sha256), sha256);
    assert.deepEqual(
      server.requests.map(({ from, sent }) => [from, sent]),
      [
        [CHUNK, CHUNK],
        [3 * CHUNK, bytes.length - 3 * CHUNK],
      ],
    );
  });

  test("a file that was cut off gets its end back; stopped in between, what has come of it stays", async () => {
    await damage(sha256, [], 2 * CHUNK + 10);
    await models.press(OWN, "Check");
    await models
      .card(OWN)
      .getByText(/a part of its file/u)
      .waitFor();
    // Slowly: the card is looked at twice a second.
    server.pauseMs = 150;
    await models.press(OWN, "Repair");
    const repairing = await models.until(OWN, "repairing");
    await repairing.getByText(/^[56] of 7 MB/u).waitFor();
    await models.press(OWN, "Stop");
    await models.until(OWN, "damaged");
    server.pauseMs = 0;
    await models.press(OWN, "Repair");
    await whole(OWN);
    assert.equal(await stored(sha256), sha256);
    const [first, second] = server.requests;
    assert.equal(first?.from, 2 * CHUNK);
    assert.ok((second?.from ?? 0) >= 3 * CHUNK, `it goes on at ${second?.from}`);
  });

  test("another version at its address: said, and nothing is lost", async () => {
    await damage(sha256, [5]);
    await models.press(OWN, "Check");
    await files.replace("served.gguf", "tiny", "twin");
    await models.press(OWN, "Repair");
    await models
      .card(OWN)
      .getByText(/its source has another version now/u)
      .waitFor();
    await files.replace("served.gguf", "twin", "tiny");
    await models.press(OWN, "Repair");
    await whole(OWN);
    assert.equal(await stored(sha256), sha256);
  });

  test("a model of the package is repaired from there", async () => {
    await models.press(PACKAGED, "Install");
    const hash = /[0-9a-f]{64}/u.exec(await models.said(await models.until(PACKAGED, "installed")))?.[0] ?? "";
    await damage(hash, [50_000_000]);
    harness.browser.proxy.forget();
    await models.press(PACKAGED, "Check");
    await models.press(PACKAGED, "Repair");
    await whole(PACKAGED);
    assert.equal(await stored(hash), hash);
    assert.deepEqual(harness.browser.proxy.requests, []);
  });
});
