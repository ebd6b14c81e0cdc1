// What the injected scripts leave in their isolated world for each other. What they leave for the
// background is in offscreen/view/injected.d.ts.

import type { JobId } from "../offscreen/protocol/protocol";
import type { ReplaceError } from "../offscreen/view/replacement";
import type { SelectionPlace } from "./selection/place";
import type { ReadSelection } from "./selection/read";
import type { Translation } from "./translate/translation";

declare global {
  interface Document {
    /** Whether the page is loaded ahead of its being looked at (Prerendering Revamped). */
    readonly prerendering: boolean;
  }

  /** The selections that were read here: of jobs, and the one that the open card is about. */
  var sottoSelections:
    | {
        places: Map<JobId, SelectionPlace>;
        card: ReadSelection | undefined;
        /** The jobs whose texts are being put in. */
        replacing: Map<JobId, Promise<ReplaceError | undefined>>;
      }
    | undefined;
  /** The hosts of the card and the bar that are open. */
  var sottoSurfaces: Set<Element> | undefined;
  /** The elements that show a passage's original below its translation. */
  var sottoOriginals: WeakSet<Element> | undefined;
  /** The bar that was opened last. */
  var sottoBar: { readonly translation: Translation; toggle(): void; close(): void } | undefined;
  /** The translations of this page that can be undone. */
  var sottoTranslations: Map<JobId, Translation> | undefined;
}
