// A command on its way to the background: the reply, or that none came.

import type { Command, CommandReply } from "../protocol/protocol";

/** `lost` is what the browser says of it; `isStopped`, whether it has stopped the background's worker. */
export type Delivery = { reply: CommandReply } | { lost: string; isStopped: boolean };

/** What would be done twice, if it was done before the answer was lost. */
const ONCE: ReadonlySet<Command["type"]> = new Set(["accept", "openModels", "runFile"]);

/** Delivers a command; once more where the background's worker was stopped before it had answered. */
export async function deliver(command: Command): Promise<Delivery> {
  const first = await post(command);
  const isRepeated = "lost" in first && first.isStopped && !ONCE.has(command.type);
  return isRepeated ? post(command) : first;
}

async function post(command: Command): Promise<Delivery> {
  try {
    return { reply: await chrome.runtime.sendMessage<Command, CommandReply>(command) };
  } catch (error) {
    const lost = error instanceof Error ? error.message : String(error);
    return { lost, isStopped: /message (channel|port) closed/u.test(lost) && !isExtensionGone() };
  }
}

/** Whether this script has outlived its extension: nothing that it asks is answered any more. */
export function isExtensionGone(): boolean {
  // Missing too then, whatever the types say.
  return (chrome.runtime as typeof chrome.runtime | undefined)?.id === undefined;
}
