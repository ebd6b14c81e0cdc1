// What a browser's page took at most, as Linux counts it.

import { readFile } from "node:fs/promises";
import type { BrowserContext } from "playwright-core";

/**
 * The most memory that the page's process had resident since it began, in 10⁶ bytes; null where
 * there is no `/proc`. Of a browser with one page its largest renderer is that page's: others are
 * spare and empty.
 */
export async function peakMemory(context: BrowserContext): Promise<number | null> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (session === undefined) return null;
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const peaks = (await Promise.all(renderers.map(({ id }) => highWater(id)))).filter((peak) => peak !== null);
  return peaks.length === 0 ? null : Math.max(...peaks);
}

async function highWater(process: number): Promise<number | null> {
  const status = await readFile(`/proc/${process}/status`, "utf8").catch(() => "");
  const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? null : (Number(kibibytes) * 1024) / 1e6;
}
