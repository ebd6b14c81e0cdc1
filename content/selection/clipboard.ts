// An editor's own copy and paste, by events that never touch the reader's clipboard.

import { partsOf } from "./parts";
import { planEdits } from "./plan";
import { selected } from "./select";

const BUBBLES = { bubbles: true, cancelable: true, composed: true };

/** What an editor would copy of its selection; undefined when it leaves that to the browser. */
export function copyFrom(host: Element): DataTransfer | undefined {
  const data = new DataTransfer();
  return send(host, "copy", data) && data.types.length > 0 ? data : undefined;
}

/** What is selected as it is drawn, without the marks by which an editor would know it as its own. */
export function drawn(host: Element): DataTransfer {
  const data = new DataTransfer();
  const holder = document.createElement("div");
  const selection = selected(host);
  if (selection?.rangeCount) holder.append(selection.getRangeAt(0).cloneContents());
  for (const element of holder.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) if (name.startsWith("data-")) element.removeAttribute(name);
  }
  data.setData("text/html", holder.innerHTML);
  return data;
}

/** Whether an editor took what was pasted: of the browser's two events, each listens to its own. */
export function pasteInto(host: Element, dataTransfer: DataTransfer): boolean {
  if (send(host, "paste", dataTransfer)) return true;
  const init: InputEventInit = { inputType: "insertFromPaste", dataTransfer, ...BUBBLES };
  return !host.dispatchEvent(new InputEvent("beforeinput", init));
}

export function plainText(text: string): DataTransfer {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  return data;
}

function send(host: Element, type: string, clipboardData: DataTransfer): boolean {
  return !host.dispatchEvent(new ClipboardEvent(type, { clipboardData, ...BUBBLES }));
}

/**
 * What was copied with `text` in place of the old one, in every format that could be changed;
 * undefined when the text alone could.
 */
export function reworded(copied: DataTransfer, old: string, text: string): DataTransfer | undefined {
  const data = plainText(text);
  for (const type of copied.types) {
    if (type === "text/plain") continue;
    const now = rewordedFormat(copied.getData(type), old, text);
    if (now !== undefined) data.setData(type, now);
  }
  return data.types.length > 1 ? data : undefined;
}

function rewordedFormat(content: string, old: string, text: string): string | undefined {
  if (content.startsWith("{") || content.startsWith("[")) return rewordedJson(content, old, text);
  if (content.includes("<")) return rewordedHtml(content, old, text);
  try {
    const json = rewordedJson(decodeURIComponent(atob(content)), old, text);
    return json === undefined ? undefined : btoa(encodeURIComponent(json));
  } catch {
    return undefined;
  }
}

function rewordedHtml(content: string, old: string, text: string): string | undefined {
  // Parsed so, nothing in it runs or is fetched.
  const { body } = new DOMParser().parseFromString(content, "text/html");
  return reword(body, old, text) ? body.innerHTML : undefined;
}

/** A document in JSON: its words are what its `text` properties hold. */
function rewordedJson(content: string, old: string, text: string): string | undefined {
  const root = new DocumentFragment();
  const leaves: { holder: Record<string, unknown>; node: Text }[] = [];
  const document: unknown = JSON.parse(content);
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const holder = value as Record<string, unknown>;
    const { text: words } = holder as { text?: unknown };
    if (typeof words === "string") {
      const node = new Text(words);
      root.append(node);
      leaves.push({ holder, node });
    }
    for (const child of Object.values(value)) visit(child);
  };
  visit(document);
  if (!reword(root, old, text)) return undefined;
  for (const { holder, node } of leaves) holder["text"] = node.data;
  return JSON.stringify(document);
}

function reword(root: Node, old: string, text: string): boolean {
  const range = root.ownerDocument?.createRange() ?? document.createRange();
  range.selectNodeContents(root);
  const parts = partsOf(range, old);
  const edits = parts && planEdits(parts, old, text);
  if (!edits || typeof edits === "string") return false;
  for (const { node, start, end, text: words } of edits) {
    node.data = node.data.slice(0, start) + words + node.data.slice(end);
  }
  return true;
}
