// What is done to the page a job worked on: showing a passage, putting a text in.

import type { Failure, JobId, Place } from "../offscreen/protocol/protocol";
import { notAccepted, notFound, notRestored } from "../offscreen/view/failures";
import { guarded, inject, injectEverywhere, type TabFrame } from "../offscreen/view/inject";

/** Scrolls a tab to a passage and highlights it, and sets its video to the passage's time. */
export async function reveal({ tab }: TabFrame, text: string, place: Place | undefined): Promise<Failure | undefined> {
  const style: chrome.scripting.CSSInjection = {
    target: { tabId: tab, allFrames: true },
    files: ["content/highlight.css"],
  };
  const styled = await guarded(tab, async () => {
    const { active } = await chrome.tabs.get(tab);
    if (!active) await chrome.tabs.update(tab, { active: true });
    await chrome.scripting.removeCSS(style);
    await chrome.scripting.insertCSS(style);
  });
  if ("failure" in styled) return styled.failure;
  const highlight = (passage: string, time: number | null) => globalThis.sottoHighlight?.(passage, time) ?? false;
  const seconds = place?.place === "time" ? place.seconds : null;
  const found = await injectEverywhere(tab, ["highlight"], highlight, text, seconds);
  if ("failure" in found) return found.failure;
  return found.ok.some(({ result }) => result) ? undefined : notFound();
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
