// Injected on the reader's click: translates the page in place.

import type { JobId, PageBlocks } from "../offscreen/protocol/protocol";
import type { Unread } from "../offscreen/view/injected";
import { leftOut } from "../offscreen/view/left_out";
import { declaredLanguage } from "./capture/language";
import { bytes } from "./capture/size";
import { unreadable } from "./capture/unreadable";
import { document, own } from "./page/dom";
import { Bar } from "./translate/bar";
import type { TextBlock } from "./translate/block";
import { collect } from "./translate/collect";
import { visibleFirst } from "./translate/order";
import { Translation } from "./translate/translation";

const BLOCKS_LIMIT = 4000;
/** Bytes of UTF-8 in all blocks together. */
const TEXT_LIMIT = 400_000;

// Injected again, the script goes on with what it knew.
const translations = (globalThis.sottoTranslations = own("sottoTranslations") ?? new Map());

globalThis.sottoBlocks = (job, to) => {
  try {
    return read(job, to);
  } catch (error) {
    return { error: String(error) };
  }
};

function read(job: JobId, to: string): PageBlocks | Unread {
  const contentType = unreadable();
  if (contentType !== undefined) return { contentType };
  // Whatever was translated before, the original is what is translated now.
  const found = onOriginal(() => collect(document.body, to, BLOCKS_LIMIT));
  const blocks = fitting(onOriginal(() => visibleFirst(found.blocks)));
  translations.set(job, new Translation(blocks, to, () => discardOthers(job)));
  return {
    url: location.href,
    title: document.title.trim(),
    lang: declaredLanguage(),
    blocks: blocks.map(({ block }) => block),
    leftOut: leftOut({ cut: found.cut + characters(found.blocks) - characters(blocks) }),
  };
}

globalThis.sottoTranslate = (job, direction) => {
  const translation = translations.get(job);
  if (!translation) return;
  own("sottoBar")?.close();
  const bar = new Bar(job, translation, direction);
  globalThis.sottoBar = bar;
  bar.open();
};

globalThis.sottoRestore = (job) => {
  const translation = translations.get(job);
  if (!translation) return false;
  const bar = own("sottoBar");
  if (!bar || bar.translation !== translation) translation.show(false);
  else if (translation.shown) bar.toggle();
  return true;
};

/** What is found while the page's own text is on view, which nobody sees: nothing is drawn meanwhile. */
function onOriginal<T>(find: () => T): T {
  const shown = [...translations.values()].filter((translation) => translation.shown);
  for (const translation of shown.toReversed()) translation.show(false);
  try {
    return find();
  } finally {
    for (const translation of shown) translation.show(true);
  }
}

/** Undoes every other translation: one that is new has something to put in their place. */
function discardOthers(job: JobId): void {
  for (const [other, translation] of [...translations].reverse()) {
    if (other === job) continue;
    translation.show(false);
    translations.delete(other);
  }
}

function characters(blocks: TextBlock[]): number {
  return blocks.reduce((sum, { spans }) => spans.reduce((length, { text }) => length + text.length, sum), 0);
}

/** The blocks that fit into one message. */
function fitting(blocks: TextBlock[]): TextBlock[] {
  let room = TEXT_LIMIT;
  const end = blocks.findIndex(({ spans }) => {
    for (const { text } of spans) room -= bytes(text);
    return room < 0;
  });
  return end < 0 ? blocks : blocks.slice(0, end);
}
