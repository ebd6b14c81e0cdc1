// What the page of the settings says by itself.

/** Commands that have no description of their own, by their names in the manifest. */
const COMMANDS: Record<string, string> = { _execute_action: "Open Sotto on the page" };

export const NO_KEYS = "No keys";
export const COPIED = "Copied.";

export const NO_HABITS = "Nothing yet.";

export function commandName({ name = "", description = "" }: chrome.commands.Command): string {
  return COMMANDS[name] ?? description;
}

/** Of an option that no model which is there was measured to do. */
export function unreached(option: string): string {
  return `${option} (needs a larger model)`;
}
