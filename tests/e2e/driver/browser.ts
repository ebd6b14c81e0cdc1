// Chromium with the extension in it, and the real click on its toolbar button.

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { HttpProxy } from "./proxy.ts";
import { Target } from "./target.ts";

/** What WebGPU has to run on: nothing, what Chromium finds by itself, or its software adapter. */
export type Adapter = "none" | "found" | "swiftshader";

export interface Options {
  adapter: Adapter;
  headed?: boolean;
  /** A profile to go on with; by default a fresh one that is removed at the end. */
  profile?: string;
  /** Folder of the extension, if not the one that was built; of several, with commas between. */
  extension?: string;
  /** Whether the page that opens after the installation stays. */
  welcome?: boolean;
  /** Hosts that pages may be loaded from. */
  allowed?: (host: string) => boolean;
  /** More flags. */
  flags?: string[];
}

export const ADAPTERS: Record<Adapter, string[]> = {
  none: ["--disable-gpu"],
  found: ["--enable-unsafe-webgpu"],
  swiftshader: ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"],
};

/** How Chromium itself is kept from talking to its maker's hosts. */
const QUIET = [
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
  // Chromium asks for the signed-in accounts, about every form on a page, and after a minute for
  // updates, whatever its flags say: it may ask a name that does not resolve.
  "--gaia-url=http://gaia.invalid/",
  "--autofill-server-url=http://gaia.invalid/",
  "--component-updater=url-source=http://gaia.invalid/",
];

export function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run this through \`cargo xtask\``);
  return value;
}

/** Chromium's sandbox does not run as root. */
export const SANDBOX = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

/** What any Chromium here is started with: every request it makes passes through the proxy. */
export function flags({ adapter, headed, flags: more = [] }: Options, proxy: HttpProxy): string[] {
  return [
    ...(headed ? [] : ["--headless=new", "--window-size=1200,900"]),
    ...SANDBOX,
    // Loopback passes through the proxy like everything else.
    `--proxy-server=127.0.0.1:${proxy.port}`,
    "--proxy-bypass-list=<-loopback>;gaia.invalid",
    ...QUIET,
    ...ADAPTERS[adapter],
    ...more,
    ...(process.env["SOTTO_CHROMIUM_FLAGS"] ?? "").split(" ").filter(Boolean),
  ];
}

const WELCOME = "/popup/welcome.html";

export class Browser {
  readonly context: BrowserContext;
  readonly cdp: CDPSession;
  readonly proxy: HttpProxy;
  readonly extension: string;
  readonly #temporary: string | undefined;

  private constructor(
    context: BrowserContext,
    cdp: CDPSession,
    proxy: HttpProxy,
    extension: string,
    temporary?: string,
  ) {
    this.context = context;
    this.cdp = cdp;
    this.proxy = proxy;
    this.extension = extension;
    this.#temporary = temporary;
  }

  static async launch(options: Options): Promise<Browser> {
    const temporary = options.profile === undefined ? await mkdtemp(join(tmpdir(), "sotto-")) : undefined;
    const profile = options.profile ?? temporary ?? "";
    await mkdir(profile, { recursive: true });
    const proxy = await HttpProxy.start(options.allowed ?? ((host) => host === "127.0.0.1"));
    const dist = options.extension ?? environment("SOTTO_DIST");
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: environment("SOTTO_CHROMIUM"),
      headless: false,
      viewport: null,
      ignoreDefaultArgs: ["--disable-extensions"],
      args: [
        ...flags(options, proxy),
        `--disable-extensions-except=${dist}`,
        `--load-extension=${dist}`,
        "--enable-unsafe-extension-debugging",
      ],
    });
    try {
      const cdp = await context.browser()?.newBrowserCDPSession();
      if (!cdp) throw new Error("this Chromium gives no DevTools session");
      const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
      const browser = new Browser(context, cdp, proxy, new URL(worker.url()).host, temporary);
      await browser.#closeWelcome(dist.split(",").length, options.welcome ?? false);
      return browser;
    } catch (error) {
      // Where the extension is not taken, what runs already would keep the tests from ending.
      await context.close();
      await proxy.stop();
      throw error;
    }
  }

  /**
   * Waits for the page that opens after the installation, and closes it: to the browser, an extension that is
   * named on its command line is installed at each start. Of several, some may be unable to open it.
   */
  async #closeWelcome(extensions: number, stays: boolean): Promise<void> {
    const welcome = await this.target(WELCOME);
    if (stays) return;
    await welcome.close();
    const known = [welcome.id];
    for (let more = 1; more < extensions; more += 1) {
      const other = await this.target(WELCOME, 1000, known).catch(() => undefined);
      if (!other) return;
      known.push(other.id);
      await other.close();
    }
  }

  /** Opens a page in the first tab and waits until it is quiet. */
  async open(url: string): Promise<Page> {
    // The page of the installation is listed for a moment after it was closed.
    const page = this.context.pages().find((one) => !one.url().endsWith(WELCOME)) ?? (await this.context.newPage());
    await page.goto(url, { waitUntil: "load" });
    await page.bringToFront();
    return page;
  }

  /** The browser's targets whose address has this ending. */
  async targets(ending: string, type?: string): Promise<string[]> {
    const { targetInfos } = await this.cdp.send("Target.getTargets", { filter: [{}] });
    const wanted = targetInfos.filter((info) => info.url.endsWith(ending) && info.type !== "tab");
    return wanted.filter((info) => type === undefined || info.type === type).map((info) => info.targetId);
  }

  /** Waits for a target whose address has this ending, other than those known. */
  async target(ending: string, timeoutMs = 10_000, known: string[] = []): Promise<Target> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const id = (await this.targets(ending)).find((one) => !known.includes(one));
      if (id !== undefined) return Target.attach(this.cdp, id);
      if (Date.now() > end) throw new Error(`no target ${ending} after ${timeoutMs} ms`);
      await sleep(20);
    }
  }

  /**
   * The reader's click on the toolbar button, for the tab that shows this page: grants `activeTab`,
   * opens the popup.
   */
  async clickToolbar(page: Page, extension = this.extension): Promise<Target> {
    const { targetInfos } = await this.cdp.send("Target.getTargets", { filter: [{ type: "tab" }] });
    const tab = targetInfos.find((info) => info.url === page.url());
    if (!tab) throw new Error(`no tab shows ${page.url()}`);
    const command = "Extensions.triggerAction" as Parameters<CDPSession["send"]>[0];
    await this.cdp.send(command, { id: extension, targetId: tab.targetId } as never);
    const popup = await this.target("/popup/popup.html");
    await popup.waitFor("the popup to load", () => document.readyState === "complete", null);
    return popup;
  }

  /** Ends the process of the GPU, or the browser's own, without a word of warning. */
  async kill(type: "GPU" | "browser"): Promise<void> {
    const { processInfo } = await this.cdp.send("SystemInfo.getProcessInfo");
    const found = processInfo.find((one) => one.type === type);
    if (!found) throw new Error(`there is no ${type} process`);
    const closed = type === "browser" ? this.context.waitForEvent("close") : undefined;
    process.kill(found.id, "SIGKILL");
    await closed;
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.proxy.stop();
    if (this.#temporary !== undefined) await rm(this.#temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}
