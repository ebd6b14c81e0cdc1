// Changes to a page that can be taken back. What the page itself has changed since is left to it.

type Undo = () => void;

export class Changes {
  readonly #undo: Undo[] = [];

  setText(node: Text, text: string): void {
    const before = node.data;
    if (before === text) return;
    node.data = text;
    this.#undo.push(() => {
      if (node.data === text) node.data = before;
    });
  }

  setAttribute(element: Element, name: string, value: string): void {
    const before = element.getAttribute(name);
    if (before === value) return;
    element.setAttribute(name, value);
    this.#undo.push(() => {
      if (element.getAttribute(name) !== value) return;
      if (before === null) element.removeAttribute(name);
      else element.setAttribute(name, before);
    });
  }

  insert(node: Node, parent: Node, next: Node | null): void {
    parent.insertBefore(node, next);
    this.#undo.push(() => {
      if (node.parentNode === parent) parent.removeChild(node);
    });
  }

  remove(node: ChildNode): void {
    const { parentNode: parent, nextSibling: next } = node;
    if (!parent) return;
    node.remove();
    this.#undo.push(() => {
      if (node.parentNode || !parent.isConnected) return;
      parent.insertBefore(node, next?.parentNode === parent ? next : null);
    });
  }

  /** Takes everything back, the last change first. */
  revert(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }
}
