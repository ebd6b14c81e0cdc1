// What everybody must be able to see and hear of a surface in each of its states: in light, in dark and in forced
// colours nothing that the rules of WCAG 2.2 AA and good practice find wrong, with a picture for a person to look at.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { emulated, type Media } from "./driver/media.ts";
import { artifact } from "./harness.ts";

/** A popup, a panel, a page, or what stands on one. */
export interface Surface {
  emulate(media: Media): Promise<void>;
  /** Runs a script where the surface can be seen. */
  load(script: string): Promise<void>;
  evaluate<A, T>(code: (argument: A) => T | Promise<T>, argument: A): Promise<T>;
  screenshot(file: string): Promise<void>;
}

const LOOKS: Record<string, Media> = {
  light: { "prefers-color-scheme": "light" },
  dark: { "prefers-color-scheme": "dark" },
  forced: { "prefers-color-scheme": "light", "forced-colors": "active", "prefers-reduced-motion": "reduce" },
};

const axe = readFile(createRequire(import.meta.url).resolve("axe-core"), "utf8");

/** Looks at a surface as it is now; `within` is the part of it that is Sotto's. */
export async function look(surface: Surface, name: string, within = "html"): Promise<void> {
  for (const [looks, media] of Object.entries(LOOKS)) {
    await surface.emulate(media);
    assert.deepEqual(await violations(surface, within), [], `${name}, ${looks}`);
    await surface.screenshot(artifact(`${name}-${looks}.png`));
  }
  await surface.emulate({});
}

/** A page of the extension's own: the same, and nothing is cut off where it has little room. */
export async function lookAtPage(page: Page, name: string): Promise<void> {
  await look(await ofPage(page), name);
  const size = page.viewportSize() ?? { width: 1280, height: 720 };
  // 1,280 pixels at 400 %, as WCAG asks for.
  await page.setViewportSize({ width: 320, height: 640 });
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  assert.ok(scrollWidth <= clientWidth, `${name}: ${scrollWidth} pixels wide at 400 %`);
  await page.screenshot({ path: artifact(`${name}-narrow.png`), fullPage: true });
  await page.setViewportSize(size);
}

async function violations(surface: Surface, within: string): Promise<string[]> {
  await surface.load(await axe);
  return surface.evaluate(async (selector) => {
    const { axe } = globalThis as unknown as { axe: { run(selector: string): Promise<AxeResults> } };
    const { passes, violations } = await axe.run(selector);
    if (!passes.some(({ id }) => id === "button-name")) return ["nothing was seen"];
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }, within);
}

async function ofPage(page: Page): Promise<Surface> {
  const cdp = await page.context().newCDPSession(page);
  return {
    emulate: async (media) => void (await cdp.send("Emulation.setEmulatedMedia", emulated(media))),
    load: async (script) => void (await page.evaluate(script)),
    evaluate: async (code, argument) => page.evaluate(code as never, argument),
    screenshot: async (path) => void (await page.screenshot({ path, fullPage: true })),
  };
}

/**
 * Where the card and the bar stand on a page. Their contrast the rules cannot tell from outside of their shadow trees: it is
 * that of the palette that they share with the popup.
 */
export const SURFACES = "html > div, dialog > div";
