import { createApp, h, ref } from "vue/dist/vue.runtime.esm-bundler.js";
import { fieldEditor, VALUE } from "./field.js";
import { element } from "./letter.js";

/** A field whose value is Vue's. */
export function mount() {
  const value = ref(VALUE);
  const onInput = (event) => void (value.value = event.target.value);
  const app = createApp(() => h("textarea", { value: value.value, onInput }));
  const host = element();
  app.mount(host);
  return fieldEditor(
    host.querySelector("textarea"),
    () => value.value,
    () => app.unmount(),
  );
}
