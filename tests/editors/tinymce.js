import tinymce from "tinymce/tinymce";
import "tinymce/models/dom";
import "tinymce/themes/silver";
import "tinymce/icons/default";
import "tinymce/plugins/lists";
import "tinymce/skins/ui/oxide/skin.js";
import "tinymce/skins/ui/oxide/content.js";
import "tinymce/skins/content/default/content.js";
import { blocksOf, element, HTML } from "./letter.js";

const OPTIONS = {
  license_key: "gpl",
  skin: "oxide",
  content_css: "default",
  plugins: "lists",
  promotion: false,
  height: 500,
  entity_encoding: "raw",
};

export async function tiny(inline) {
  const target = element(inline ? "div" : "textarea");
  target.innerHTML = HTML;
  const [editor] = await tinymce.init({ ...OPTIONS, target, inline });
  const content = () => editor.getContent().replaceAll("\u00a0", " ");
  const insert = (block, word, text) =>
    editor.undoManager.transact(() => {
      const { firstChild } = editor.getBody().querySelectorAll("p")[block];
      firstChild.insertData(firstChild.data.indexOf(word), text);
    });
  return {
    root: () => editor.getBody(),
    model: content,
    blocks: () => blocksOf(content()),
    before: () => insert(0, "Dear", "NEW "),
    inside: () => insert(1, "many", "very "),
    remove: () => {
      editor.remove();
      target.remove();
    },
  };
}
