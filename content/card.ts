// Injected on the reader's click: the card beside the selection. Needs selection.js in the same
// frame.

import { Card } from "./card/card";
import { own } from "./page/dom";
import { readSelection } from "./selection/read";

globalThis.sottoCard = (setup) => {
  own("sottoOpenCard")?.close();
  const selection = readSelection();
  const selections = own("sottoSelections");
  if (selections) selections.card = selection;
  const card = new Card(setup, selection);
  globalThis.sottoOpenCard = card;
  card.open();
  return card.tasks;
};
