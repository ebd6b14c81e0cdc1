// The selection and the focus of a document, or of a shadow tree.

import { document, shadowRoot } from "../page/dom";

/** The element that has the focus, in whatever shadow tree it is. */
export function deepFocus(): Element | null {
  let element = document.activeElement;
  for (let root = element && shadowRoot(element); root?.activeElement; root = shadowRoot(root.activeElement)) {
    element = root.activeElement;
  }
  return element;
}

/** Whether an element, or something in it, has the focus: what is typed goes there. */
export function hasFocus(element: Element): boolean {
  const root = element.getRootNode();
  return element.contains(root instanceof ShadowRoot ? root.activeElement : document.activeElement);
}

/** The selection that a node is part of: a shadow tree has its own. */
export function selected(node: Node): Selection | null {
  const root: Node & { getSelection?: () => Selection | null } = node.getRootNode();
  const isTree = root.nodeType === Node.DOCUMENT_FRAGMENT_NODE;
  return (isTree && root.getSelection?.()) || document.getSelection();
}

export function selectRange(range: Range): void {
  const selection = selected(range.startContainer);
  selection?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

/** Whether nothing but this range is selected. */
export function isSelected(range: Range): boolean {
  const selection = selected(range.startContainer);
  if (!selection || selection.rangeCount === 0) return false;
  const now = selection.getRangeAt(0);
  const same = (how: number): boolean => now.compareBoundaryPoints(how, range) === 0;
  return (
    now.startContainer.getRootNode() === range.startContainer.getRootNode() &&
    same(Range.START_TO_START) &&
    same(Range.END_TO_END)
  );
}

/** The outermost element that is edited as one with this node. */
export function editableHost(node: Node): HTMLElement | undefined {
  let host: HTMLElement | undefined;
  let element = node instanceof HTMLElement ? node : node.parentElement;
  for (; element?.isContentEditable; element = element.parentElement) host = element;
  return host;
}
