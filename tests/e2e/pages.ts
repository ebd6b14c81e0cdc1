// Pages made for the tests.

import { page } from "./harness.ts";

/** Eight sentences about a lighthouse. */
export const LIGHTHOUSE = page("The lighthouse of Varn", [
  "The lighthouse of Varn was built in 1874 by the engineer Ottilie Marsh, who had already drained two harbours further south. Its lantern stands 41 metres above the sea and can be seen from ships at a distance of nineteen nautical miles.",
  "For a hundred years a keeper and two assistants lived in the tower, and the log books that they kept are now in the museum of the town. In 1974 the lamp was converted to electricity, and the last keeper moved to a house on the mainland.",
  "Storms have damaged the tower three times, most severely in the winter of 1953, when the sea broke through the outer wall and flooded the store rooms. The repair took eleven months because every stone had to be brought by boat.",
  "Today the tower belongs to a society of volunteers, who open it to visitors on the first Sunday of every month. They plan to restore the old clockwork that turned the lens, which was sold in 1980 and found again in a barn last year.",
]);

/** A page about something else altogether: no word of its subject is in the other one. */
export const ORCHARD = page("Apples of the upper valley", [
  "The orchards of the upper valley grow forty kinds of apples, most of which are pressed for cider in October. Growers graft young branches onto old trunks, since roots of old trees reach water even during dry summers.",
  "A fungus called scab spoils the fruit in wet years, and farmers once sprayed copper against it. Nowadays they prune the crowns so that wind dries the leaves quickly, which has cut their losses by half.",
  "Bees from the village hives pollinate the blossoms in May, and each grower pays the beekeepers with a barrel of juice. Without the bees, harvests would shrink to a third, as the agricultural school at Lenz has measured.",
]);

/** Three sentences: enough for one point. */
export const NOTE = page("Ferry timetable", [
  "The ferry between the two islands will leave every forty minutes from the first of April, because the new boat is twice as fast as the old one. Tickets can be bought on board with coins or cards, and bicycles travel free of charge on all days except Sundays.",
  "In winter the boat stays in the harbour whenever waves are higher than two metres.",
]);

/** A sentence that the model shortens at the first attempt. */
export const FERRY = page("Ferry timetable", [
  "The ferry between the two islands, which carries about ninety passengers, will leave every forty minutes from the first of April.",
]);

/** Text only in places that are not text. */
export const BLANK = `<!doctype html><title>Nothing</title><script>const text = "not to be read";</script><canvas></canvas>`;

/** An article of about so many words under many headings, no sentence like another. */
export function long(words: number): string {
  const subjects = ["river", "bridge", "school", "market", "forest", "railway", "harbour", "mill", "library", "quarry"];
  const verbs = ["supplied", "replaced", "surveyed", "divided", "protected", "flooded", "joined", "measured"];
  const objects = [
    "the lower meadows",
    "a row of cottages",
    "the northern road",
    "its oldest wall",
    "a field of barley",
  ];
  const pick = (list: string[], at: number): string => list[at % list.length] ?? "";
  const parts: string[] = [];
  for (let count = 0, i = 0; count < words; i += 1) {
    if (i % 40 === 0) parts.push(`<h2>Chapter ${i / 40 + 1}</h2>`);
    const text =
      `In the year ${1200 + (i % 800)} the ${pick(subjects, i)} of district ${i} ${pick(verbs, i >> 3)} ` +
      `${pick(objects, i >> 1)} and ${pick(objects, i + 2)} near the ${pick(subjects, i * 7 + 3)}, as the chronicle says.`;
    count += text.split(" ").length;
    parts.push(`<p>${text}</p>`);
  }
  return `<!doctype html><html lang="en"><title>A long chronicle</title><article><h1>A long chronicle</h1>${parts.join("\n")}</article></html>`;
}
