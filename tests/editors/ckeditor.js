import { Bold } from "@ckeditor/ckeditor5-basic-styles";
import { ClassicEditor } from "@ckeditor/ckeditor5-editor-classic";
import { Essentials } from "@ckeditor/ckeditor5-essentials";
import { Link } from "@ckeditor/ckeditor5-link";
import { List } from "@ckeditor/ckeditor5-list";
import { Paragraph } from "@ckeditor/ckeditor5-paragraph";
import { blocksOf, element, HTML, LISBON } from "./letter.js";

export async function mount() {
  const host = element();
  host.innerHTML = HTML;
  const plugins = [Essentials, Paragraph, Bold, List, Link];
  const editor = await ClassicEditor.create(host, { licenseKey: "GPL", plugins, toolbar: ["undo", "redo"] });
  const insert = (block, offset, text) =>
    editor.model.change((writer) => writer.insertText(text, editor.model.document.getRoot().getChild(block), offset));
  // It numbers list items anew whenever they are made.
  const html = () => editor.getData().replaceAll("&nbsp;", " ").replaceAll(/ data-list-item-id="\w+"/g, "");
  return {
    root: () => editor.editing.view.getDomRoot(),
    model: html,
    blocks: () => blocksOf(html()),
    before: () => insert(0, 0, "NEW "),
    inside: () => insert(1, LISBON.indexOf("many"), "very "),
    remove: () => editor.destroy(),
  };
}
