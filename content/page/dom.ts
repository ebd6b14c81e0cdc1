// The DOM past a page's names. The fields of a form and the named elements of a document hide its
// own properties of the same name (`<input name="children">`, `<img name="body">`), in Sotto's
// world as in the page's. What is asked through the prototypes always answers.

function getter<N, T>(prototype: object, name: string): (node: N) => T {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  return (node) => get?.call(node) as T;
}

export const nodeType = getter<Node, number>(Node.prototype, "nodeType");
export const nodeValue = getter<Node, string | null>(Node.prototype, "nodeValue");
export const textContent = getter<Node, string | null>(Node.prototype, "textContent");
export const childNodes = getter<Node, NodeListOf<ChildNode>>(Node.prototype, "childNodes");
export const firstChild = getter<Node, ChildNode | null>(Node.prototype, "firstChild");
export const nextSibling = getter<Node, ChildNode | null>(Node.prototype, "nextSibling");
export const previousSibling = getter<Node, ChildNode | null>(Node.prototype, "previousSibling");
export const parentElement = getter<Node, Element | null>(Node.prototype, "parentElement");
export const nextElement = getter<Element, Element | null>(Element.prototype, "nextElementSibling");
export const previousElement = getter<Element, Element | null>(Element.prototype, "previousElementSibling");
export const isConnected = getter<Node, boolean>(Node.prototype, "isConnected");
export const localName = getter<Element, string>(Element.prototype, "localName");
export const children = getter<Element, HTMLCollection>(Element.prototype, "children");
export const ownerDocument = getter<Node, Document | null>(Node.prototype, "ownerDocument");
const iframeDocument = getter<Element, Document | null>(HTMLIFrameElement.prototype, "contentDocument");
const framesetDocument = getter<Element, Document | null>(HTMLFrameElement.prototype, "contentDocument");
const openShadowRoot = getter<Element, ShadowRoot | null>(Element.prototype, "shadowRoot");
const innerText = getter<Element, string>(HTMLElement.prototype, "innerText");
const editable = getter<Element, boolean>(HTMLElement.prototype, "isContentEditable");

/** Nodes of a frame's document are of other classes than those of this one. */
export function isElement(node: Node): node is Element {
  return nodeType(node) === Node.ELEMENT_NODE;
}

export function isText(node: Node): node is Text {
  return nodeType(node) === Node.TEXT_NODE;
}

/** Whether an element is a frame, whatever is in it. */
export function isFrame(element: Element): boolean {
  return localName(element) === "iframe" || localName(element) === "frame";
}

/** The document in a frame, where the browser lets it be read. */
export function frameDocument(frame: Element): Document | undefined {
  return (localName(frame) === "frame" ? framesetDocument(frame) : iframeDocument(frame)) ?? undefined;
}

export function attribute(element: Element, name: string): string | null {
  return Element.prototype.getAttribute.call(element, name);
}

export function box(element: Element): DOMRect {
  return Element.prototype.getBoundingClientRect.call(element);
}

/** Whether the reader writes in it. */
export function isEditable(element: Element): boolean {
  return "isContentEditable" in element && editable(element);
}

/** The text in an element that has boxes on the page. */
export function laidOutText(element: Element): string {
  return "isContentEditable" in element ? innerText(element) : "";
}

/** Elements that can have a shadow tree, besides those that a page has named: to ask the others takes time. */
const HOSTS = new Set(
  "article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span".split(" "),
);

/** An element's shadow tree, a closed one too where the browser shows it to extensions. */
export function shadowRoot(element: Element): ShadowRoot | null {
  const open = openShadowRoot(element);
  if (open || !("isContentEditable" in element)) return open;
  const name = localName(element);
  if (!HOSTS.has(name) && !name.includes("-")) return null;
  return globalThis.chrome?.dom?.openOrClosedShadowRoot(element as HTMLElement) ?? null;
}

/** A document's own properties. */
export function past(page: Document): Document {
  return new Proxy(page, {
    get(target, name) {
      const value: unknown = Reflect.get(Document.prototype, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

const thisDocument = past(globalThis.document);

export { thisDocument as document };

/**
 * What a script has left in this world under a name. An element of the page with that `id` would
 * answer to it too.
 */
export function own<K extends keyof typeof globalThis>(name: K): (typeof globalThis)[K] | undefined {
  return Object.hasOwn(globalThis, name) ? globalThis[name] : undefined;
}
