// The popup as a person uses it, and what it says.

import { setTimeout as sleep } from "node:timers/promises";
import { ENGINE_PORT } from "../../../offscreen/protocol/channels";
import type { Event as EngineEvent, JobView } from "../../../offscreen/protocol/protocol";
import type { Mode, Settings } from "../../../offscreen/view/settings";
import type { Target } from "./target.ts";

export interface Choices {
  /** summarize, ask, rewrite or translate. */
  mode?: string;
  /** Of a summary. */
  type?: string;
  length?: string;
  question?: string;
  /** Of a rewrite. */
  goal?: string;
  rewriteLength?: string;
  tone?: string;
  instruction?: string;
  /** Of a translation: page or selection, and the languages. */
  scope?: string;
  from?: string;
  to?: string;
  /** The device. */
  choice?: string;
}

/** A point as it stands in the popup. */
export interface Point {
  index: number;
  status: string;
  text: string;
}

/** What the popup shows. */
export interface Shown {
  /** idle, queued, running, done, cancelled or failed. */
  state: string;
  status: string;
  device: string;
  error: string;
  remedy: string;
  /** What is out of reach or an experiment, and why. */
  needs: string;
  /** What kind of text the output is. */
  provenance: string;
  /** What was kept or lost. */
  notes: string[];
  points: Point[];
}

declare global {
  /** Events of the engine, noted by `observe`. */
  var sottoObserved: EngineEvent[] | undefined;
  /** What the status line has said, noted by `noteStatus`. */
  var sottoStatus: string[] | undefined;
}

export const ENDED = ["done", "cancelled", "failed"];

export class Popup {
  readonly target: Target;

  constructor(target: Target) {
    this.target = target;
  }

  /** Sets the controls. */
  async choose({
    mode,
    type,
    length,
    question,
    goal,
    rewriteLength,
    tone,
    instruction,
    scope,
    from,
    to,
    choice,
  }: Choices): Promise<void> {
    await this.target.waitFor("the controls", () => document.body?.dataset["ready"] !== undefined, null);
    const radios = { mode, summaryType: type, length, goal, rewriteLength, tone, scope };
    for (const [name, value] of Object.entries(radios)) {
      if (value !== undefined) await this.target.click(`label:has(input[name="${name}"][value="${value}"])`);
    }
    for (const [id, value] of Object.entries({ from, to, choice })) {
      if (value !== undefined) await this.#select(id, value);
    }
    for (const [id, text] of Object.entries({ question, instruction })) {
      if (text === undefined) continue;
      await this.target.click(`#${id}`);
      await this.target.send("Input.insertText", { text });
    }
  }

  /** Makes a model the one for a task, as the page of the models does. */
  async prefer(task: Mode, model: string): Promise<void> {
    await this.target.evaluate(
      async (wanted) => {
        const { models } = await chrome.storage.local.get<Partial<Settings>>("models");
        await chrome.storage.local.set({ models: { ...models, [wanted.task]: wanted.model } });
        delete document.body.dataset["ready"];
        location.reload();
      },
      { task, model },
    );
  }

  /** Starts the job of the mode on view. */
  async run(): Promise<void> {
    await this.target.click("#run");
  }

  /**
   * Chooses in a list, once it holds the value. The list of a <select> is drawn by the system: no
   * click can reach it.
   */
  async #select(id: string, value: string): Promise<void> {
    await this.target.waitFor(
      `${value} in #${id}`,
      (wanted) => {
        const select = document.querySelector<HTMLSelectElement>(`#${wanted.id}`);
        if (!select || ![...select.options].some((option) => option.value === wanted.value)) return false;
        select.value = wanted.value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
        return true;
      },
      { id, value },
    );
  }

  async cancel(): Promise<void> {
    await this.target.click("#cancel");
  }

  async shown(): Promise<Shown> {
    return this.target.evaluate(() => {
      const text = (selector: string): string => document.querySelector<HTMLElement>(selector)?.innerText.trim() ?? "";
      const points = [...document.querySelectorAll<HTMLElement>("#output .point")].map((point) => ({
        index: Number(point.dataset["index"]),
        status: point.dataset["status"] ?? "",
        text: point.querySelector(".section")?.textContent ?? "",
      }));
      return {
        state: document.body.dataset["state"] ?? "",
        status: text("#status"),
        device: text("#device"),
        error: text("#error-message"),
        remedy: text("#error-remedy"),
        needs: [text("#needs"), text("#beyond")].filter(Boolean).join("\n"),
        provenance: text("#provenance"),
        notes: [...document.querySelectorAll<HTMLElement>("#notes li")].map((note) => note.innerText),
        points,
      };
    }, null);
  }

  /** Looks again and again until what is shown satisfies a condition. */
  async until(what: string, holds: (shown: Shown) => boolean, timeoutMs = 180_000, everyMs = 25): Promise<Shown> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const shown = await this.shown();
      if (holds(shown)) return shown;
      if (Date.now() > end) throw new Error(`waited in vain for ${what}; the popup shows ${JSON.stringify(shown)}`);
      await sleep(everyMs);
    }
  }

  /** Waits for the end of the job on view. */
  async ended(timeoutMs?: number): Promise<Shown> {
    return this.until("the end of the job", ({ state }) => ENDED.includes(state), timeoutMs);
  }

  /** Notes everything that the status line says: who looks now and then misses what is soon replaced. */
  async noteStatus(): Promise<void> {
    await this.target.evaluate(() => {
      const place = document.querySelector("#status");
      const noted: string[] = [];
      globalThis.sottoStatus = noted;
      const observer = new MutationObserver(() => noted.push(place?.textContent ?? ""));
      if (place) observer.observe(place, { childList: true, characterData: true, subtree: true });
    }, null);
  }

  async notedStatus(): Promise<string[]> {
    return this.target.evaluate(() => globalThis.sottoStatus ?? [], null);
  }

  /**
   * Notes the engine's events beside what the popup draws: as one more view, attached when this
   * returns.
   */
  async observe(): Promise<void> {
    await this.target.evaluate(async (name) => {
      const events: EngineEvent[] = [];
      globalThis.sottoObserved = events;
      // The popup may not have started the engine yet: its end of a port would find nobody.
      while (events.length === 0) {
        await new Promise<void>((done) => {
          const port = chrome.runtime.connect({ name });
          port.onDisconnect.addListener(() => setTimeout(done, 20));
          port.onMessage.addListener((event: EngineEvent) => {
            events.push(event);
            done();
          });
          port.postMessage({ type: "attach" });
        });
      }
    }, ENGINE_PORT);
  }

  async events(): Promise<EngineEvent[]> {
    return this.target.evaluate(() => globalThis.sottoObserved ?? [], null);
  }

  /** The newest job, as the engine tells it to a view that attaches now. */
  async job(): Promise<JobView | undefined> {
    return this.target.evaluate(async (name) => {
      const port = chrome.runtime.connect({ name });
      // What is told to every view meanwhile may come first.
      const job = await new Promise<JobView | undefined>((done) => {
        port.onMessage.addListener((event: EngineEvent) => {
          if (event.type === "snapshot") done(event.jobs.at(-1));
        });
        port.postMessage({ type: "attach" });
      });
      port.disconnect();
      return job;
    }, ENGINE_PORT);
  }

  async close(): Promise<void> {
    await this.target.close();
  }
}
