// Injected on the reader's click: the card beside the selection. Needs selection.js in the same
// frame.

import { Card } from "./card/card";
import { readSelection } from "./selection/read";

globalThis.sottoCard = (setup) => {
  globalThis.sottoOpenCard?.close();
  const selection = readSelection();
  if (globalThis.sottoSelections) globalThis.sottoSelections.card = selection;
  const card = new Card(setup, selection);
  globalThis.sottoOpenCard = card;
  card.open();
  return card.tasks;
};
