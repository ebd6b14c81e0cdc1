// Commands to the background, whose failures are in words.

import type { Command, CommandReply, Failure } from "../protocol/protocol";
import { deliver, isExtensionGone } from "./deliver";
import { message } from "./messages";

/** Sends a command. What keeps it from being answered is a failure like any other. */
export async function sendCommand(command: Command): Promise<CommandReply> {
  const delivery = await deliver(command);
  if ("reply" in delivery) return delivery.reply;
  return { type: "failed", failure: delivery.isStopped ? STOPPED : noAnswer(delivery.lost) };
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

function noAnswer(reason: string): Failure {
  if (isExtensionGone() || /context invalidated/i.test(reason)) return EXTENSION_GONE;
  return {
    code: "internal",
    message: message("backgroundSilent", { reason }),
    remedy: message("reloadOrReopen"),
    model: undefined,
  };
}
