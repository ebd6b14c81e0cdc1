// Injected on the reader's click: reads the selected text, and puts another in its place when it is
// accepted.

import { leftOut } from "../offscreen/view/left_out";
import { declaredLanguage } from "./capture/language";
import { document, own } from "./page/dom";
import { isDrawn } from "./selection/drawn";
import { readSelection } from "./selection/read";

/** Jobs whose places are remembered. */
const REMEMBERED = 20;

// Injected again, the script goes on with what it knew.
const state = (globalThis.sottoSelections = own("sottoSelections") ?? {
  places: new Map(),
  card: undefined,
  replacing: new Map(),
});

globalThis.sottoSelect = (job, again) => {
  const found = again ? state.card : readSelection();
  const inFrame = document.activeElement instanceof HTMLIFrameElement;
  if (!found) return { selection: undefined, inFrame, isDrawn: isDrawn() };
  const { place, cut } = found;
  if (job !== null) state.places.set(job, place);
  for (const old of [...state.places.keys()].slice(0, -REMEMBERED)) state.places.delete(old);
  return {
    selection: {
      url: location.href,
      title: document.title.trim(),
      lang: place.element?.closest("[lang]")?.getAttribute("lang") || declaredLanguage(),
      text: place.text,
      editable: place.editable,
      leftOut: leftOut({ cut }),
    },
    inFrame,
    isDrawn: false,
  };
};

globalThis.sottoAccept = async (job, text) => {
  const place = state.places.get(job);
  if (!place) return "gone";
  // Who asks once more meanwhile is told what comes of it.
  const replacing = state.replacing.get(job) ?? place.replace(text).finally(() => state.replacing.delete(job));
  state.replacing.set(job, replacing);
  return replacing;
};
