// What a page says of itself in its head, for the extractor of articles: nobody reads it. And how long the video is that
// it shows, in OpenGraph's words: not every page keeps those true.

import { document, textContent } from "../page/dom";
import { duration, mainVideo } from "../page/video";
import { escapeAttribute } from "./markup";

/** Characters of structured data that are handed over. */
const DATA_LENGTH = 64 * 1024;
/** Scripts that are looked at. */
const SCRIPTS_LIMIT = 20;
/** Longer values say nothing. */
const VALUE_LENGTH = 400;
/** Seconds of a video at least that somebody speaks in: shorter ones are seen on the way. */
const SPOKEN_SECONDS = 60;

/** A page's structured data (JSON-LD) and what is to be said of it in OpenGraph, as HTML. */
export function declarations(): string {
  return `<head>${["og:type", "og:title", "og:site_name"].map(meta).join("")}${video()}${structuredData()}</head>`;
}

function meta(property: string): string {
  const content = document.querySelector(`meta[property="${property}"]`)?.getAttribute("content");
  if (!content || content.length > VALUE_LENGTH) return "";
  return `<meta property="${property}" content="${escapeAttribute(content)}">`;
}

function video(): string {
  const shown = mainVideo();
  const seconds = (shown && duration(shown)) ?? 0;
  return seconds < SPOKEN_SECONDS ? "" : `<meta property="video:duration" content="${Math.round(seconds)}">`;
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
