// Injected on the reader's click: hands the background what the page shows. Changes nothing on the page and reads no form.
import { serialize } from "./capture/serialize";

/** Bytes of UTF-8; far above any article, well below what a message may hold. */
const HTML_LIMIT = 4 * 1024 * 1024;
const BEFORE = "<!doctype html><html><body>";
const AFTER = "</body></html>";

globalThis.sottoCapture = () => {
  const contentType = unreadable();
  if (contentType !== undefined) return { contentType };
  const { html, truncated } = serialize(document.body, HTML_LIMIT - BEFORE.length - AFTER.length);
  return {
    url: location.href,
    title: document.title.trim(),
    lang: language(),
    html: BEFORE + html + AFTER,
    truncated,
  };
};

/** The type of a document that is no text: a PDF in its viewer, an image, a video. */
function unreadable(): string | undefined {
  const embedded = document.body?.querySelector(":scope > embed:only-child")?.getAttribute("type");
  if (embedded) return embedded;
  if (!document.body || /^(image|video|audio)\/|pdf$/.test(document.contentType)) return document.contentType;
  return undefined;
}

function language(): string | undefined {
  const declared =
    document.documentElement.lang ||
    document.querySelector("meta[http-equiv='content-language' i]")?.getAttribute("content");
  return declared?.trim() || undefined;
}
