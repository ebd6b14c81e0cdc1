// Injected on the reader's click: shows a passage. The CSS Custom Highlight API paints it without
// touching the document; the style is in highlight.css. A click, Escape or half a minute takes it
// away.

import { find } from "./highlight/find";
import { document, isElement } from "./page/dom";

const NAME = "sotto";
const SHOWN_MS = 30_000;

globalThis.sottoHighlight = (passage) => {
  CSS.highlights.delete(NAME);
  const ranges = find(passage);
  const [first] = ranges;
  if (!first) return false;
  const highlight = new Highlight(...ranges);
  CSS.highlights.set(NAME, highlight);
  scrollTo(first);

  const over = new AbortController();
  const remove = (): void => {
    over.abort();
    // A later passage may have taken the place.
    if (CSS.highlights.get(NAME) === highlight) CSS.highlights.delete(NAME);
  };
  const options = { signal: over.signal, capture: true, passive: true };
  document.addEventListener("pointerdown", remove, options);
  document.addEventListener("keydown", (event) => event.key === "Escape" && remove(), options);
  const timer = setTimeout(remove, SHOWN_MS);
  over.signal.addEventListener("abort", () => clearTimeout(timer));
  return true;
};

function scrollTo(range: Range): void {
  const { startContainer: start } = range;
  const element = isElement(start) ? start : start.parentElement;
  if (!element) return;
  const fits = element.getBoundingClientRect().height < innerHeight / 2;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || !fits;
  element.scrollIntoView({ block: fits ? "center" : "start", behavior: calm ? "instant" : "smooth" });
  // In a tall element the passage may be far below its start.
  if (!fits) scrollBy({ top: range.getBoundingClientRect().top - innerHeight / 3, behavior: "instant" });
}
