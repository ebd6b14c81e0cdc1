// Keys as a person presses them.

import type { Target } from "./target.ts";

const CODES: Record<string, number> = { Tab: 9, Enter: 13, Escape: 27, " ": 32, ArrowLeft: 37, ArrowRight: 39 };

/** Presses one key; with `shift`, together with Shift. */
export async function press(target: Target, key: string, shift = false): Promise<void> {
  const text = key === "Enter" ? "\r" : key.length === 1 ? key : undefined;
  const event = { key, code: key === " " ? "Space" : key, windowsVirtualKeyCode: CODES[key], modifiers: shift ? 8 : 0 };
  await target.send("Input.dispatchKeyEvent", { type: text === undefined ? "rawKeyDown" : "keyDown", ...event, text });
  await target.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
}

/** Presses Tab until an element that matches has the focus, as a person without a mouse would. */
export async function tabTo(target: Target, selector: string, shift = false): Promise<void> {
  for (let i = 0; i < 60; i += 1) {
    if (await target.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await press(target, "Tab", shift);
  }
  throw new Error(`${selector} is not reached by Tab`);
}
