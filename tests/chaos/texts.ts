// The pages that the jobs work on: short, so that many of them fit into a minute.

import { page } from "../e2e/harness.ts";

export const SUMMARY = page("Ferry timetable", [
  "The ferry between the two islands will leave every forty minutes from the first of April, because the new boat is twice as fast as the old one. Tickets can be bought on board with coins or cards, and bicycles travel free of charge on all days except Sundays.",
  "In winter the boat stays in the harbour whenever waves are higher than two metres.",
]);

export const LETTER = `<!doctype html><html lang="en" spellcheck="false"><title>Letter</title><h1>Letter</h1>
  <textarea rows="6" cols="50">There is many reasons to visit Lisbon in the spring. Please let me know if you recieve the package before Friday. I can't come, and I don't have a lot of time.</textarea>`;

const GERMAN = ["Der Hafen öffnet heute um 8 Uhr.", "Die Zeitung schließt morgen.", "Die Stadt baut eine Brücke."];

export const NEWS = `<!doctype html><html lang="de"><meta charset="utf-8"><title>Der Hafen</title><article>
  ${Array.from({ length: 200 }, (_, at) => GERMAN.map((text) => `<p>${text.replace("8", String(8 + at))}</p>`).join("\n")).join("\n")}</article></html>`;

export const ELSEWHERE = page("Elsewhere", ["There is nothing to be done here."]);
