import EditorJS from "@editorjs/editorjs";
import { element, GREETING, LISBON, LIST, PACKAGE, REGARDS } from "./letter.js";

const [start, bold, end] = PACKAGE;
/** Its lists are an add-on: here they are paragraphs. */
const TEXTS = [GREETING, LISBON, `${start}<b>${bold}</b>${end}`, ...LIST, REGARDS];

export async function mount() {
  const host = element();
  const blocks = TEXTS.map((text) => ({ type: "paragraph", data: { text } }));
  const editor = new EditorJS({ holder: host, data: { blocks }, minHeight: 0 });
  await editor.isReady;
  const paragraphs = () => [...host.querySelectorAll(".ce-paragraph")];
  return {
    root: () => host.querySelector(".codex-editor__redactor"),
    // What it would save; its own answer comes later.
    model: () => JSON.stringify(paragraphs().map(({ innerHTML }) => innerHTML.replaceAll("&nbsp;", " "))),
    blocks: () => paragraphs().map(({ textContent }) => textContent),
    before: () => paragraphs()[0].firstChild.insertData(0, "NEW "),
    inside: () => paragraphs()[1].firstChild.insertData(LISBON.indexOf("many"), "very "),
    remove: () => {
      // Destroyed while whole blocks are selected, it would go on to take the document's selections away.
      editor.caret.setToBlock(0);
      editor.destroy();
      host.remove();
    },
  };
}
