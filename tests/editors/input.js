import { fieldEditor, ONE_LINE } from "./field.js";
import { element } from "./letter.js";

export function mount() {
  const root = element("input");
  root.value = ONE_LINE;
  return fieldEditor(root);
}
