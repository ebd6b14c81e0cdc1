// Downloads that are interrupted in every way there is, and go on where they were.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { environment } from "./driver/browser.ts";
import { CUT, FileServer, Files } from "./driver/files.ts";
import { ModelsPage } from "./driver/models.ts";
import { random } from "./driver/random.ts";
import { artifact, Harness } from "./harness.ts";

/** Random weights, of some megabytes. */
const TINY = environment("SOTTO_TINY");
const OWN = "tiny";

/** What the engine writes down at once: `CHUNK` in offscreen/session. */
const CHUNK = 4 << 20;

/** What is on its way through sockets, the proxy and the browser when an engine ends. */
const ON_ITS_WAY = 2 << 20;

/** How often a download is killed: `SOTTO_KILLS=20` for a night. */
const KILLS = Number(process.env["SOTTO_KILLS"] ?? 2);

async function sha256(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}

const isLeft = (name: string): boolean => /\.(part|journal)$/u.test(name);

describe("downloads", () => {
  let files: Files;
  let path: string;
  let server: FileServer;
  const servers: FileServer[] = [];
  /** Another server of the same file, which pauses so long after each piece. */
  const serve = async (pauseMs: number): Promise<FileServer> => {
    const other = await FileServer.start(path, pauseMs);
    servers.push(other);
    return other;
  };
  before(async () => {
    files = await Files.create();
    path = await files.copy("served.gguf", TINY);
    server = await serve(5);
  });
  after(async () => {
    for (const one of servers) await one.stop();
    await files.remove();
  });

  test("killed again and again, browser and engine: it goes on to the right hash, no chunk fetched twice but one a kill", async (context) => {
    const [profile, hash] = [await mkdtemp(join(tmpdir(), "sotto-")), await sha256(path)];
    const all = await size();
    const slow = await serve(15);
    const next = random(7);
    let harness = await Harness.start({ adapter: "none", profile });
    try {
      let models = await ModelsPage.open(harness.browser);
      await models.enterAddress(slow.address(), hash);
      for (let kill = 0; kill < KILLS; kill += 1) {
        await models.until("model.gguf", "installing");
        const least = ((kill + next()) / KILLS) * 0.85 * all;
        const reached = (): number => slow.requests.slice(-1).reduce((_, { from, sent }) => from + sent, 0);
        while (reached() < least) await models.page.waitForTimeout(10);
        if (kill % 2 === 0) {
          const [document] = await harness.browser.targets("/offscreen/offscreen.html");
          await harness.browser.cdp.send("Target.closeTarget", { targetId: document ?? "" });
        } else {
          await harness.browser.kill("browser");
          await harness.stop();
          harness = await Harness.start({ adapter: "none", profile });
          models = await ModelsPage.open(harness.browser);
        }
        await resume(models, slow, hash);
      }
      await models.until(OWN, "installed");
      assert.equal(await models.id(OWN), hash);
      assert.deepEqual((await models.stored()).filter(isLeft), []);
      const sent = slow.requests.reduce((sum, request) => sum + request.sent, 0);
      context.diagnostic(`${sent - all} bytes of ${all} were sent twice, in ${slow.requests.length} pieces`);
      assert.ok(sent <= all + KILLS * (CHUNK + ON_ITS_WAY), `${sent} bytes of ${all} were sent in ${KILLS + 1} pieces`);
      const begins = slow.requests.map(({ from }) => from);
      for (const from of begins) assert.equal(from % CHUNK, 0, `${begins.join(", ")}: each begins where a chunk does`);
      for (const [at, { from, sent: before }] of slow.requests.slice(0, -1).entries()) {
        const then = begins[at + 1] ?? 0;
        assert.ok(then > from + before - CHUNK - ON_ITS_WAY, `${then} after ${from} and ${before}`);
      }
    } finally {
      await harness.stop();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  describe("in one browser", () => {
    let harness: Harness;
    let models: ModelsPage;
    before(async () => {
      harness = await Harness.start({ adapter: "none" });
      models = await ModelsPage.open(harness.browser);
    });
    after(async () => harness.stop());

    test("each fault ends in its own words, and what came of it is kept where it is right", async () => {
      const other = await serve(5);
      /** What is said, and whether what came stays. */
      const ends: [name: string, said: RegExp | undefined, kept: boolean][] = [
        ["drops-once.gguf", undefined, false],
        ["no-ranges.gguf", undefined, false],
        ["changed.gguf", undefined, false],
        ["short.gguf", /cut off|ends at byte/iu, false],
        ["long.gguf", /not as long as the server says/iu, true],
        ["changes.gguf", /changes on its server/iu, true],
        ["page.gguf", /web page came/iu, false],
        ["portal.gguf", /web page came/iu, true],
        ["range.gguf", /another part of/iu, true],
        ["forbidden.gguf", /could not be fetched/iu, false],
      ];
      harness.browser.proxy.forget();
      for (const [name] of ends) await models.enterAddress(server.address(name));
      await models.enterAddress(server.address(`elsewhere/${encodeURIComponent(other.address())}`));
      const all = Math.round((await size()) / 1e6);
      const part = CUT / 1e6;
      /** When their connections are cut: how many megabytes have come then, and how often. */
      const cuts: [name: string, megabytes: number, times: number][] = [
        ["drops-once.gguf", part, 1],
        ["no-ranges.gguf", part, 1],
        ["changed.gguf", part, 1],
        ["long.gguf", all, 2],
        ["changes.gguf", part, 2],
        ["portal.gguf", part, 1],
        ["range.gguf", part, 1],
      ];
      const cut = async ([name, megabytes, times]: (typeof cuts)[number]): Promise<void> => {
        const fetching = new RegExp(`^${megabytes} of \\d+ MB( · [\\d.]+ MB/s( · .* left)?)?$`, "u");
        for (let time = 0; time < times; time += 1) {
          await server.cut(name, async () => models.card(name).getByText(fetching).waitFor());
        }
      };
      await Promise.all(cuts.map(cut));
      for (const [name, said, kept] of ends) {
        if (said === undefined) {
          await models.card(name).waitFor({ state: "detached", timeout: 60_000 });
          continue;
        }
        const card = await models.until(name, kept ? "paused" : "failed");
        assert.match(await card.innerText(), said, name);
        if (kept) assert.match(await card.innerText(), /Paused: \d+ of \d+ MB/u, name);
      }
      await models.until("twin", "installed");
      await models.until(OWN, "installed");
      assert.equal(await models.id(OWN), await sha256(path));
      assert.equal(other.requests.length, 1, "led elsewhere, it is fetched there");
      assert.ok(!harness.browser.proxy.requests.some((request) => request.includes("example.org")));
      assert.deepEqual(
        server.of("drops-once.gguf").map(({ from }) => from),
        [0, CUT],
      );
      await models.page.screenshot({ path: artifact("models-paused.png"), fullPage: true });
      for (const [name, said, kept] of ends) {
        if (said === undefined) continue;
        await models.press(name, kept ? "Discard" : "Dismiss");
        await models.card(name).waitFor({ state: "detached" });
      }
      assert.deepEqual((await models.stored()).filter(isLeft), []);
    });

    test("paused, gone on with; asked for twice, fetched once", async () => {
      const second = await ModelsPage.open(harness.browser);
      const slow = await serve(100);
      await models.enterAddress(`${slow.address()}?token=secret`);
      const card = await models.until("model.gguf", "installing");
      await card.getByText(/\d+ of \d+ MB · [\d.]+ MB\/s · \d+\ss left/u).waitFor();
      await second.enterAddress(`${slow.address()}?token=secret`);
      assert.match(await second.outcome("by-address"), /is being installed/u);
      await second.page.close();
      await card.getByText(/^([5-9]|\d\d) of \d+ MB/u).waitFor();
      await models.press("model.gguf", "Pause");
      const paused = await models.until("model.gguf", "paused", 2000);
      assert.match(await models.outcome("by-address"), /what has come is kept/u);
      const { host } = new URL(slow.address());
      const button = paused.getByRole("button", { name: "Resume" });
      assert.match(await button.innerText(), new RegExp(`^Resume: \\d+ MB from ${host}$`, "u"));
      slow.pauseMs = 0;
      await button.click();
      await models.card("model.gguf").waitFor({ state: "detached", timeout: 60_000 });
      assert.equal(slow.requests.length, 2);
      const from = slow.requests[1]?.from ?? 0;
      assert.ok(from > 0 && from % CHUNK === 0, `it goes on at byte ${from}`);
      assert.ok(!(await models.said(models.card(OWN))).includes("secret"));
    });

    test("no room: said before anything is fetched, and by how much", async () => {
      const limit = await quota(harness, models);
      await limit(await size());
      await models.enterAddress(server.address());
      const failed = await models.until("model.gguf", "failed");
      assert.match(await failed.innerText(), /not enough room for model\.gguf: \d+ MB more must be free/u);
      await models.press("model.gguf", "Dismiss");
      await limit();
    });
  });

  test("room that runs out loses nothing", async () => {
    // Without the permission for unlimited storage the browser holds an extension to a quota, which a test can set.
    const extension = await mkdtemp(join(tmpdir(), "sotto-"));
    const dist = environment("SOTTO_DIST");
    for (const folder of ["background", "content", "offscreen", "popup", "_locales"]) {
      await cp(join(dist, folder), join(extension, folder), { recursive: true });
    }
    const manifest = JSON.parse(await readFile(join(dist, "manifest.json"), "utf8"));
    manifest.permissions = manifest.permissions.filter((name: string) => name !== "unlimitedStorage");
    await writeFile(join(extension, "manifest.json"), JSON.stringify(manifest));
    const harness = await Harness.start({ adapter: "none", extension });
    try {
      const models = await ModelsPage.open(harness.browser);
      const limit = await quota(harness, models);
      await limit((await size()) - 1_000_000);
      await models.enterAddress(server.address());
      const full = await models.until("model.gguf", "paused");
      assert.match(await full.innerText(), /storage is full/u);
      await limit();
      await models.press("model.gguf", "Resume");
      assert.equal(await models.id(OWN), await sha256(path));
      assert.deepEqual((await models.stored()).filter(isLeft), []);
    } finally {
      await harness.stop();
      await rm(extension, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  async function size(): Promise<number> {
    return (await stat(path)).size;
  }
});

/** Sets how many bytes more the extension may store, or that there is no limit. */
async function quota(harness: Harness, models: ModelsPage): Promise<(more?: number) => Promise<void>> {
  const { usage = 0 } = await models.page.evaluate(async () => navigator.storage.estimate());
  const cdp = await harness.browser.context.newCDPSession(models.page);
  const origin = `chrome-extension://${harness.browser.extension}`;
  return async (more) => {
    const limit = more === undefined ? {} : { quotaSize: usage + more };
    await cdp.send("Storage.overrideQuotaForOrigin", { origin, ...limit });
  };
}

/** Has the download go on: by its card, or from the beginning where nothing of it was there yet. */
async function resume(models: ModelsPage, server: FileServer, hash: string): Promise<void> {
  const before = server.requests.length;
  while (server.requests.length === before) {
    const resume = models.card("model.gguf").getByRole("button", { name: "Resume" });
    if ((await models.card("model.gguf").count()) === 0) await models.enterAddress(server.address(), hash);
    else if ((await resume.count()) > 0) await resume.click();
    for (let tries = 0; tries < 20 && server.requests.length === before; tries += 1) {
      await models.page.waitForTimeout(50);
    }
  }
}
