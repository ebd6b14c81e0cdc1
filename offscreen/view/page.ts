// What is selected on a page, and in which language its text is: as a job takes it, and so as the
// popup shows it.

import type { JobId, Selection } from "../protocol/protocol";
import { noSelection, noSelectionInFrame, textDrawn } from "./failures";
import { inject, injectEverywhere, type Outcome, type TabFrame } from "./inject";

/** Enough to know a language by; more only takes longer. */
const SAMPLE_LENGTH = 4096;

/**
 * The selection of one frame; of the one with the focus, where several have one. Its place is
 * remembered for `job`.
 */
export async function readSelection(
  tab: number,
  job: JobId | null,
): Promise<Outcome<{ selection: Selection; place: TabFrame }>> {
  const select = (id: JobId | null) => globalThis.sottoSelect?.(id, false);
  const everywhere = await injectEverywhere(tab, ["selection"], select, job);
  if ("failure" in everywhere) return everywhere;
  const frames = everywhere.ok.filter(({ result }) => result?.selection);
  const found = frames.find(({ result }) => !result?.inFrame) ?? frames[0];
  const selection = found?.result?.selection;
  if (!found || !selection) {
    if (everywhere.ok.some(({ result }) => result?.isDrawn)) return { failure: textDrawn() };
    const inFrame = everywhere.ok.some(({ result }) => result?.inFrame);
    return { failure: inFrame ? noSelectionInFrame() : noSelection() };
  }
  return { ok: { selection, place: { tab, frame: found.frame } } };
}

/** The language of a page's text (BCP 47); undefined too where Sotto may not look. */
export async function pageLanguage(tab: number): Promise<string | undefined> {
  const sampled = await inject({ tab, frame: 0 }, ["sample"], () => globalThis.sottoSample?.());
  if ("failure" in sampled || !sampled.ok) return undefined;
  return detectLanguage(sampled.ok.text, sampled.ok.lang);
}

/**
 * The language (BCP 47) where the browser's own detector, which works on this device, is sure of
 * it; else the declared one.
 */
export async function detectLanguage(text: string, declared: string | undefined): Promise<string | undefined> {
  const { isReliable, languages } = await chrome.i18n.detectLanguage(text.slice(0, SAMPLE_LENGTH));
  const [likeliest] = languages.toSorted((a, b) => b.percentage - a.percentage);
  if (isReliable && likeliest && likeliest.language !== "und") return likeliest.language;
  return declared ?? undefined;
}
