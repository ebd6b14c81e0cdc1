// What the first page says by itself.

export const RUN = "Summarise the article";
export const AGAIN = "Summarise it again";
export const SHOW = "Show the source";

export function keysText(keys: string | undefined): string {
  return keys ? `Press ${keys}, or click Sotto’s button.` : "Click Sotto’s button; Settings say how to give it keys.";
}

export function pinnedText(isPinned: boolean): string {
  return isPinned
    ? "Its button is pinned to the toolbar."
    : "To keep the button in sight, click the puzzle piece in the toolbar, then the pin beside Sotto.";
}
