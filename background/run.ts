// Starting a job: what it works on is read from the page and handed to the engine.

import type { Command, CommandReply } from "../offscreen/protocol/protocol";
import { inject } from "../offscreen/view/inject";
import type { Direction } from "../offscreen/view/injected";
import { load } from "../offscreen/view/settings";
import { type Start, withAddress } from "../offscreen/view/start";
import { type CaptureSource, capture } from "./capture";
import { ensureEngine, send } from "./engine";
import { forget, remember } from "./jobs";

type Run = Extract<Command, { type: "run" }>;

/**
 * Captures and starts; with the model the reader has set for this task, if the command names none.
 */
export async function run(
  { task, scope, choice, model }: Omit<Run, "type" | "tab">,
  source: CaptureSource,
): Promise<CommandReply> {
  const job = crypto.randomUUID();
  const [captured, settings] = await Promise.all([capture(job, task, scope, source), load(), ensureEngine()]);
  if ("failure" in captured) return { type: "failed", failure: captured.failure };
  const { place } = captured.ok;
  // The page's own process does not decide under which address its result is found.
  const { url = "" } = await chrome.tabs.get(place.tab);
  const input = withAddress(captured.ok.input, url);
  const chosen = model ?? settings.models[task.task];
  const start: Start = { type: "start", job, task, input, choice, model: chosen, tab: place.tab };
  await remember(start, place);
  try {
    await send(start);
  } catch (error) {
    await forget(job);
    throw error;
  }
  if (input.input === "blocks" && task.task === "translate") {
    const shown = await inject(
      place,
      [],
      (id: string, direction: Direction) => globalThis.sottoTranslate?.(id, direction),
      job,
      { from: task.from ?? input.blocks.lang, to: task.to },
    );
    if ("failure" in shown) {
      await send({ type: "cancel", job });
      return { type: "failed", failure: shown.failure };
    }
  }
  return { type: "started", job };
}
