// One result of the history on screen.

import { make } from "../../offscreen/view/elements";
import type { HistoryEntry } from "../../offscreen/view/history";
import { CUT, facts, REMOVE, removeText, SOURCES, UNTITLED } from "./words";

export function entryElement(entry: HistoryEntry, remove: () => void): HTMLElement {
  const { title, url, text, isCut, points, task } = entry;
  const root = make("article", "framed");
  const heading = make("h2", "", title || UNTITLED);
  root.append(heading, make("p", "facts", facts(entry)), ...addressLine(url));
  if (task === "summarize" && points.length > 0) {
    const list = make("ul");
    list.append(...points.map((point) => make("li", "", point.text)));
    root.append(list);
  } else {
    root.append(make("p", "text", text));
  }
  if (isCut) root.append(make("p", "facts", CUT));
  if (points.length > 0) {
    const sources = make("details");
    sources.append(make("summary", "", SOURCES), ...points.map(({ source }) => make("blockquote", "", source)));
    root.append(sources);
  }
  const button = make("button", "quiet", REMOVE);
  button.type = "button";
  button.setAttribute("aria-label", removeText(`${facts(entry)}, ${title || UNTITLED}`));
  button.addEventListener("click", remove);
  root.append(button);
  return root;
}

/** A link to a web page; any other address would be no page. */
function addressLine(url: string): HTMLElement[] {
  if (!/^https?:\/\//u.test(url)) return url === "" ? [] : [make("p", "facts", url)];
  const link = make("a", "", url);
  link.href = url;
  link.rel = "noreferrer";
  link.target = "_blank";
  const line = make("p", "facts");
  line.append(link);
  return [line];
}
