import { fieldEditor, VALUE } from "./field.js";
import { element } from "./letter.js";

export function mount() {
  const root = element("textarea");
  root.value = VALUE;
  return fieldEditor(root);
}
