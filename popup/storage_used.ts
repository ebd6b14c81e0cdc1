// How much of the browser's storage is Sotto's.

import { message } from "../offscreen/view/messages";
import { size } from "../offscreen/view/words";

/** In bytes, as the browser estimates it. */
export async function storageUsed(): Promise<{ used: number; left: number }> {
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  return { used: usage, left: Math.max(quota - usage, 0) };
}

export function usedText({ used, left }: { used: number; left: number }): string {
  return message("storageUsed", { used: size(used), left: size(left) });
}
