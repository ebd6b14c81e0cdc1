// Put by the browser into the pages of sites that the reader may want translated without being
// asked, once they have loaded. Says so, and does nothing else: it has no words with it.

import { deliver } from "../offscreen/view/deliver";

// What is loaded ahead of its being looked at is not translated before that.
if (document.prerendering) document.addEventListener("prerenderingchange", () => void arrive(), { once: true });
else void arrive();

async function arrive(): Promise<void> {
  await deliver({ type: "arrived" });
}
