// An incognito window shares neither results nor models with other windows, in either direction.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Browser } from "./driver/browser.ts";
import { extensionWith } from "./driver/played.ts";

/** By the manifest's `key`. */
const EXTENSION = "dfkbkkobdkpafbeehpnpniaepomnlhol";
const POPUP = `chrome-extension://${EXTENSION}/popup/popup.html`;

/** Has the background keep the result of a job, as the engine's document does, and tells what is kept. */
async function keep(title: string): Promise<string> {
  const view = {
    ...{ job: title, task: { task: "summarize", summaryType: "tldr", length: "short", format: "markdown" } },
    ...{
      url: `https://example.org/${title}`,
      title,
      subject: { subject: "page" },
      state: { state: "done", text: title, stats: {} },
    },
    ...{ sections: [], leftOut: { cut: 0, hidden: 0, frames: 0 }, server: undefined },
  };
  await chrome.storage.local.set({ keepsHistory: true });
  const reply: unknown = await chrome.runtime.sendMessage({ type: "ended", view });
  const session = await chrome.storage.session.get(null);
  const database = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open("session");
    opening.onsuccess = () => resolve(opening.result);
  });
  const stores = [...database.objectStoreNames];
  const own = await new Promise<unknown>((resolve) => {
    if (stores.length === 0) return resolve([]);
    const asking = database
      .transaction(stores)
      .objectStore(stores[0] ?? "")
      .getAll();
    asking.onsuccess = () => resolve(asking.result);
  });
  database.close();
  await chrome.runtime.sendMessage({ type: "ensureEngine" });
  const folder = await navigator.storage.getDirectory();
  await folder.getDirectoryHandle(`of-${title}`, { create: true });
  const files: string[] = [];
  for await (const name of folder.keys()) files.push(name);
  const databases = (await indexedDB.databases()).map(({ name }) => name);
  return JSON.stringify({ reply, session, own, files, databases, incognito: chrome.extension.inIncognitoContext });
}

/** Starts a job as a view does; what is under way is noted by the engine's document. */
function startJob(title: string): void {
  const leftOut = { cut: 0, hidden: 0, frames: 0 };
  const page = { url: "https://example.org/", title, lang: "en", html: "<p>Text", leftOut };
  const task = { task: "summarize", summaryType: "tldr", length: "short", format: "markdown" };
  const start = { type: "start", job: title, task, input: { input: "page", page }, choice: "auto", tab: 1 };
  chrome.runtime.connect({ name: "engine" }).postMessage(start);
}

async function isNoted(): Promise<boolean> {
  const { busyIncognito } = await chrome.storage.session.get<Record<string, boolean>>("busyIncognito");
  return busyIncognito === true;
}

test("what an incognito window keeps is its own, and it sees nothing of the others'", async () => {
  const copy = await extensionWith("played");
  const profile = await mkdtemp(join(tmpdir(), "sotto-"));
  // The reader's consent, which Chromium asks for on its page of the extensions.
  await mkdir(join(profile, "Default"));
  const consent = { extensions: { settings: { [EXTENSION]: { incognito: true } } } };
  await writeFile(join(profile, "Default/Preferences"), JSON.stringify(consent));
  const browser = await Browser.launch({ adapter: "none", profile, extension: copy.folder });
  try {
    assert.equal(browser.extension, EXTENSION);
    const page = await browser.open(POPUP);
    const before = await page.evaluate(keep, "open");
    assert.match(before, /"session":\{.*"result:open"/u);

    const known = await browser.targets("about:blank");
    await page.evaluate(async () => chrome.windows.create({ incognito: true, url: "about:blank" }));
    const target = await browser.target("about:blank", 10_000, known);
    await target.send("Page.navigate", { url: POPUP });
    await target.waitFor("the popup", () => document.body?.dataset["ready"] !== undefined, null);
    const incognito = JSON.parse(await target.evaluate(keep, "secret")) as Record<string, unknown>;
    assert.equal(incognito["incognito"], true);
    assert.match(JSON.stringify(incognito["own"]), /secret/u);
    assert.doesNotMatch(JSON.stringify(incognito["session"]), /secret/u, "the session's storage is shared");
    assert.deepEqual(incognito["files"], ["of-secret"]);
    assert.match(before, /"databases":\[.*"history"/u, "other windows keep a history, as the reader wants");
    assert.ok(!(incognito["databases"] as string[]).includes("history"), "an incognito window keeps none");
    assert.equal((await browser.targets("/offscreen/offscreen.html")).length, 2, "each has its own engine");

    const after = await page.evaluate(keep, "later");
    assert.doesNotMatch(after, /secret/u);

    // An update of the extension, which ends both, waits for a job in either.
    await target.evaluate(startJob, "for ever");
    await target.waitFor("the job to be noted", isNoted, null);
    const update = async (): Promise<unknown> => {
      await chrome.storage.session.set({ updateWaiting: true });
      return chrome.runtime.sendMessage<unknown, unknown>({ type: "activity", isBusy: false });
    };
    assert.deepEqual(await page.evaluate(update), { type: "ok" });
    await page.waitForTimeout(500);
    assert.ok(await page.evaluate(isNoted), "it still waits");
    // Updated, it does not answer any more.
    await target.evaluate(() => void chrome.runtime.sendMessage({ type: "activity", isBusy: false }), null);
    const engines = async (): Promise<number> => (await browser.targets("/offscreen/offscreen.html")).length;
    for (let tries = 0; tries < 100 && (await engines()) > 0; tries += 1) await page.waitForTimeout(100);
    assert.equal(await engines(), 0, "both were ended");
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    await copy.remove();
  }
});
