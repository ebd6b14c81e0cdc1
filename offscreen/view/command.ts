// Commands to the background.

import type { Command, CommandReply, Failure } from "../protocol/protocol";
import { message } from "./messages";

/** What would be done twice, if it was done before the answer was lost. */
const ONCE: ReadonlySet<Command["type"]> = new Set(["accept", "openModels", "runFile"]);

/**
 * Sends a command; once more where the background's worker was stopped before it had answered. What keeps
 * it from answering is a failure like any other.
 */
export async function sendCommand(command: Command): Promise<CommandReply> {
  const first = await post(command);
  if (!("stopped" in first)) return first;
  const second = ONCE.has(command.type) ? first : await post(command);
  return "stopped" in second ? { type: "failed", failure: second.stopped } : second;
}

async function post(command: Command): Promise<CommandReply | { stopped: Failure }> {
  try {
    return await chrome.runtime.sendMessage<Command, CommandReply>(command);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/message (channel|port) closed/u.test(reason) && !isExtensionGone()) return { stopped: STOPPED };
    return { type: "failed", failure: noAnswer(reason) };
  }
}

const STOPPED: Failure = {
  code: "internal",
  message: message("backgroundStopped"),
  remedy: message("tryAgainSentence"),
  model: undefined,
};

/** What a card or bar says whose extension was updated, reloaded or removed under it. */
export const EXTENSION_GONE: Failure = {
  code: "internal",
  message: message("extensionGone"),
  remedy: message("extensionGoneRemedy"),
  model: undefined,
};

/** Whether this script has outlived its extension: nothing that it asks is answered any more. */
export function isExtensionGone(): boolean {
  // Missing too then, whatever the types say.
  return (chrome.runtime as typeof chrome.runtime | undefined)?.id === undefined;
}

function noAnswer(reason: string): Failure {
  if (isExtensionGone() || /context invalidated/i.test(reason)) return EXTENSION_GONE;
  return {
    code: "internal",
    message: message("backgroundSilent", { reason }),
    remedy: message("reloadOrReopen"),
    model: undefined,
  };
}
