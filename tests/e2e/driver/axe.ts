// What the rules of WCAG 2.2 AA and good practice find wrong with a page as it is now.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import type { Target } from "./target.ts";

const script = readFile(createRequire(import.meta.url).resolve("axe-core"), "utf8");

async function run(): Promise<string[]> {
  const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } };
  const { violations } = await axe.run();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(await script);
  return page.evaluate(run);
}

/** Of a popup or panel. */
export async function violationsIn(target: Target): Promise<string[]> {
  await target.send("Runtime.evaluate", { expression: await script });
  return target.evaluate(run, null);
}
