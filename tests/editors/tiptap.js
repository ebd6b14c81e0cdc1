import { Editor } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import { element, GREETING, HTML, LISBON } from "./letter.js";

export function mount() {
  const editor = new Editor({ element: element(), extensions: [StarterKit], content: HTML });
  return {
    root: () => editor.view.dom,
    model: () => JSON.stringify(editor.getJSON()),
    blocks: () => {
      const blocks = [];
      editor.state.doc.descendants((node) => void (node.isTextblock && blocks.push(node.textContent)));
      return blocks;
    },
    before: () => editor.commands.insertContentAt(1, "NEW "),
    inside: () => editor.commands.insertContentAt(GREETING.length + 3 + LISBON.indexOf("many"), "very "),
    remove: () => editor.destroy(),
  };
}
