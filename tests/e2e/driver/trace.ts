// What the engine writes to its console when it is asked to say what it does.

import type { Browser } from "./browser.ts";
import { enableTrace } from "./menu.ts";

/** Longest wait for the engine's document: it is created by the popup. */
const ENGINE_MS = 60_000;

/** Has the engine trace its work, and hands on each line once it is started. */
export async function trace(browser: Browser, print: (line: string) => void): Promise<void> {
  await enableTrace(browser);
  void relay(browser, print).catch((error: unknown) => print(`no trace: ${String(error)}`));
}

async function relay(browser: Browser, print: (line: string) => void): Promise<void> {
  const document = await browser.target("/offscreen/offscreen.html?trace", ENGINE_MS);
  // A worker's console is its document's log.
  document.on<{ entry: { text: string } }>("Log.entryAdded", ({ entry }) => print(entry.text));
  document.on<{ args: { value?: unknown }[] }>("Runtime.consoleAPICalled", ({ args }) => print(String(args[0]?.value)));
  await document.send("Log.enable");
  await document.send("Runtime.enable");
}
