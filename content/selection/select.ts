// The selection of a document, or of a shadow tree.

import { document } from "../page/dom";

/** The selection that a node is part of: a shadow tree has its own. */
export function selected(node: Node): Selection | null {
  const root: Node & { getSelection?: () => Selection | null } = node.getRootNode();
  return root.getSelection?.() ?? document.getSelection();
}

export function selectRange(range: Range): void {
  const selection = selected(range.startContainer);
  selection?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

/** The outermost element that is edited as one with this node. */
export function editableHost(node: Node): HTMLElement | undefined {
  let host: HTMLElement | undefined;
  let element = node instanceof HTMLElement ? node : node.parentElement;
  for (; element?.isContentEditable; element = element.parentElement) host = element;
  return host;
}
