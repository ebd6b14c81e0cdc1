// Commands to the background.

import type { Command, CommandReply, Failure } from "../protocol/protocol";

/** Sends a command. What keeps the background from answering is a failure like any other. */
export async function sendCommand(command: Command): Promise<CommandReply> {
  try {
    return await chrome.runtime.sendMessage<Command, CommandReply>(command);
  } catch (error) {
    return { type: "failed", failure: noAnswer(error instanceof Error ? error.message : String(error)) };
  }
}

/** What a card or bar says whose extension was updated, reloaded or removed under it. */
export const EXTENSION_GONE: Failure = {
  code: "internal",
  message: "Sotto was updated or switched off while this page was open.",
  remedy: "Reload the page, then try again. What was put into the page stays until then.",
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
    message: `Sotto's background worker did not answer: ${reason}`,
    remedy: "Reload the page, or close this window and open it again.",
    model: undefined,
  };
}
