// What is done to the page a job worked on: showing a passage, putting a text in.

import type { Failure, JobId } from "../offscreen/protocol/protocol";
import { notAccepted, notFound, notRestored, refused } from "../offscreen/view/failures";
import { inject, type TabFrame } from "../offscreen/view/inject";

/** Scrolls a tab to a passage and highlights it. */
export async function reveal({ tab }: TabFrame, text: string): Promise<Failure | undefined> {
  const target = { tabId: tab, allFrames: true };
  let url: string | undefined;
  try {
    const { active, url: address } = await chrome.tabs.get(tab);
    url = address;
    if (!active) await chrome.tabs.update(tab, { active: true });
    const style: chrome.scripting.CSSInjection = { target, files: ["content/highlight.css"] };
    await chrome.scripting.removeCSS(style);
    await chrome.scripting.insertCSS(style);
    await chrome.scripting.executeScript({ target, files: ["content/highlight.js"] });
    const found = await chrome.scripting.executeScript({
      target,
      func: (passage: string) => globalThis.sottoHighlight?.(passage) ?? false,
      args: [text],
    });
    return found.some(({ result }) => result) ? undefined : notFound();
  } catch (error) {
    return refused(url, String(error));
  }
}

/** Puts a job's text in the place of the selection it was made of. */
export async function accept(place: TabFrame, job: JobId, text: string): Promise<Failure | undefined> {
  const replace = async (id: JobId, result: string) =>
    globalThis.sottoAccept ? ((await globalThis.sottoAccept(id, result)) ?? "accepted") : "gone";
  const outcome = await inject(place, [], replace, job, text);
  if ("failure" in outcome) return outcome.failure;
  const answer = outcome.ok ?? "gone";
  return answer === "accepted" ? undefined : notAccepted(answer);
}

/** Brings back the original text of a page that a job translated. */
export async function restore(place: TabFrame, job: JobId): Promise<Failure | undefined> {
  const outcome = await inject(place, [], (id: JobId) => globalThis.sottoRestore?.(id) ?? false, job);
  if ("failure" in outcome) return outcome.failure;
  return outcome.ok ? undefined : notRestored();
}
