// Prints the table of kinds: started by `cargo xtask score pages` with its options as JSON.

import { KindReader, kindPages } from "./driver/kinds.ts";

const { folder } = JSON.parse(process.argv[2] ?? "{}") as { folder: string };
const rows = new Map<string, { pages: number; right: number }>();
const wrong: string[] = [];
const reader = await KindReader.start();
try {
  for (const page of await kindPages(folder)) {
    const row = rows.get(page.kind) ?? { pages: 0, right: 0 };
    rows.set(page.kind, row);
    const mistakes = await reader.mistakes(page);
    row.pages += 1;
    if (mistakes.length === 0) row.right += 1;
    else wrong.push(`${page.kind}/${page.name}`, ...mistakes.map((mistake) => `  ${mistake}`));
  }
} finally {
  await reader.stop();
}
const lines = [...rows].map(([kind, { pages, right }]) => `| ${kind} | ${pages} | ${right} |`);
console.log(["| kind | pages | right |", "|---|---|---|", ...lines].join("\n"));
if (wrong.length > 0) {
  console.log(`\n${wrong.join("\n")}`);
  process.exitCode = 1;
}
