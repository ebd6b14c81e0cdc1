// What can go wrong with a page, in words for its reader.

import type { Failure } from "../protocol/protocol";
import { explainReplaceError, type ReplaceError } from "./replacement";

function notReadable(message: string, remedy: string): Failure {
  return { code: "page-not-readable", message, remedy, model: undefined };
}

const ELSEWHERE = "Open a web page and try again there.";

/** Explains a refusal from the page's address, where it is known, and the browser's own words. */
export function refused(url: string | undefined, reason: string): Failure {
  const address = url ?? "";
  if (/No tab with id|tab was closed|No frame with id|frame .*was removed|frame was detached/i.test(reason))
    return left();
  if (
    /^https?:\/\/(chromewebstore\.google\.com|chrome\.google\.com\/webstore)/.test(address) ||
    /gallery/.test(reason)
  ) {
    return notReadable("The browser does not let extensions read the Web Store.", ELSEWHERE);
  }
  if (/^file:.*\.pdf$/i.test(address)) return localFile();
  if (/^file:/.test(address) || /file:\/\//.test(reason)) {
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
  if (
    /^(chrome|edge|brave|about|devtools|view-source|chrome-\w+):/.test(address) ||
    /chrome:|about:|devtools:/.test(reason)
  ) {
    return notReadable("The browser does not let extensions read its own pages.", ELSEWHERE);
  }
  const asked = /url "([^"]*)"/.exec(reason)?.[1];
  if (asked && URL.canParse(asked) && URL.canParse(address) && new URL(asked).origin !== new URL(address).origin) {
    return notReadable(
      `This part of the page is a frame of another site, ${new URL(asked).host}, which the browser keeps apart.`,
      "Open that site in a tab of its own and try again there.",
    );
  }
  if (/must request permission|Cannot access contents/.test(reason)) {
    return notReadable(
      "Sotto may read a page only after you have clicked its button there.",
      "Click Sotto's button on this page, or press its keys, and try again.",
    );
  }
  return notReadable(
    `The browser does not let Sotto read this page: ${reason.replace(/^Error: /, "") || "it gives no reason"}`,
    "On a blank or built-in page there is nothing to be done; on a web page, click Sotto's button again and retry.",
  );
}

/** The page, or the part of it that was asked, is no longer there. */
export function left(): Failure {
  return notReadable("The page was left or changed while it was being read.", "Try again.");
}

/** Neither the page nor the browser has answered for it in time. */
export function unresponsive(): Failure {
  return notReadable(
    "This page does not answer: it is still being loaded, or its own scripts keep it busy.",
    "Wait until it has settled, or reload it, and try again.",
  );
}

/** Sotto's own script failed in the page. */
export function scriptFailed(error: string): Failure {
  return {
    code: "internal",
    message: `Sotto's reader failed on this page: ${error}`,
    remedy: "Reload the page and try again. If it happens again, please report the page's address.",
    model: undefined,
  };
}

/** Explains a document that is no web page. */
export function notText(contentType: string): Failure {
  return notReadable(`There is no text to read here: this is ${contentType}.`, ELSEWHERE);
}

const DROP = "Open Sotto's side panel and drop the file on it.";

/** The file in a tab lies on this computer, where no script may fetch it. */
export function localFile(): Failure {
  return notReadable("The browser lets no extension read the PDFs on this computer from their tab.", DROP);
}

/** The file in a tab could not be fetched once more. */
export function fileUnreadable(reason: string): Failure {
  return notReadable(`This file could not be read from its tab: ${reason}`, `Reload it, or save it. ${DROP}`);
}

/** A file of more bytes than are read. */
export function fileTooLarge(most: number): Failure {
  return notReadable(
    `This file has more than the ${most >> 20} MB that Sotto reads here.`,
    "Split it, or print the pages that you need to a new PDF, and try again with that.",
  );
}

/** A file that was to be handed over has not come. */
export function fileGone(): Failure {
  return notReadable("The file did not arrive where it is read.", "Drop it again.");
}

/** What is rewritten is a selection. */
export function fileNotRewritten(): Failure {
  return {
    code: "no-text",
    message: "A file can be summarised or translated, not rewritten.",
    remedy: "Choose Summarise or Translate, and drop it again.",
    model: undefined,
  };
}

/** Reading a file took more time or memory than it may, or went wrong in another way. */
export function tooMuch(): Failure {
  return notReadable(
    "This file takes more memory or time to read than Sotto gives it. It may be damaged, or made to do harm.",
    "If you trust it, print it to a new PDF, and try again with that.",
  );
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

/** The tab of a job has been forgotten. */
export function unknownPlace(): Failure {
  return notReadable("The tab of this job is no longer known.", "Start it again from the page.");
}

export function noSelection(): Failure {
  return {
    code: "no-text",
    message: "No text is selected.",
    remedy: "Select some text first. What is in password fields is never read.",
    model: undefined,
  };
}

/** A frame has the focus, and none that can be read has a selection. */
export function noSelectionInFrame(): Failure {
  return {
    code: "no-text",
    message: "No text is selected that Sotto can read: it may stand in a frame of another site.",
    remedy: "Select some text first. What is in another site's frame can be read where that site has a tab of its own.",
    model: undefined,
  };
}

/** A text was not put in the place of the selection. */
export function notAccepted(error: ReplaceError): Failure {
  return { code: "page-not-readable", ...explainReplaceError(error), model: undefined };
}

/** There is no result to put in, or none yet. */
export function noResult(): Failure {
  return {
    code: "no-result",
    message: "There is no finished text to put in.",
    remedy: "Start it again.",
    model: undefined,
  };
}

/** The page no longer holds what a translation replaced. */
export function notRestored(): Failure {
  return notReadable("This page no longer holds the original text.", "Reload the page.");
}

/** What no other failure explains. */
export function internalFailure(error: unknown): Failure {
  return {
    code: "internal",
    message: `Sotto's background worker failed: ${error instanceof Error ? error.message : String(error)}`,
    remedy: "Try again. If it happens again, reload the extension on chrome://extensions.",
    model: undefined,
  };
}
