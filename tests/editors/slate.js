import { createElement as h } from "react";
import { createRoot } from "react-dom/client";
import { createEditor, Editor, Element, Node, Transforms } from "slate";
import { withHistory } from "slate-history";
import { Editable, Slate, withReact } from "slate-react";
import { element, GREETING, LISBON, LIST, PACKAGE, REGARDS, stable } from "./letter.js";

const [start, bold, end] = PACKAGE;
const paragraph = (...children) => ({ type: "p", children });
const CONTENT = [
  paragraph({ text: GREETING }),
  paragraph({ text: LISBON }),
  paragraph({ text: start }, { text: bold, bold: true }, { text: end }),
  { type: "ul", children: LIST.map((text) => ({ type: "li", children: [{ text }] })) },
  paragraph({ text: REGARDS }),
];

export function mount() {
  const editor = withHistory(withReact(createEditor()));
  const renderElement = ({ attributes, children, element: { type } }) => h(type, attributes, children);
  const renderLeaf = ({ attributes, children, leaf }) =>
    h("span", attributes, leaf.bold ? h("strong", null, children) : children);
  const root = createRoot(element());
  root.render(
    h(
      Slate,
      { editor, initialValue: structuredClone(CONTENT) },
      h(Editable, { renderElement, renderLeaf, className: "slate" }),
    ),
  );
  return {
    root: () => document.querySelector("[data-slate-editor]"),
    model: () => stable(editor.children),
    blocks: () => {
      const match = (node) => Element.isElement(node) && Editor.hasInlines(editor, node);
      return [...Editor.nodes(editor, { at: [], match })].map(([node]) => Node.string(node));
    },
    before: () => Transforms.insertText(editor, "NEW ", { at: { path: [0, 0], offset: 0 } }),
    inside: () => Transforms.insertText(editor, "very ", { at: { path: [1, 0], offset: LISBON.indexOf("many") } }),
    remove: () => root.unmount(),
  };
}
