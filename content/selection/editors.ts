// Editors that keep a document of their own, and how each takes a text. What they draw is only a
// picture of it: they hear of a change as keys or the clipboard would bring it, or not at all.

/**
 * How an editor is given new words:
 * - `type`: as if typed, stretch by stretch;
 * - `insert`: pasted as plain text, stretch by stretch;
 * - `paste`: pasted as plain text, as a whole;
 * - `clipboard`: copied from the editor, changed, and pasted again as a whole, in its own format;
 * - `html`: pasted as a whole, as it is drawn: the editor leaves copying to the browser.
 */
export type Way = "type" | "insert" | "paste" | "clipboard" | "html";

export interface Editor {
  /** How it takes new words: what comes first takes the fewest steps to undo. */
  ways: Way[];
  /** How it takes a text with other lines. */
  lines: "type" | "paste";
  /** Whether a blank line is what parts its paragraphs in plain text. */
  spaced: boolean;
  /** Whether it draws only what is on view. */
  virtual: boolean;
}

/** An element that is edited without an editor: the browser does it. */
const PLAIN: Editor = { ways: ["type"], lines: "type", spaced: false, virtual: false };

const RICH: Editor = { ways: ["clipboard", "insert"], lines: "paste", spaced: false, virtual: false };

const EDITORS: [selector: string, editor: Editor][] = [
  [".ProseMirror", RICH],
  ["[data-lexical-editor]", RICH],
  ["[data-slate-editor]", RICH],
  [".ck-editor__editable", { ...RICH, spaced: true }],
  [".mce-content-body", { ...RICH, spaced: true }],
  [".public-DraftEditor-content", { ...RICH, ways: ["html", "insert"] }],
  [".ql-editor", PLAIN],
  ["trix-editor", PLAIN],
  [".cm-content", { ...RICH, ways: ["paste"], virtual: true }],
];

/** The editor that an editable element belongs to; undefined when it has none that is known. */
export function knownEditor(host: Element): Editor | undefined {
  return EDITORS.find(([selector]) => host.matches(selector))?.[1];
}

export function editorOf(host: Element): Editor {
  return knownEditor(host) ?? PLAIN;
}
