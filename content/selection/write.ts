// Writing a text over what is selected in an editable element.

import { copyFrom, drawn, pasteInto, plainText, reworded } from "./clipboard";
import { editorOf, type Way } from "./editors";
import { selectRange } from "./select";
import type { Stretch } from "./stretch";
import { settle, typeInto } from "./typing";

/**
 * Writes new words over old ones, and returns in how many steps; none when this way is not open.
 * `stretches` are the places where they differ.
 */
export async function writeWords(
  host: HTMLElement,
  way: Way,
  stretches: Stretch[],
  old: string,
  text: string,
): Promise<number> {
  switch (way) {
    case "type":
    case "insert":
      // From the last to the first: what is before a stretch stays where it is.
      for (const stretch of stretches.toReversed()) {
        if (way === "type") await typeStretch(host, stretch);
        else await insertStretch(host, stretch);
      }
      return stretches.length;
    case "paste":
      return pasteInto(host, plainText(text)) ? 1 : 0;
    case "clipboard": {
      const copied = copyFrom(host);
      const data = copied && reworded(copied, old, text);
      return data && pasteInto(host, data) ? 1 : 0;
    }
    case "html": {
      const data = reworded(drawn(host), old, text);
      return data && pasteInto(host, data) ? 1 : 0;
    }
    default:
      return way satisfies never;
  }
}

/** Writes a text with other lines over all that is selected. */
export async function writeLines(host: HTMLElement, range: Range, text: string): Promise<void> {
  const { lines, spaced } = editorOf(host);
  const single = text.replace(/\n\n+/gu, "\n");
  if (lines === "paste") {
    if (pasteInto(host, plainText(spaced ? text.replace(/\n+/gu, "\n\n") : single))) return;
  }
  await typeInto(host, hasMargins(range) ? single : text);
}

async function typeStretch(host: HTMLElement, { range, text }: Stretch): Promise<void> {
  selectRange(range);
  await typeInto(host, text);
}

/** Pastes one stretch as plain text. */
async function insertStretch(host: HTMLElement, { range, text }: Stretch): Promise<void> {
  const { startContainer: start } = range;
  selectRange(range);
  await settle();
  // The editor may have drawn its text anew meanwhile: what is selected then is another place.
  if (!start.isConnected) return;
  if (text === "" || !pasteInto(host, plainText(text))) await typeInto(host, text);
  await settle();
}

/**
 * Whether the blank lines of the text are the margins of paragraphs: typed, they would become
 * empty paragraphs.
 */
function hasMargins(range: Range): boolean {
  const content = range.cloneContents();
  return (
    content.querySelector("p, h1, h2, h3, h4, h5, h6, ul, ol, blockquote") !== null && !content.querySelector("br")
  );
}
