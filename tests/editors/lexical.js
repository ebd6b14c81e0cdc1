import { createEmptyHistoryState, registerHistory } from "@lexical/history";
import { $createListItemNode, $createListNode, ListItemNode, ListNode, registerList } from "@lexical/list";
import { HeadingNode, QuoteNode, registerRichText } from "@lexical/rich-text";
import { $createParagraphNode, $createTextNode, $getRoot, $isElementNode, createEditor } from "lexical";
import { element, GREETING, LISBON, LIST, PACKAGE, REGARDS } from "./letter.js";

export function mount() {
  const root = element();
  root.contentEditable = "true";
  const nodes = [HeadingNode, QuoteNode, ListNode, ListItemNode];
  const editor = createEditor({
    namespace: "letter",
    nodes,
    onError: (error) => {
      throw error;
    },
  });
  editor.setRootElement(root);
  registerRichText(editor);
  registerHistory(editor, createEmptyHistoryState(), 300);
  registerList(editor);
  editor.update(fill, { discrete: true, tag: "history-merge" });
  const edit = (from, to) =>
    editor.update(
      () => {
        const node = $getRoot()
          .getAllTextNodes()
          .find((text) => text.getTextContent().includes(from));
        node.setTextContent(node.getTextContent().replace(from, to));
      },
      { discrete: true },
    );
  return {
    root: () => root,
    model: () => JSON.stringify(editor.getEditorState().toJSON().root),
    blocks: () => editor.getEditorState().read(() => $getRoot().getChildren().flatMap(blocks)),
    before: () => edit(GREETING, `NEW ${GREETING}`),
    inside: () => edit("many", "very many"),
    remove: () => {
      editor.setRootElement(null);
      root.remove();
    },
  };
}

function fill() {
  const paragraph = (...texts) => {
    const node = $createParagraphNode();
    node.append(...texts);
    return node;
  };
  const [start, bold, end] = PACKAGE.map((text) => $createTextNode(text));
  bold.toggleFormat("bold");
  const list = $createListNode("bullet");
  for (const text of LIST) list.append($createListItemNode().append($createTextNode(text)));
  $getRoot()
    .clear()
    .append(
      paragraph($createTextNode(GREETING)),
      paragraph($createTextNode(LISBON)),
      paragraph(start, bold, end),
      list,
      paragraph($createTextNode(REGARDS)),
    );
}

function blocks(node) {
  const children = node.getChildren();
  return children.some($isElementNode) ? children.flatMap(blocks) : [node.getTextContent()];
}
