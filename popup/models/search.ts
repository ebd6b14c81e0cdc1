// What a reader looks for among the models: two languages, one, or words of a name.

import type { ModelCard } from "../../offscreen/protocol/protocol";
import { primarySubtag } from "../../offscreen/view/names";
import { legs } from "./direction";

export interface Search {
  /** As they were named: from the first into the second. */
  languages: string[];
  /** What names no language. */
  words: string[];
}

/** Fewest letters of a language's name that stand for it. */
const SHORTEST_NAME = 3;

/** Words between two languages. */
const FILLERS = new Set(["to", "into", "from", "and", "in"]);

/** Reads "de en", "German → English" or "Deutsch Englisch": languages of `tags` by their codes, or names in English, their own or the reader's languages. */
export function readSearch(text: string, tags: Iterable<string>, reader: readonly string[]): Search {
  const names = namesOf(tags, reader);
  const search: Search = { languages: [], words: [] };
  for (const word of plain(text).split(/[\s,;:→>/–—-]+/u)) {
    const tag = names.find(({ tag, names: known }) => tag === word || known.some((name) => isName(word, name)))?.tag;
    if (tag !== undefined) search.languages.push(tag);
    else if (word !== "" && !FILLERS.has(word)) search.words.push(word);
  }
  return search;
}

/** Whether a model is what is looked for. */
export function matches(model: ModelCard, { languages, words }: Search): boolean {
  const text = plain([model.name, model.family, model.licence ?? "", model.source].join(" "));
  return words.every((word) => text.includes(word)) && knows(model, languages);
}

function knows({ abilities, kind, languages: stated }: ModelCard, languages: string[]): boolean {
  const [from, to] = languages;
  if (from === undefined) return true;
  const directions = abilities.translate.filter(({ ability }) => ability !== "unfit");
  if (to === undefined) {
    const isStated = kind === "language" && plain(stated).includes(plain(nameIn("en", from)));
    return isStated || directions.some((one) => one.from === from || one.to === from);
  }
  const wanted = kind === "translator" ? legs(from, to) : [{ from, to }];
  return directions.some((one) => wanted.some((leg) => leg.from === one.from && leg.to === one.to));
}

function namesOf(tags: Iterable<string>, reader: readonly string[]): { tag: string; names: string[] }[] {
  return [...new Set(tags)].map((tag) => {
    const names = ["en", tag, ...reader].map((language) => nameIn(language, tag));
    return { tag, names: names.map(plain) };
  });
}

function nameIn(language: string, tag: string): string {
  try {
    return new Intl.DisplayNames([primarySubtag(language)], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function isName(word: string, name: string): boolean {
  return word === name || (word.length >= SHORTEST_NAME && name.startsWith(word));
}

/** In lower case, without accents. */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
