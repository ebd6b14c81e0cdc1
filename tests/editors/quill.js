import Quill from "quill";
import { element, GREETING, HTML, LISBON } from "./letter.js";

export function mount() {
  const host = element();
  host.innerHTML = HTML;
  // What is typed within this time is one step to undo.
  const quill = new Quill(host, { modules: { toolbar: false, history: { delay: 100 } } });
  quill.history.clear();
  return {
    root: () => quill.root,
    model: () => JSON.stringify(quill.getContents()),
    blocks: () => quill.getText().replace(/\n$/, "").split("\n"),
    before: () => quill.insertText(0, "NEW "),
    inside: () => quill.insertText(GREETING.length + 1 + LISBON.indexOf("many"), "very "),
    remove: () => host.remove(),
  };
}
