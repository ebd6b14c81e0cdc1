import { createElement as h, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { fieldEditor, VALUE } from "./field.js";
import { element } from "./letter.js";

/** A field whose value is React's: what React does not hear of, it puts back. */
export function mount() {
  let value = VALUE;
  const Field = () => {
    const [text, set] = useState(value);
    value = text;
    return h("textarea", { value: text, onChange: (event) => set(event.target.value) });
  };
  const host = element();
  const root = createRoot(host);
  flushSync(() => root.render(h(Field)));
  return fieldEditor(
    host.querySelector("textarea"),
    () => value,
    () => root.unmount(),
  );
}
