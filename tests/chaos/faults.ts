// What goes wrong: each fault as it befalls a browser, without a word of warning.

import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "../e2e/driver/browser.ts";
import { Target } from "../e2e/driver/target.ts";
import type { Work } from "./jobs.ts";
import type { Stage } from "./stage.ts";
import { ELSEWHERE } from "./texts.ts";
import { THROWN } from "./witness.ts";

export interface Fault {
  name: string;
  /** How often it is drawn, beside the others. */
  weight: number;
  /** Whether it strikes installations alone. */
  onInstallation?: boolean;
  /** What it takes with it: the view of the job, by the reader's own hand, or everything that is not on the disk. */
  takes?: "page" | "browser";
  strike(stage: Stage, work: Work): Promise<void>;
  /** Sets right what lasts. */
  end?(stage: Stage): Promise<void>;
}

/** Room that is left where storage is full. */
const LITTLE = 1 << 16;

async function closeTarget(browser: Browser, ending: string): Promise<void> {
  const [targetId] = await browser.targets(ending);
  if (targetId === undefined) return;
  await browser.cdp.send("Target.closeTarget", { targetId }).catch(() => undefined);
}

/** The engine's worker, where there is one. */
export async function engine(browser: Browser): Promise<Target | undefined> {
  const [id] = await browser.targets("/offscreen/offscreen.html");
  if (id === undefined) return undefined;
  const document = await Target.attach(browser.cdp, id);
  const found = new Promise<string>((resolve) => {
    document.on<{ targetInfo: { targetId: string; type: string; title: string } }>(
      "Target.attachedToTarget",
      ({ targetInfo: { targetId, type, title } }) => {
        if (type === "worker" && title.startsWith("engine")) resolve(targetId);
      },
    );
  });
  await document.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const worker = await Promise.race([found, sleep(1000)]);
  await document.send("Target.setAutoAttach", { autoAttach: false, waitForDebuggerOnStart: false, flatten: false });
  return worker === undefined ? undefined : Target.attach(browser.cdp, worker);
}

export const FAULTS: Fault[] = [
  {
    name: "service worker stopped",
    weight: 4,
    strike: async ({ harness }) => closeTarget(harness.browser, "/background/background.js"),
  },
  {
    name: "offscreen document closed",
    weight: 4,
    strike: async ({ harness }) => closeTarget(harness.browser, "/offscreen/offscreen.html"),
  },
  { name: "GPU process crashed", weight: 2, strike: async ({ harness }) => harness.browser.kill("GPU") },
  {
    name: "engine ended",
    weight: 3,
    async strike({ harness }) {
      const worker = await engine(harness.browser);
      await worker?.evaluate((message) => {
        setTimeout(() => {
          throw new Error(message);
        });
      }, THROWN);
    },
  },
  {
    name: "engine deaf",
    weight: 1,
    async strike({ harness }) {
      const worker = await engine(harness.browser);
      await worker?.evaluate(() => {
        setTimeout(() => {
          for (;;);
        });
      }, null);
    },
  },
  {
    name: "popup opened and closed",
    weight: 3,
    async strike(stage, { page }) {
      for (let times = 0; times < 3; times += 1) {
        await stage.popup(page);
        await stage.closePopups();
      }
    },
  },
  { name: "tab closed", weight: 2, takes: "page", strike: async (_, { page }) => page.close() },
  {
    name: "tab navigated",
    weight: 2,
    takes: "page",
    async strike({ harness }, { page }) {
      await page.goto(harness.pages.add("elsewhere", ELSEWHERE));
    },
  },
  {
    name: "browser killed",
    weight: 2,
    takes: "browser",
    async strike(stage) {
      await stage.harness.browser.kill("browser");
      await stage.restart();
    },
  },
  {
    name: "download cut",
    weight: 2,
    onInstallation: true,
    strike: async ({ files }) => files.cutAll(),
  },
  {
    name: "storage full",
    weight: 2,
    strike: async (stage) => stage.quota(LITTLE),
    end: async (stage) => stage.quota(),
  },
];
