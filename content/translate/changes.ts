// Changes to a page that can be taken back. What the page itself has changed since is left to it.

type Undo = () => void;

export class Changes {
  readonly #undo: Undo[] = [];
  /** What was put into the page. */
  readonly inserted: (Text | Element)[] = [];

  setText(node: Text, text: string): void {
    const before = node.data;
    if (before === text) return;
    node.data = text;
    this.#undo.push(() => {
      if (node.data === text) node.data = before;
    });
  }

  /** Whether that is a change at all. */
  setAttribute(element: Element, name: string, value: string): boolean {
    const before = element.getAttribute(name);
    if (before === value) return false;
    element.setAttribute(name, value);
    this.#undo.push(() => {
      if (element.getAttribute(name) === value) putAttribute(element, name, before);
    });
    return true;
  }

  insert(node: Text | Element, parent: Node, next: Node | null): void {
    parent.insertBefore(node, next);
    this.inserted.push(node);
    this.#undo.push(() => {
      if (node.parentNode === parent) parent.removeChild(node);
    });
  }

  /** Moves a node within its parent: frameworks that remove it there find it. */
  move(node: ChildNode, next: Node | null): void {
    const { parentNode: parent, nextSibling: before } = node;
    if (!parent || before === next) return;
    parent.insertBefore(node, next);
    this.#undo.push(() => {
      if (node.parentNode !== parent) return;
      if (before === null || before.parentNode === parent) parent.insertBefore(node, before);
    });
  }

  /** Takes an element out of sight; it stays in its place, where the page looks for it. */
  hide(element: Element): void {
    const { style } = element as HTMLElement;
    const before = element.getAttribute("style");
    const display = [style.getPropertyValue("display"), style.getPropertyPriority("display")] as const;
    style.setProperty("display", "none", "important");
    const written = element.getAttribute("style");
    this.#undo.push(() => {
      if (element.getAttribute("style") === written) putAttribute(element, "style", before);
      else style.setProperty("display", ...display);
    });
  }

  /** Takes everything back, the last change first. */
  revert(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
    this.inserted.length = 0;
  }
}

function putAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
