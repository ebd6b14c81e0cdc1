// The extension's capture script on a page: in Chromium, as the content script of an extension that
// is nothing else, since only extensions see closed shadow roots.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CDPSession, chromium } from "playwright-core";
import type { PageCapture } from "../../../offscreen/protocol/protocol";
import type { Unread } from "../../../offscreen/view/injected";
import { environment, flags } from "./browser.ts";
import { Pages } from "./pages.ts";
import { HttpProxy } from "./proxy.ts";

const MANIFEST = {
  manifest_version: 3,
  name: "capture",
  version: "1",
  content_scripts: [{ matches: ["http://127.0.0.1/*"], js: ["capture.js"] }],
};

/** What `script`, the bundled `content/capture.ts`, reads of a page. */
export async function capture(html: string, script: string): Promise<PageCapture> {
  const extension = await mkdtemp(join(tmpdir(), "sotto-capture-"));
  await writeFile(join(extension, "capture.js"), script);
  await writeFile(join(extension, "manifest.json"), JSON.stringify(MANIFEST));
  const pages = await Pages.start();
  const url = pages.add("page.html", html);
  const proxy = await HttpProxy.start((host) => host === "127.0.0.1");
  const context = await chromium.launchPersistentContext("", {
    executablePath: environment("SOTTO_CHROMIUM"),
    headless: false,
    ignoreDefaultArgs: ["--disable-extensions"],
    args: [
      ...flags({ adapter: "none" }, proxy),
      `--load-extension=${extension}`,
      `--disable-extensions-except=${extension}`,
    ],
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const cdp = await context.newCDPSession(page);
    const world = contentWorld(cdp);
    await cdp.send("Runtime.enable");
    await page.goto(url, { waitUntil: "networkidle" });
    const reply = await cdp.send("Runtime.evaluate", {
      expression: "globalThis.sottoCapture()",
      contextId: await world,
      returnByValue: true,
    });
    if (reply.exceptionDetails) throw new Error(reply.exceptionDetails.exception?.description ?? "the script failed");
    const captured = reply.result.value as PageCapture | Unread;
    if ("error" in captured) throw new Error(captured.error);
    if ("contentType" in captured) throw new Error(`the page is no text: ${captured.contentType}`);
    return captured;
  } finally {
    await context.close();
    await proxy.stop();
    await pages.stop();
    await rm(extension, { recursive: true });
  }
}

/** The extension's world on the page that is opened next. */
async function contentWorld(cdp: CDPSession): Promise<number> {
  return new Promise((resolve) => {
    cdp.on("Runtime.executionContextCreated", ({ context }) => {
      if (context.origin.startsWith("chrome-extension://")) resolve(context.id);
    });
  });
}
