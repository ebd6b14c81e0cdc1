// Hears of every error that nobody caught, in whichever of the extension's contexts: service worker,
// offscreen document, engine, popup and pages, scripts on a page.

import type { Browser } from "../e2e/driver/browser.ts";
import { Target } from "../e2e/driver/target.ts";

interface Thrown {
  exceptionDetails: { text: string; url?: string; exception?: { description?: string; value?: unknown } };
}

/** What a fault throws itself. */
export const THROWN = "thrown by a fault";

export class Witness {
  #errors: string[] = [];

  /** Attends to a browser from now on, until it ends. */
  async attend(browser: Browser): Promise<void> {
    const { cdp, context, extension } = browser;
    const known = new Set<string>();
    const meet = (info: { targetId: string; type: string; url: string }): void => {
      if (info.type === "tab" || known.has(info.targetId)) return;
      if (!info.url.startsWith(`chrome-extension://${extension}/`)) return;
      known.add(info.targetId);
      void this.#listen(browser, info.targetId, new URL(info.url).pathname).catch(() => undefined);
    };
    cdp.on("Target.targetCreated", ({ targetInfo }) => meet(targetInfo));
    cdp.on("Target.targetInfoChanged", ({ targetInfo }) => meet(targetInfo));
    // Pages of the tests have no scripts: what fails there is the extension's.
    context.on("weberror", (error) => this.#note("a page", String(error.error().stack ?? error.error())));
    await cdp.send("Target.setDiscoverTargets", { discover: true, filter: [{}] });
  }

  async #listen(browser: Browser, id: string, where: string): Promise<void> {
    const target = await Target.attach(browser.cdp, id);
    target.on<Thrown>("Runtime.exceptionThrown", ({ exceptionDetails: { text, exception } }) => {
      this.#note(where, `${text} ${exception?.description ?? String(exception?.value ?? "")}`);
    });
    await target.send("Runtime.enable");
  }

  #note(where: string, error: string): void {
    if (!error.includes(THROWN)) this.#errors.push(`${where}: ${error.trim()}`);
  }

  /** What was heard since the last call. */
  take(): string[] {
    const errors = [...new Set(this.#errors)];
    this.#errors = [];
    return errors;
  }
}
