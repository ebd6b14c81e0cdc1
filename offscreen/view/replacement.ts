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
  /** The page did not take the text. */
  | "refused";

const COPY = "Copy the text and put it in yourself.";

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
    case "refused":
      return { message: "The page did not accept the new text.", remedy: COPY };
    default:
      return error satisfies never;
  }
}
