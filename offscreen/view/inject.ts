// Running Sotto's scripts in a page. Needs the reader's click or key (`activeTab`).

import type { Failure } from "../protocol/protocol";
import { refused, unresponsive } from "./failures";

/** Time a page has to come to rest; what is there then is read. */
const LOAD_MS = 1500;
/** Time a page has to answer. */
const ANSWER_MS = 15_000;

/** A value, or why there is none. */
export type Outcome<T> = { ok: T } | { failure: Failure };

/** A tab and one of its frames; the page itself is frame 0. */
export interface TabFrame {
  tab: number;
  frame: number;
}

/** Loads scripts of `content/` into a frame and calls what they left there. */
export async function inject<A extends unknown[], T>(
  { tab, frame }: TabFrame,
  scripts: string[],
  func: (...args: A) => T | Promise<T>,
  ...args: A
): Promise<Outcome<T | undefined>> {
  const target = { tabId: tab, frameIds: [frame] };
  return guarded(tab, async () => {
    await load(target, scripts);
    const [injection] = await chrome.scripting.executeScript({ target, func, args, injectImmediately: true });
    return injection?.result as T | undefined;
  });
}

/** The same in every frame of a tab that may be reached, each result with its frame. */
export async function injectEverywhere<A extends unknown[], T>(
  tab: number,
  scripts: string[],
  func: (...args: A) => T,
  ...args: A
): Promise<Outcome<{ frame: number; result: T | undefined }[]>> {
  const target = { tabId: tab, allFrames: true };
  return guarded(tab, async () => {
    await load(target, scripts);
    const injections = await chrome.scripting.executeScript({ target, func, args, injectImmediately: true });
    return injections.map(({ frameId, result }) => ({ frame: frameId, result: result as T | undefined }));
  });
}

async function load(target: chrome.scripting.InjectionTarget, scripts: string[]): Promise<void> {
  if (scripts.length === 0) return;
  const files = scripts.map((name) => `content/${name}.js`);
  // A page that is written without end never comes to rest. To load a script twice does no harm.
  const settled = chrome.scripting.executeScript({ target, files });
  if ((await inTime(settled, LOAD_MS)) !== LATE) return;
  settled.catch(() => undefined);
  await chrome.scripting.executeScript({ target, files, injectImmediately: true });
}

const LATE = Symbol("late");

/** What a promise gives, if it gives it in time. */
async function inTime<T>(promise: Promise<T>, ms: number): Promise<T | typeof LATE> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** What is done with a tab's page gives, or why it gives nothing. */
export async function guarded<T>(tab: number, work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    const value = await inTime(work(), ANSWER_MS);
    return value === LATE ? { failure: unresponsive() } : { ok: value };
  } catch (error) {
    const { url } = await chrome.tabs.get(tab).catch(() => ({ url: undefined }));
    return { failure: refused(url, String(error)) };
  }
}
