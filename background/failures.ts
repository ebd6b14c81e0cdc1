// Why a page cannot be read, in words for its reader.
import type { Failure } from "../offscreen/protocol/protocol";

function notReadable(message: string, remedy: string): Failure {
  return { code: "page-not-readable", message, remedy, model: undefined };
}

const ELSEWHERE = "Open a web page and try again there.";

/** Explains a refusal from the page's address, where it is known, and the browser's own words. */
export function refused(url: string | undefined, reason: string): Failure {
  const address = url ?? "";
  if (/^https?:\/\/(chromewebstore\.google\.com|chrome\.google\.com\/webstore)/.test(address) || /gallery/.test(reason)) {
    return notReadable("The browser does not let extensions read the Web Store.", ELSEWHERE);
  }
  if (/^file:/.test(address) || /file:/.test(reason)) {
    return notReadable(
      "The browser lets an extension read files on this computer only with your permission.",
      "Open the extension's details on chrome://extensions, turn on “Allow access to file URLs”, and reload the page.",
    );
  }
  if (/^chrome-extension:/.test(address) || /chrome-extension:/.test(reason)) {
    return notReadable("The browser does not let one extension read the pages of another.", ELSEWHERE);
  }
  if (/error page/.test(reason)) {
    return notReadable("This page did not load, so there is nothing to read.", "Reload the page and try again.");
  }
  if (/policy/.test(reason)) {
    return notReadable(
      "The administrator of this browser does not let extensions read this page.",
      "Ask them to allow Sotto here, or try another page.",
    );
  }
  if (/^(chrome|edge|brave|about|devtools|view-source|chrome-\w+):/.test(address) || /chrome:|about:|devtools:/.test(reason)) {
    return notReadable("The browser does not let extensions read its own pages.", ELSEWHERE);
  }
  return notReadable(
    "The browser does not let Sotto read this page.",
    "On a blank or built-in page there is nothing to be done; on a web page, click Sotto's button again and retry.",
  );
}

/** Explains a document that is no web page. */
export function notText(contentType: string): Failure {
  if (contentType === "application/pdf") {
    return notReadable(
      "This is a PDF in the browser's viewer, which extensions cannot read.",
      "Look for a web version of the document, and summarise that.",
    );
  }
  return notReadable(`There is no text to read here: this is ${contentType}.`, ELSEWHERE);
}

/** No tab, or one that has gone. */
export function noTab(): Failure {
  return notReadable("There is no page to read in this window.", ELSEWHERE);
}

/** The passage to be revealed is not on the page (any more). */
export function notFound(): Failure {
  return notReadable(
    "This passage was not found on the page: it may have changed since it was read.",
    "Summarise the page again.",
  );
}
