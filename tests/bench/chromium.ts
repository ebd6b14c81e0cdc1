// A fresh Chromium with the page in it, and what it told when it was done.

import type { BrowserContext } from "playwright-core";
import { chromium } from "playwright-core";
import type { Adapter } from "../e2e/driver/browser.ts";
import { ADAPTERS, environment } from "../e2e/driver/browser.ts";
import { peakMemory } from "./memory.ts";
import type { Finished } from "./page.ts";

export interface Opened extends Finished {
  /** The most that the last page's process held, in 10⁶ bytes; null where that can't be known. */
  peakMemoryMb: number | null;
}

/**
 * Opens the page at the last of these addresses in a browser of its own and waits for what it
 * measures, after those before it, each in a process that has ended then.
 */
export async function open(addresses: string[], adapter: Adapter, say: (text: string) => void): Promise<Opened> {
  const context = await launch(adapter);
  try {
    let opened: Opened = { results: [], error: "no page was opened", peakMemoryMb: null };
    for (const address of addresses) opened = await visit(context, address, say);
    return opened;
  } finally {
    await context.close();
  }
}

async function visit(context: BrowserContext, address: string, say: (text: string) => void): Promise<Opened> {
  const page = await context.newPage();
  try {
    const crashed = new Promise<never>((_, failed) => page.once("crash", () => failed(new Error("the page crashed"))));
    page.on("console", (message) => say(message.text()));
    await page.goto(address);
    const done = page.waitForFunction(() => (globalThis as { sotto?: Finished }).sotto, null, { timeout: 0 });
    const handle = await Promise.race([done, crashed]);
    const finished = (await handle.jsonValue()) ?? { results: [], error: "the page gave no figures" };
    return { ...finished, peakMemoryMb: await peakMemory(context) };
  } finally {
    await page.close();
  }
}

/**
 * With a profile, in a folder of its own: without one the browser's file system is no file system.
 */
async function launch(adapter: Adapter): Promise<BrowserContext> {
  return chromium.launchPersistentContext("", {
    executablePath: environment("SOTTO_CHROMIUM"),
    headless: false,
    args: [
      "--headless=new",
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ...ADAPTERS[adapter],
      ...(process.env["SOTTO_CHROMIUM_FLAGS"] ?? "").split(" ").filter(Boolean),
    ],
  });
}
