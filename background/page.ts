// What is done to the page a job worked on: showing a passage, putting a text in.
import type { Failure, JobId } from "../offscreen/protocol/protocol";
import { notAccepted, notFound, notRestored, refused } from "./failures";
import { inject, type Place } from "./inject";

/** Scrolls a tab to a passage and highlights it. */
export async function reveal({ tab }: Place, text: string): Promise<Failure | undefined> {
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
export async function accept(place: Place, job: JobId, text: string): Promise<Failure | undefined> {
  const put = async (id: JobId, result: string) =>
    globalThis.sottoAccept ? ((await globalThis.sottoAccept(id, result)) ?? "accepted") : "gone";
  const outcome = await inject(place, [], put, job, text);
  if ("failure" in outcome) return outcome.failure;
  const answer = outcome.ok ?? "gone";
  return answer === "accepted" ? undefined : notAccepted(answer);
}

/** Brings back the original text of a page that a job translated. */
export async function restore(place: Place, job: JobId): Promise<Failure | undefined> {
  const outcome = await inject(place, [], (id: JobId) => globalThis.sottoRestore?.(id) ?? false, job);
  if ("failure" in outcome) return outcome.failure;
  return outcome.ok ? undefined : notRestored();
}
