// A browser without the extension, for its scripts alone.

import { type Browser, chromium } from "playwright-core";
import { environment, SANDBOX } from "./browser.ts";

export async function launchPlain(): Promise<Browser> {
  return chromium.launch({ executablePath: environment("SOTTO_CHROMIUM"), args: SANDBOX });
}
