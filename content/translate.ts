// Injected on the reader's click: translates the page in place.

import type { JobId, PageBlocks } from "../offscreen/protocol/protocol";
import type { Unread } from "../offscreen/view/injected";
import { leftOut } from "../offscreen/view/left_out";
import { declaredLanguage } from "./capture/language";
import { bytes } from "./capture/size";
import { unreadable } from "./capture/unreadable";
import { document, own } from "./page/dom";
import { Bar } from "./translate/bar";
import { type Collected, collect, NOTHING_KNOWN } from "./translate/collect";
import { visibleFirst } from "./translate/order";
import { Translation } from "./translate/translation";
import type { Unit } from "./translate/unit";

const UNITS_LIMIT = 4000;
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
  const found = onOriginal(() => collect(document.body, to, UNITS_LIMIT, NOTHING_KNOWN));
  const translation = new Translation(to, () => endOthers(translation));
  translations.set(job, translation);
  translation.watch(found.roots);
  return onOriginal(() => given(job, translation, found, found.units));
}

globalThis.sottoMoreBlocks = (job) => {
  const translation = own("sottoBar")?.translation;
  if (!translation?.shown || translation.isOver) return undefined;
  const { found, open } = findMore(translation);
  if (open.length === 0) return undefined;
  translations.set(job, translation);
  return given(job, translation, found, open);
};

/** What has come to a page since it was translated, and what of it has to be asked for. */
function findMore(translation: Translation): { found: Collected; open: Unit[] } {
  translation.releaseGone();
  const look = (): Collected => collect(document.body, translation.to, UNITS_LIMIT, translation);
  let found = look();
  if (found.changed.size > 0) {
    translation.release(found.changed);
    found = look();
  }
  translation.watch(found.roots);
  return { found, open: translation.recall(found.units) };
}

/** What a job is given of these units. */
function given(job: JobId, translation: Translation, { cut, frames }: Collected, units: Unit[]): PageBlocks {
  const fit = fitting(visibleFirst(units));
  return {
    url: location.href,
    title: document.title.trim(),
    lang: declaredLanguage(),
    blocks: translation.add(job, fit),
    leftOut: leftOut({ cut: cut + characters(units) - characters(fit), frames }),
  };
}

globalThis.sottoTranslate = (job, setup) => {
  const translation = translations.get(job);
  if (!translation) return false;
  own("sottoBar")?.close();
  const bar = new Bar(job, translation, setup, () => findMore(translation).open.length > 0);
  globalThis.sottoBar = bar;
  bar.open();
  return true;
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
  const shown = [...new Set(translations.values())].filter((translation) => translation.shown && translation.started);
  for (const translation of shown.toReversed()) translation.show(false);
  try {
    return find();
  } finally {
    for (const translation of shown) translation.show(true);
  }
}

/** Undoes every other translation: one that is new has something to put in their place. */
function endOthers(translation: Translation): void {
  for (const [job, other] of [...translations].reverse()) {
    if (other === translation) continue;
    other.end();
    translations.delete(job);
  }
}

function characters(units: Unit[]): number {
  let sum = 0;
  for (const { blocks } of units) for (const { spans } of blocks) for (const { text } of spans) sum += text.length;
  return sum;
}

/** The units that fit into one message. */
function fitting(units: Unit[]): Unit[] {
  let room = TEXT_LIMIT;
  const end = units.findIndex(({ blocks }) => {
    for (const { spans } of blocks) for (const { text } of spans) room -= bytes(text);
    return room < 0;
  });
  return end < 0 ? units : units.slice(0, end);
}
