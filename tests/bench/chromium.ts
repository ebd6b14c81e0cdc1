// A fresh Chromium with the page in it, and what it told when it was done.
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { ADAPTERS, environment } from "../e2e/driver/browser.ts";
import type { Adapter } from "../e2e/driver/browser.ts";
import { peakMemory } from "./memory.ts";
import type { Finished } from "./page.ts";

export interface Opened extends Finished {
  /** The most that the page's process held, in 10⁶ bytes; null where that can't be known. */
  peakMemoryMb: number | null;
}

/** Opens the page at this address in a browser of its own and waits for what it measures. */
export async function open(address: string, adapter: Adapter, say: (text: string) => void): Promise<Opened> {
  const browser = await launch(adapter);
  try {
    const page = await browser.newPage();
    const crashed = new Promise<never>((_, failed) => page.once("crash", () => failed(new Error("the page crashed"))));
    page.on("console", (message) => say(message.text()));
    await page.goto(address);
    const done = page.waitForFunction(() => (globalThis as { sotto?: Finished }).sotto, null, { timeout: 0 });
    const handle = await Promise.race([done, crashed]);
    const finished = (await handle.jsonValue()) ?? { results: [], error: "the page gave no figures" };
    return { ...finished, peakMemoryMb: await peakMemory(browser) };
  } finally {
    await browser.close();
  }
}

async function launch(adapter: Adapter): Promise<Browser> {
  return chromium.launch({
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
