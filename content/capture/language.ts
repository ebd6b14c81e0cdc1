// The language that a page says it is in.

import { document } from "../page/dom";

/** What the document declares (BCP 47), if it declares one. */
export function declaredLanguage(): string | undefined {
  const declared =
    document.documentElement.lang ||
    document.querySelector("meta[http-equiv='content-language' i]")?.getAttribute("content");
  return declared?.trim() || undefined;
}
