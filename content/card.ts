// Injected on the reader's click: the card beside the selection. Needs selection.js in the same frame.
import { Card } from "./card/card";
import { read } from "./selection/read";

globalThis.sottoCard = (setup) => {
  globalThis.sottoOpenCard?.close();
  const found = read();
  if (globalThis.sottoSelections) globalThis.sottoSelections.card = found;
  const card = new Card(setup, found);
  globalThis.sottoOpenCard = card;
  card.open();
};
