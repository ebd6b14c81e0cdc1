// What the page of the settings says by itself.

import { message } from "../../offscreen/view/messages";

/** Commands that have no description of their own, by their names in the manifest. */
const COMMANDS: Record<string, string> = { _execute_action: message("openSotto") };

export const NO_KEYS = message("noKeys");
export const COPIED = message("copiedSentence");

export const NO_HABITS = message("nothingYet");

export function commandName({ name = "", description = "" }: chrome.commands.Command): string {
  return COMMANDS[name] ?? description;
}

/** Of an option that no model which is there was measured to do. */
export function unreached(option: string): string {
  return message("needsLargerOption", { option });
}
