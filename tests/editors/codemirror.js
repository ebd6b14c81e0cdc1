import { basicSetup, EditorView } from "codemirror";
import { BLOCKS, element, GREETING, LISBON } from "./letter.js";

export function mount(lines = BLOCKS) {
  const extensions = [basicSetup, EditorView.lineWrapping, EditorView.theme({ "&": { maxHeight: "400px" } })];
  const view = new EditorView({ doc: lines.join("\n"), extensions, parent: element() });
  const insert = (from, text) => view.dispatch({ changes: { from, insert: text } });
  return {
    root: () => view.contentDOM,
    model: () => view.state.doc.toString(),
    blocks: () => view.state.doc.toString().split("\n"),
    before: () => insert(0, "NEW "),
    inside: () => insert(GREETING.length + 1 + LISBON.indexOf("many"), "very "),
    remove: () => view.destroy(),
  };
}
