import { exampleSetup } from "prosemirror-example-setup";
import { DOMParser, Schema } from "@tiptap/pm/model";
import { schema as basic } from "prosemirror-schema-basic";
import { addListNodes } from "@tiptap/pm/schema-list";
import { EditorState } from "@tiptap/pm/state";
import { EditorView } from "@tiptap/pm/view";
import { element, HTML, LISBON } from "./letter.js";

export function mount() {
  const nodes = addListNodes(basic.spec.nodes, "paragraph block*", "block");
  const schema = new Schema({ nodes, marks: basic.spec.marks });
  const content = document.createElement("div");
  content.innerHTML = HTML;
  const doc = DOMParser.fromSchema(schema).parse(content);
  const state = EditorState.create({ doc, plugins: exampleSetup({ schema, menuBar: false }) });
  const view = new EditorView(element(), { state });
  return {
    root: () => view.dom,
    model: () => JSON.stringify(view.state.doc.toJSON()),
    blocks: () => {
      const blocks = [];
      view.state.doc.descendants((node) => void (node.isTextblock && blocks.push(node.textContent)));
      return blocks;
    },
    before: () => view.dispatch(view.state.tr.insertText("NEW ", 1)),
    inside: () => {
      const start = view.state.doc.firstChild.nodeSize + 1;
      view.dispatch(view.state.tr.insertText("very ", start + LISBON.indexOf("many")));
    },
    remove: () => view.destroy(),
  };
}
