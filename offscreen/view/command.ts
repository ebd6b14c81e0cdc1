// Asking the background from a page.
import type { Command, CommandReply, Failure } from "../protocol/protocol";

/** Asks the background. What keeps it from answering is a failure like any other. */
export async function command(asked: Command): Promise<CommandReply> {
  try {
    return await chrome.runtime.sendMessage<Command, CommandReply>(asked);
  } catch (error) {
    return { type: "failed", failure: unanswered(error instanceof Error ? error.message : String(error)) };
  }
}

function unanswered(reason: string): Failure {
  return {
    code: "internal",
    message: /context invalidated/i.test(reason)
      ? "Sotto was updated while this page was open."
      : `Sotto's background worker did not answer: ${reason}`,
    remedy: "Reload the page, or close this window and open it again.",
    model: undefined,
  };
}
