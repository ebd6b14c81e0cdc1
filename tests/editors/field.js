import { BLOCKS, LISBON } from "./letter.js";

/** A field as an editor: each line is a block. */
export function fieldEditor(root, value = () => root.value, remove = () => root.remove()) {
  const insert = (text, at) => {
    root.setRangeText(text, at, at);
    root.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };
  return {
    root: () => root,
    model: value,
    blocks: () => value().split(/[\n|]/),
    before: () => insert("NEW ", 0),
    inside: () => insert("very ", root.value.indexOf("many", root.value.indexOf(LISBON))),
    remove,
  };
}

export const VALUE = BLOCKS.join("\n");
export const ONE_LINE = BLOCKS.join("|");
