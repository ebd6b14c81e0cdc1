// What a page says of itself in its head, for the extractor of articles: nobody reads it.

import { document, textContent } from "../page/dom";
import { escapeAttribute } from "./markup";

/** Characters of structured data that are handed over. */
const DATA_LENGTH = 64 * 1024;
/** Scripts that are looked at. */
const SCRIPTS_LIMIT = 20;
/** Longer values say nothing. */
const VALUE_LENGTH = 400;

/** A page's structured data (JSON-LD) and what it says of itself in OpenGraph, as HTML. */
export function declarations(): string {
  return `<head>${["og:type", "og:title", "og:site_name"].map(meta).join("")}${structuredData()}</head>`;
}

function meta(property: string): string {
  const content = document.querySelector(`meta[property="${property}"]`)?.getAttribute("content");
  if (!content || content.length > VALUE_LENGTH) return "";
  return `<meta property="${property}" content="${escapeAttribute(content)}">`;
}

function structuredData(): string {
  const scripts = [...document.querySelectorAll('script[type="application/ld+json"]')].slice(0, SCRIPTS_LIMIT);
  let room = DATA_LENGTH;
  return scripts
    .map((script) => {
      const data = textContent(script) ?? "";
      if (data.length > room) return "";
      room -= data.length;
      // In JSON it can stand in strings alone, where it may be escaped.
      return `<script type="application/ld+json">${data.replaceAll("<", "\\u003c")}</script>`;
    })
    .join("");
}
