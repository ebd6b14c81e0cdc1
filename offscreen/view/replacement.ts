// Why a text could not be put in the place of a selection, in words.

import { message } from "./messages";

export type ReplaceError =
  /** The field, or the page it was on, is no longer there. */
  | "gone"
  /** The text there is not the one that was read. */
  | "changed"
  /** The field cannot be written to. */
  | "locked"
  /** The field takes no text of that length. */
  | "too-long"
  /** The page holds only a part of what is selected. */
  | "partial"
  /** The new text has other lines than the old, which holds more than words. */
  | "structure"
  /** A link or the like would lose all its words. */
  | "kept"
  /** The page did not take the text. */
  | "refused"
  /** The page changed something else as well, and it was taken back. */
  | "altered"
  /** The page changed something else as well, and it could not be taken back. */
  | "damaged";

const COPY = message("copyYourself");
const LESS = message("selectLess");

/** A replaced text could not be brought back. */
export const NOT_UNDONE = {
  message: message("notUndone"),
  remedy: message("undoThere"),
};

export function explainReplaceError(error: ReplaceError): { message: string; remedy: string } {
  switch (error) {
    case "gone":
      return { message: message("replaceGone"), remedy: COPY };
    case "changed":
      return { message: message("replaceChanged"), remedy: COPY };
    case "locked":
      return { message: message("replaceLocked"), remedy: COPY };
    case "too-long":
      return { message: message("replaceTooLong"), remedy: COPY };
    case "partial":
      return { message: message("replacePartial"), remedy: LESS };
    case "structure":
      return {
        message: message("replaceStructure"),
        remedy: COPY,
      };
    case "kept":
      return { message: message("replaceKept"), remedy: COPY };
    case "refused":
      return { message: message("replaceRefused"), remedy: COPY };
    case "altered":
      return { message: message("replaceAltered"), remedy: COPY };
    case "damaged":
      return {
        message: message("replaceDamaged"),
        remedy: message("undoAndCopy"),
      };
    default:
      return error satisfies never;
  }
}
