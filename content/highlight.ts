// Injected on the reader's click: shows a passage, and has the page's video go to the time of it. The
// CSS Custom Highlight API paints it without touching the document; the style is in highlight.css. A
// click, Escape or half a minute takes it away.

import { find } from "./highlight/find";
import { document, isElement } from "./page/dom";
import { duration, mainVideo } from "./page/video";

const NAME = "sotto";
const SHOWN_MS = 30_000;

globalThis.sottoHighlight = (passage, seconds) => {
  const isSought = seconds !== null && seek(seconds);
  return highlight(passage) || isSought;
};

/** False where no video has that time. */
function seek(seconds: number): boolean {
  const video = mainVideo();
  if (!video || seconds > (duration(video) ?? 0)) return false;
  video.currentTime = seconds;
  return true;
}

/** False where the passage is not here. */
function highlight(passage: string): boolean {
  CSS.highlights.delete(NAME);
  const ranges = find(passage);
  const [first] = ranges;
  if (!first) return false;
  const shown = new Highlight(...ranges);
  CSS.highlights.set(NAME, shown);
  scrollTo(first);

  const over = new AbortController();
  const remove = (): void => {
    over.abort();
    // A later passage may have taken the place.
    if (CSS.highlights.get(NAME) === shown) CSS.highlights.delete(NAME);
  };
  const options = { signal: over.signal, capture: true, passive: true };
  document.addEventListener("pointerdown", remove, options);
  document.addEventListener("keydown", (event) => event.key === "Escape" && remove(), options);
  const timer = setTimeout(remove, SHOWN_MS);
  over.signal.addEventListener("abort", () => clearTimeout(timer));
  return true;
}

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
