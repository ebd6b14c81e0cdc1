// What can go wrong with a page, in words for its reader.

import type { Failure } from "../protocol/protocol";
import { message } from "./messages";
import { explainReplaceError, type ReplaceError } from "./replacement";

function notReadable(text: string, remedy: string): Failure {
  return { code: "page-not-readable", message: text, remedy, model: undefined };
}

/** Explains a refusal from the page's address, where it is known, and the browser's own words. */
export function refused(url: string | undefined, reason: string): Failure {
  const address = url ?? "";
  if (/No tab with id|tab was closed|No frame with id|frame .*was removed|frame was detached/i.test(reason))
    return left();
  if (
    /^https?:\/\/(chromewebstore\.google\.com|chrome\.google\.com\/webstore)/.test(address) ||
    /gallery/.test(reason)
  ) {
    return notReadable(message("webStoreUnreadable"), message("openElsewhere"));
  }
  if (/^file:.*\.pdf$/i.test(address)) return localFile();
  if (/^file:/.test(address) || /file:\/\//.test(reason)) {
    return notReadable(message("filesUnreadable"), message("allowFiles"));
  }
  if (/^chrome-extension:/.test(address) || /chrome-extension:/.test(reason)) {
    return notReadable(message("otherExtensionUnreadable"), message("openElsewhere"));
  }
  if (/error page/.test(reason)) {
    return notReadable(message("notLoaded"), message("reloadAndRetry"));
  }
  if (/policy/.test(reason)) {
    return notReadable(message("policyForbids"), message("askAdministrator"));
  }
  if (
    /^(chrome|edge|brave|about|devtools|view-source|chrome-\w+):/.test(address) ||
    /chrome:|about:|devtools:/.test(reason)
  ) {
    return notReadable(message("ownPagesUnreadable"), message("openElsewhere"));
  }
  const asked = /url "([^"]*)"/.exec(reason)?.[1];
  if (asked && URL.canParse(asked) && URL.canParse(address) && new URL(asked).origin !== new URL(address).origin) {
    return notReadable(message("otherFrame", { host: new URL(asked).host }), message("openInOwnTab"));
  }
  if (/must request permission|Cannot access contents/.test(reason)) {
    return notReadable(message("clickFirst"), message("clickHere"));
  }
  const told = reason.replace(/^Error: /, "") || message("noReason");
  return notReadable(message("pageUnreadable", { reason: told }), message("clickAgain"));
}

/** The page, or the part of it that was asked, is no longer there. */
export function left(): Failure {
  return notReadable(message("pageLeft"), message("tryAgainSentence"));
}

/** Neither the page nor the browser has answered for it in time. */
export function unresponsive(): Failure {
  return notReadable(message("pageSilent"), message("waitOrReload"));
}

/** Sotto's own script failed in the page. */
export function scriptFailed(error: string): Failure {
  return {
    code: "internal",
    message: message("readerFailed", { error }),
    remedy: message("reportAddress"),
    model: undefined,
  };
}

/** Explains a document that is no web page. */
export function notText(contentType: string): Failure {
  return notReadable(message("noTextHere", { type: contentType }), message("openElsewhere"));
}

/** The file in a tab lies on this computer, where no script may fetch it. */
export function localFile(): Failure {
  return notReadable(message("localPdfUnreadable"), message("dropOnPanel"));
}

/** The file in a tab could not be fetched once more. */
export function fileUnreadable(reason: string): Failure {
  return notReadable(message("fileUnreadable", { reason }), `${message("reloadOrSave")} ${message("dropOnPanel")}`);
}

/** A file of more bytes than are read. */
export function fileTooLarge(most: number): Failure {
  return notReadable(message("fileTooLarge", { megabytes: most >> 20 }), message("splitFile"));
}

/** A file that was to be handed over has not come. */
export function fileGone(): Failure {
  return notReadable(message("fileGone"), message("dropAgain"));
}

/** What is rewritten is a selection. */
export function fileNotRewritten(): Failure {
  return {
    code: "no-text",
    message: message("fileNotRewritten"),
    remedy: message("chooseAndDropAgain"),
    model: undefined,
  };
}

/** Reading a file took more time or memory than it may, or went wrong in another way. */
export function tooMuch(): Failure {
  return notReadable(message("fileTooMuch"), message("printIfTrusted"));
}

/** No tab, or one that has gone. */
export function noTab(): Failure {
  return notReadable(message("noPage"), message("openElsewhere"));
}

/** The passage to be revealed is not on the page (any more). */
export function notFound(): Failure {
  return notReadable(message("passageNotFound"), message("summarizePageAgain"));
}

/** The tab of a job has been forgotten. */
export function unknownPlace(): Failure {
  return notReadable(message("tabUnknown"), message("startFromPage"));
}

export function noSelection(): Failure {
  return {
    code: "no-text",
    message: message("noSelection"),
    remedy: message("selectText"),
    model: undefined,
  };
}

/** A frame has the focus, and none that can be read has a selection. */
export function noSelectionInFrame(): Failure {
  return {
    code: "no-text",
    message: message("noSelectionInFrame"),
    remedy: message("selectTextInTab"),
    model: undefined,
  };
}

/** No text is selected as far as the browser knows, and the page draws its text itself. */
export function textDrawn(): Failure {
  return { code: "no-text", message: message("textDrawn"), remedy: message("textDrawnRemedy"), model: undefined };
}

/** A text was not put in the place of the selection. */
export function notAccepted(error: ReplaceError): Failure {
  return { code: "page-not-readable", ...explainReplaceError(error), model: undefined };
}

/** There is no result to put in, or none yet. */
export function noResult(): Failure {
  return {
    code: "no-result",
    message: message("noResultYet"),
    remedy: message("startAgain"),
    model: undefined,
  };
}

/** The page no longer holds what a translation replaced. */
export function notRestored(): Failure {
  return notReadable(message("originalGone"), message("reloadPage"));
}

/** What no other failure explains. */
export function internalFailure(error: unknown): Failure {
  return {
    code: "internal",
    message: message("backgroundFailed", { error: error instanceof Error ? error.message : String(error) }),
    remedy: message("reloadExtension"),
    model: undefined,
  };
}
