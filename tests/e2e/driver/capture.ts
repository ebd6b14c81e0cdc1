// The extension's capture script on a page, without the extension: in Chromium, in a world of its own as the extension's
// scripts have.

import { chromium } from "playwright-core";
import type { PageCapture } from "../../../offscreen/protocol/protocol";
import type { Unread } from "../../../offscreen/view/injected";
import { environment, flags } from "./browser.ts";
import { Pages } from "./pages.ts";
import { HttpProxy } from "./proxy.ts";

/** What `script`, the bundled `content/capture.ts`, reads of a page. */
export async function capture(html: string, script: string): Promise<PageCapture> {
  const pages = await Pages.start();
  const url = pages.add("page.html", html);
  const proxy = await HttpProxy.start((host) => host === "127.0.0.1");
  const context = await chromium.launchPersistentContext("", {
    executablePath: environment("SOTTO_CHROMIUM"),
    headless: false,
    args: flags({ adapter: "none" }, proxy),
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(url, { waitUntil: "networkidle" });
    const cdp = await context.newCDPSession(page);
    const { frameTree } = await cdp.send("Page.getFrameTree");
    const { executionContextId: contextId } = await cdp.send("Page.createIsolatedWorld", {
      frameId: frameTree.frame.id,
    });
    const expression = `${script}\n;globalThis.sottoCapture()`;
    const reply = await cdp.send("Runtime.evaluate", { expression, contextId, returnByValue: true });
    if (reply.exceptionDetails) throw new Error(reply.exceptionDetails.exception?.description ?? "the script failed");
    const captured = reply.result.value as PageCapture | Unread;
    if ("error" in captured) throw new Error(captured.error);
    if ("contentType" in captured) throw new Error(`the page is no text: ${captured.contentType}`);
    return captured;
  } finally {
    await context.close();
    await proxy.stop();
    await pages.stop();
  }
}
