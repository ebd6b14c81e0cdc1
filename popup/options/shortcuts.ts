// The keys, as the browser has them: only it can change them.

import { make } from "../../offscreen/view/elements";
import { byId } from "../dom";
import { commandName, NO_KEYS } from "./words";

const WHERE = "chrome://extensions/shortcuts";

/** Lists the keys, again when the reader comes back from changing them. */
export function setUpShortcuts(): void {
  byId("change-shortcuts").addEventListener("click", () => void chrome.tabs.create({ url: WHERE }));
  window.addEventListener("focus", () => void draw());
  void draw();
}

async function draw(): Promise<void> {
  const commands = await chrome.commands.getAll();
  const lines = commands.flatMap((command) => {
    const keys = make("dd");
    keys.append(command.shortcut ? make("kbd", "", command.shortcut) : NO_KEYS);
    return [make("dt", "", commandName(command)), keys];
  });
  byId("shortcuts").replaceChildren(...lines);
}
