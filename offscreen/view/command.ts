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

function noAnswer(reason: string): Failure {
  return {
    code: "internal",
    message: /context invalidated/i.test(reason)
      ? "Sotto was updated while this page was open."
      : `Sotto's background worker did not answer: ${reason}`,
    remedy: "Reload the page, or close this window and open it again.",
    model: undefined,
  };
}
