// Why a text could not be put in the place of a selection, in words.

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

const COPY = "Copy the text and put it in yourself.";
const LESS = "Select less text, or copy the new one and put it in yourself.";

/** A replaced text could not be brought back. */
export const NOT_UNDONE = {
  message: "The page has changed since, so the old text was not brought back.",
  remedy: "Undo it there, step by step.",
};

export function explainReplaceError(error: ReplaceError): { message: string; remedy: string } {
  switch (error) {
    case "gone":
      return { message: "The text that was selected is no longer on the page.", remedy: COPY };
    case "changed":
      return { message: "The text has changed since it was read, so it was left as it is.", remedy: COPY };
    case "locked":
      return { message: "This text cannot be edited.", remedy: COPY };
    case "too-long":
      return { message: "The new text is longer than this field allows.", remedy: COPY };
    case "partial":
      return { message: "Only a part of what is selected is on the page, so it was left as it is.", remedy: LESS };
    case "structure":
      return {
        message: "Formatting, links or pictures in this text would be lost, so it was left as it is.",
        remedy: COPY,
      };
    case "kept":
      return { message: "A link or a mention in this text would be lost, so it was left as it is.", remedy: COPY };
    case "refused":
      return { message: "The page did not accept the new text.", remedy: COPY };
    case "altered":
      return { message: "The page would have changed other text as well, so it was taken back.", remedy: COPY };
    case "damaged":
      return {
        message: "The page changed other text as well, and did not take it back.",
        remedy: "Undo it there, then copy the text and put it in yourself.",
      };
    default:
      return error satisfies never;
  }
}
