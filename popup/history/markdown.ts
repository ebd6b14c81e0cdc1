// The history as Markdown. What pages say stays text in it: no markup, no HTML, no links of theirs.

import type { HistoryEntry } from "../../offscreen/view/history";
import { message } from "../../offscreen/view/messages";
import { CUT, facts, SOURCES, UNTITLED } from "./words";

export function markdown(entries: HistoryEntry[]): string {
  return `# ${message("historyOfSotto")}\n\n${entries.map(entryMarkdown).join("\n")}`;
}

function entryMarkdown(entry: HistoryEntry): string {
  const { title, url, text, isCut, points } = entry;
  // The marks of a summary's list are Sotto's own: its points are listed anew.
  const isList = entry.task === "summarize" && points.length > 0;
  const body = isList ? points.map((point) => `- ${line(point.text)}`).join("\n") : paragraphs(text);
  const sources = points.map(({ source }) => `> ${line(source)}`).join("\n>\n");
  return [
    `## ${line(title) || UNTITLED}`,
    [facts(entry), address(url)].filter(Boolean).join(" · "),
    body,
    isCut ? `*${CUT}*` : "",
    sources && `${SOURCES}:\n\n${sources}`,
  ]
    .filter(Boolean)
    .map((part) => `${part}\n`)
    .join("\n");
}

function paragraphs(text: string): string {
  return text.split(/\n+/u).map(line).filter(Boolean).join("\n\n");
}

/** A text in one line, whose characters mean nothing but themselves. */
export function line(text: string): string {
  const flat = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  const escaped = flat.replaceAll(/[\\`*_{}[\]<>()#|~&!$^=:@]/gu, (sign) => `\\${sign}`);
  // What would begin a list.
  return escaped.replace(/^[-+]/u, (sign) => `\\${sign}`).replace(/^\d+(?=\.)/u, (number) => `${number}\\`);
}

/** Of a web page; another address leads nowhere. */
function address(url: string): string {
  return /^https?:\/\//u.test(url) && URL.canParse(url)
    ? `<${new URL(url).href.replaceAll(/[<>\s]/gu, encodeURIComponent)}>`
    : "";
}
