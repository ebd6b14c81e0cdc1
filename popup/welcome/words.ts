// What the first page says by itself.

import { message } from "../../offscreen/view/messages";

export const RUN = message("summarizeArticle");
export const AGAIN = message("summarizeItAgain");
export const SHOW = message("showTheSource");

export function keysText(keys: string | undefined): string {
  return keys ? message("pressKeys", { keys }) : message("clickButton");
}

export function pinnedText(isPinned: boolean): string {
  return message(isPinned ? "isPinned" : "howToPin");
}
