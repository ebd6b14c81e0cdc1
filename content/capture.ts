// Injected on the reader's click: hands the background what the page shows. Changes nothing on the
// page and reads no form.

import type { PageCapture } from "../offscreen/protocol/protocol";
import type { Unread } from "../offscreen/view/injected";
import { declarations } from "./capture/head";
import { declaredLanguage } from "./capture/language";
import { readingRoot } from "./capture/root";
import { serialize } from "./capture/serialize";
import { bytes } from "./capture/size";
import { unreadable } from "./capture/unreadable";
import { document } from "./page/dom";

/** Bytes of UTF-8; far above any article, well below what a message may hold. */
const HTML_LIMIT = 4 * 1024 * 1024;
const BEFORE = "<!doctype html><html>";
const AFTER = "</body></html>";

globalThis.sottoCapture = () => {
  try {
    return capture();
  } catch (error) {
    return { error: String(error) };
  }
};

function capture(): PageCapture | Unread {
  const contentType = unreadable();
  if (contentType !== undefined) return { contentType };
  const before = `${BEFORE}${declarations()}<body>`;
  const { html, leftOut } = serialize(readingRoot(), HTML_LIMIT - bytes(before) - AFTER.length);
  return {
    url: location.href,
    title: document.title.trim(),
    lang: declaredLanguage(),
    html: before + html + AFTER,
    leftOut,
  };
}
