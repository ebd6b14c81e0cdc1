// Which GPUs the extension tested and found right.

import type { Browser } from "./browser.ts";

/** The keys of the tests that were passed. */
export async function trusted(browser: Browser): Promise<string[]> {
  const page = await browser.context.newPage();
  await page.goto(`chrome-extension://${browser.extension}/popup/models.html`);
  const text = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const file = await root.getFileHandle("trusted.json").catch(() => undefined);
    return (await file?.getFile())?.text();
  });
  await page.close();
  return JSON.parse(text ?? "[]") as string[];
}
