// Small helpers over elements.

/** Sets a text if it differs: an untouched node keeps the reader's selection. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className = "",
  text = "",
): HTMLElementTagNameMap[K] {
  // An element of a page may go by the name of `createElement`.
  const element = Document.prototype.createElement.call(document, name) as HTMLElementTagNameMap[K];
  element.className = className;
  element.textContent = text;
  return element;
}
