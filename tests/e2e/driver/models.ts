// The page on which models are installed, removed and chosen, as a person uses it.

import type { Locator, Page } from "playwright-core";
import type { Browser } from "./browser.ts";

export class ModelsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the page by its address and waits for the engine to tell which models there are. */
  static async open(browser: Browser): Promise<ModelsPage> {
    const page = await browser.context.newPage();
    await page.goto(`chrome-extension://${browser.extension}/popup/models.html`);
    const models = new ModelsPage(page);
    await models.page.locator(".card").first().waitFor();
    return models;
  }

  /** The model whose name holds this text. */
  card(name: string): Locator {
    return this.page.locator(".card", { has: this.page.locator("h3", { hasText: name }) });
  }

  /** All that a card says, its details too. */
  async said(card: Locator): Promise<string> {
    const details = card.locator("details:not([open]) > summary");
    if ((await details.count()) > 0) await details.click();
    return card.innerText();
  }

  /** Waits until a model is in this state: available, installing, installed or failed. */
  async until(name: string, state: string, timeoutMs = 60_000): Promise<Locator> {
    const card = this.page.locator(`.card[data-state="${state}"]`, { has: this.page.locator("h3", { hasText: name }) });
    await card.waitFor({ timeout: timeoutMs });
    return card;
  }

  /** The id of an installed model. */
  async id(name: string): Promise<string> {
    const card = await this.until(name, "installed");
    return ((await card.getAttribute("id")) ?? "").replace(/^model-/u, "");
  }

  async press(name: string, button: string): Promise<void> {
    await this.card(name).getByRole("button", { name: button }).click();
  }

  async chooseFile(path: string): Promise<void> {
    await this.page.locator("#file").setInputFiles(path);
  }

  async enterAddress(url: string, sha256 = ""): Promise<void> {
    await this.page.locator("#url").fill(url);
    await this.page.locator("#sha256").fill(sha256);
    await this.page.locator("#by-address button").click();
  }

  /** Asks the server at an address for its models. */
  async enterServer(url: string): Promise<void> {
    await this.page.locator("#by-server .outcome").evaluate((outcome) => outcome.replaceChildren());
    await this.page.locator("#server").fill(url);
    await this.page.getByRole("button", { name: "Show its models" }).click();
  }

  /** Adds a model of the server at an address, whose host is allowed. */
  async addServed(url: string, model: string): Promise<Locator> {
    await this.enterServer(url);
    await this.page.locator("#server-model").selectOption(model);
    await this.page.locator("#server-add").click();
    const card = this.served(model);
    await card.waitFor();
    return card;
  }

  /** A model on a server, by its name there. */
  served(model: string): Locator {
    return this.page.locator("#served .card", { has: this.page.locator("h3", { hasText: `${model} (` }) });
  }

  /** Its id. */
  async servedId(model: string): Promise<string> {
    return ((await this.served(model).getAttribute("id")) ?? "").replace(/^model-/u, "");
  }

  /**
   * Allows the extension a host, on the browser's own page of extensions: the browser's question cannot be
   * answered through DevTools. It is still asked, and remembers this.
   */
  async allowHost(pattern: string, browser: Browser): Promise<void> {
    const page = await browser.context.newPage();
    await page.goto("chrome://extensions");
    await page.evaluate(
      async ([id, host]) => {
        const { developerPrivate } = chrome as unknown as {
          developerPrivate: {
            updateExtensionConfiguration(change: { extensionId: string; hostAccess: string }): Promise<void>;
            addHostPermission(id: string, host: string): Promise<void>;
          };
        };
        await developerPrivate.updateExtensionConfiguration({ extensionId: id, hostAccess: "ON_SPECIFIC_SITES" });
        await developerPrivate.addHostPermission(id, host);
      },
      [browser.extension, pattern] as const,
    );
    await page.close();
    await this.page.bringToFront();
  }

  /** The hosts that the extension may reach now. */
  async hosts(): Promise<string[]> {
    return this.page.evaluate(async () => (await chrome.permissions.getAll()).origins ?? []);
  }

  /** What a form says of the installation it began, once that has ended. */
  async outcome(form: "by-file" | "by-address" | "by-server", timeoutMs = 60_000): Promise<string> {
    const outcome = this.page.locator(`#${form} .outcome`, { hasNotText: /^((Installing|Asking) .*)?$/u });
    await outcome.waitFor({ timeout: timeoutMs });
    return outcome.innerText();
  }

  /** Makes a model the one for a task; "" leaves it to Sotto. */
  async prefer(task: "summarize" | "rewrite" | "translate", model: string): Promise<void> {
    await this.page.locator(`#defaults select[name="${task}"]`).selectOption(model);
  }

  /** Names of the files in the extension's private storage. */
  async stored(): Promise<string[]> {
    return this.page.evaluate(async () => {
      const names: string[] = [];
      const walk = async (folder: FileSystemDirectoryHandle): Promise<void> => {
        for await (const entry of folder.values()) {
          names.push(entry.name);
          if (entry.kind === "directory") await walk(entry);
        }
      };
      await walk(await navigator.storage.getDirectory());
      return names;
    });
  }
}
