import { convertFromRaw, convertToRaw, Editor, EditorState, Modifier, RichUtils, SelectionState } from "draft-js";
import { Component, createElement as h } from "react";
import { createRoot } from "react-dom/client";
import { BLOCKS, element, LISBON, PACKAGE } from "./letter.js";

const [start, bold] = PACKAGE;
const CONTENT = {
  entityMap: {},
  blocks: BLOCKS.map((text, i) => ({
    key: `k${i}`,
    text,
    type: i === 3 || i === 4 ? "unordered-list-item" : "unstyled",
    depth: 0,
    entityRanges: [],
    inlineStyleRanges: i === 2 ? [{ offset: start.length, length: bold.length, style: "BOLD" }] : [],
    data: {},
  })),
};

export function mount() {
  let app;
  class App extends Component {
    state = { editor: EditorState.createWithContent(convertFromRaw(CONTENT)) };

    render() {
      app = this;
      const onChange = (editor) => this.setState({ editor });
      const handleKeyCommand = (command, editor) => {
        const next = RichUtils.handleKeyCommand(editor, command);
        if (next) onChange(next);
        return next ? "handled" : "not-handled";
      };
      return h(Editor, { editorState: this.state.editor, onChange, handleKeyCommand });
    }
  }
  const root = createRoot(element());
  root.render(h(App));
  const insert = (key, offset, text) => {
    const content = app.state.editor.getCurrentContent();
    const at = SelectionState.createEmpty(key).merge({ anchorOffset: offset, focusOffset: offset });
    const changed = Modifier.insertText(content, at, text);
    app.setState({ editor: EditorState.push(app.state.editor, changed, "insert-characters") });
  };
  return {
    root: () => document.querySelector(".public-DraftEditor-content"),
    // An undone block may have another key.
    model: () =>
      JSON.stringify(
        convertToRaw(app.state.editor.getCurrentContent()).blocks.map(({ key, ...block }) => block),
      ),
    blocks: () =>
      app.state.editor
        .getCurrentContent()
        .getBlocksAsArray()
        .map((block) => block.getText()),
    before: () => insert("k0", 0, "NEW "),
    inside: () => insert("k1", LISBON.indexOf("many"), "very "),
    remove: () => root.unmount(),
  };
}
