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

export class FakeElement extends FakeNode {
  readonly name: string;
  readonly childNodes: FakeNode[] = [];
  readonly #isRoot: boolean;

  constructor(name: string, children: FakeNode[], isRoot = false) {
    super();
    this.name = name;
    this.#isRoot = isRoot;
    for (const child of children) this.insertBefore(child, null);
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
  return node.name === "" ? inside : `<${node.name}>${inside}</${node.name}>`;
}
