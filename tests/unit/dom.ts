// As much of a document as changes to a page's text need. Nodes have no other content than texts
// and elements.

export class FakeNode {
  parentNode: FakeElement | null = null;

  get isConnected(): boolean {
    return this.parentNode?.isConnected ?? false;
  }

  get nextSibling(): FakeNode | null {
    return this.#sibling(1);
  }

  get previousSibling(): FakeNode | null {
    return this.#sibling(-1);
  }

  remove(): void {
    this.parentNode?.removeChild(this);
  }

  #sibling(step: number): FakeNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + step] ?? null;
  }
}

export class FakeText extends FakeNode {
  data: string;

  constructor(data: string) {
    super();
    this.data = data;
  }
}

/** `display: none` as a style, or nothing. */
class FakeStyle {
  isHidden = false;

  setProperty(_: string, value: string): void {
    this.isHidden = value === "none";
  }

  getPropertyValue(): string {
    return "";
  }

  getPropertyPriority(): string {
    return "";
  }
}

export class FakeElement extends FakeNode {
  readonly name: string;
  readonly style = new FakeStyle();
  readonly childNodes: FakeNode[] = [];
  readonly #isRoot: boolean;

  constructor(name: string, children: FakeNode[], isRoot = false) {
    super();
    this.name = name;
    this.#isRoot = isRoot;
    for (const child of children) this.insertBefore(child, null);
  }

  get textContent(): string {
    return this.childNodes.map((node) => (node instanceof FakeText ? node.data : "")).join("");
  }

  getAttribute(): string | null {
    return this.style.isHidden ? "display: none" : null;
  }

  removeAttribute(): void {
    this.style.isHidden = false;
  }

  override get isConnected(): boolean {
    return this.#isRoot || super.isConnected;
  }

  insertBefore(node: FakeNode, next: FakeNode | null): void {
    node.remove();
    const at = next ? this.childNodes.indexOf(next) : this.childNodes.length;
    this.childNodes.splice(at, 0, node);
    node.parentNode = this;
  }

  removeChild(node: FakeNode): void {
    this.childNodes.splice(this.childNodes.indexOf(node), 1);
    node.parentNode = null;
  }
}

/** The markup of a node's content, without attributes. */
export function html(node: FakeNode): string {
  if (node instanceof FakeText) return node.data;
  if (!(node instanceof FakeElement)) return "";
  const inside = node.childNodes.map(html).join("");
  return node.name === "" ? inside : `<${node.name}${node.style.isHidden ? " hidden" : ""}>${inside}</${node.name}>`;
}
