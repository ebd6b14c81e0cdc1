// Injected on the reader's click: some of the page's text, to know its language by. Changes nothing
// on the page.

import { declaredLanguage } from "./capture/language";
import { unreadable } from "./capture/unreadable";
import { document, own, textContent } from "./page/dom";
import { collect, NOTHING_KNOWN } from "./translate/collect";

/** A headline and some paragraphs, whatever menus come before them. */
const BLOCKS = 40;
/** Of a plain text. */
const LETTERS = 10_000;

globalThis.sottoSample = () => {
  const contentType = unreadable();
  if (contentType?.startsWith("text/"))
    return { text: textContent(document.body)?.slice(0, LETTERS) ?? "", lang: undefined };
  if (contentType !== undefined) return undefined;
  // On a translated page the original is what counts.
  const [translation] = own("sottoTranslations")?.values() ?? [];
  const units = translation?.units ?? collect(document.body, "", BLOCKS, NOTHING_KNOWN).units;
  const blocks = units.slice(0, BLOCKS).flatMap((unit) => unit.blocks);
  const texts = blocks.map(({ spans }) => spans.map(({ text }) => text).join(""));
  return { text: texts.join("\n"), lang: declaredLanguage() };
};
