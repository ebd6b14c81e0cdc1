// The model's installation, and what an interrupted one leaves behind.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { ModelsPage } from "./driver/models.ts";
import type { Popup, Shown } from "./driver/popup.ts";
import { Harness, summary } from "./harness.ts";
import { NOTE } from "./pages.ts";

/** Names of the files in the extension's private storage. */
async function stored(popup: Popup): Promise<string[]> {
  return popup.target.evaluate(async () => {
    const names: string[] = [];
    const walk = async (folder: FileSystemDirectoryHandle): Promise<void> => {
      for await (const entry of folder.values()) {
        names.push(entry.name);
        if (entry.kind === "directory") await walk(entry);
      }
    };
    await walk(await navigator.storage.getDirectory());
    return names;
  }, null);
}

const isLoaded = ({ device }: Shown): boolean => /^CPU, \d+ thread/u.test(device);

const isModel = (name: string): boolean => /\.(gguf|part)$/u.test(name);

test("the browser is killed while the model is installed: the next start installs it whole", async () => {
  const profile = await mkdtemp(join(tmpdir(), "sotto-"));
  try {
    const first = await Harness.start({ adapter: "none", profile });
    const { processInfo } = await first.browser.cdp.send("SystemInfo.getProcessInfo");
    const browser = processInfo.find(({ type }) => type === "browser");
    assert.ok(browser, "the browser's process is known");
    const popup = await first.popup(await first.open("note", NOTE));
    await popup.run();
    const { needs } = await popup.until("the installation", ({ status }) => status.startsWith("Installing"), 30_000, 1);
    const names = await stored(popup);
    const gone = first.browser.context.waitForEvent("close");
    process.kill(browser.id, "SIGKILL");
    await gone;
    await first.stop();
    assert.ok(!names.some((name) => name.endsWith(".gguf")), `not installed yet: ${names.join(", ")}`);
    assert.equal(needs, "", "a model on its way out of the package is not one to get");

    const second = await Harness.start({ adapter: "none", profile });
    try {
      const again = await second.popup(await second.open("note", NOTE), { type: "tldr", length: "short" });
      await again.run();
      await summary(again);
      const left = (await stored(again)).filter(isModel);
      assert.equal(left.length, 1, `the model and nothing else: ${left.join(", ")}`);
      assert.match(left[0] ?? "", /\.gguf$/u);
    } finally {
      await second.stop();
    }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** Turns over a byte in the middle of the stored model, as a failing disk does. */
async function damage(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const models = await (await navigator.storage.getDirectory()).getDirectoryHandle("models");
    for await (const entry of models.values()) {
      if (!(entry instanceof FileSystemFileHandle && entry.name.endsWith(".gguf"))) continue;
      const file = await entry.getFile();
      const position = Math.floor(file.size / 2);
      const [byte = 0] = new Uint8Array(await file.slice(position, position + 1).arrayBuffer());
      const stream = await entry.createWritable({ keepExistingData: true });
      await stream.write({ type: "write", position, data: new Uint8Array([byte ^ 1]) });
      await stream.close();
    }
  });
}

/** SHA-256 of the stored model. */
async function hash(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const models = await (await navigator.storage.getDirectory()).getDirectoryHandle("models");
    for await (const entry of models.values()) {
      if (!(entry instanceof FileSystemFileHandle && entry.name.endsWith(".gguf"))) continue;
      const bytes = await (await entry.getFile()).arrayBuffer();
      return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).join();
    }
    return "no model";
  });
}

test("a stored model with a bit turned over is not used: it is installed anew from the package", async () => {
  const profile = await mkdtemp(join(tmpdir(), "sotto-"));
  try {
    const first = await Harness.start({ adapter: "none", profile });
    const { page } = await ModelsPage.open(first.browser);
    await (await first.popup(await first.open("note", NOTE))).until("the model", isLoaded, 60_000);
    const whole = await hash(page);
    await first.stop();

    const second = await Harness.start({ adapter: "none", profile });
    try {
      const models = await ModelsPage.open(second.browser);
      await damage(models.page);
      assert.notEqual(await hash(models.page), whole, "damaged, and nobody knows yet");
      const popup = await second.popup(await second.open("note", NOTE), { type: "tldr", length: "short" });
      await popup.run();
      await summary(popup);
      assert.equal(await hash(models.page), whole);
    } finally {
      await second.stop();
    }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

test("a popup that is merely opened has the model installed and loaded", async () => {
  const harness = await Harness.start({ adapter: "none" });
  try {
    const popup = await harness.popup(await harness.open("note", NOTE));
    const { state } = await popup.until("the model", isLoaded, 60_000);
    assert.equal(state, "idle", "nothing was asked for");
  } finally {
    await harness.stop();
  }
});
