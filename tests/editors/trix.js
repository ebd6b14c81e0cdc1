import Trix from "trix";
import { element, GREETING, HTML, LISBON } from "./letter.js";

// What is typed within this time is one step to undo.
Trix.config.undo.interval = 1;

export async function mount() {
  const host = element();
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", id: "letter" });
  input.value = HTML.replaceAll("<p>", "<div>").replaceAll("</p>", "</div>");
  const root = document.createElement("trix-editor");
  root.setAttribute("input", input.id);
  const ready = new Promise((done) => root.addEventListener("trix-initialize", done, { once: true }));
  host.append(input, root);
  await ready;
  const { editor } = root;
  const insert = (at, text) => {
    editor.setSelectedRange(at);
    editor.insertString(text);
  };
  return {
    root: () => root,
    model: () => JSON.stringify(editor.getDocument()).replaceAll("\\u00a0", " "),
    blocks: () => editor.getDocument().toString().replace(/\n$/, "").split("\n"),
    before: () => insert(0, "NEW "),
    inside: () => insert(GREETING.length + 1 + LISBON.indexOf("many"), "very "),
    remove: () => host.remove(),
  };
}
