// Finds a page's text: runs of text and inline elements that make up a paragraph, a heading, an
// item, a cell.

import { TextBlock } from "./block";
import { kind } from "./kind";

/**
 * Collects the blocks under `root` in document order, up to a number; open shadow trees included.
 * Tells how many characters were beyond that.
 */
export function collect(root: Element, to: string, limit: number): { blocks: TextBlock[]; cut: number } {
  const blocks: TextBlock[] = [];
  let cut = 0;
  let length: number | undefined;
  const pageText = (): number => (length ??= root.textContent?.length ?? 0);

  /** Adds what a run of nodes, in which text and inline elements alternate, consists of. */
  const addRun = (run: Node[]): void => {
    const worded = run.filter((node) => node.textContent?.trim());
    const parts = worded.filter((node): node is Element => node instanceof Element);
    if (parts.length === worded.length && (parts.length === 1 || parts.every(standsAlone))) {
      // One element that holds all the text, or a row of them: each is a container of its own.
      for (const part of parts) if (kind(part, pageText) === "inline") walk(part);
      return;
    }
    const block = TextBlock.of(run, (element) => kind(element, pageText));
    if (!block || readAlready(block.container, to)) return;
    if (blocks.length < limit) blocks.push(block);
    else cut += block.spans.reduce((sum, { text }) => sum + text.length, 0);
  };

  const walk = (container: Element): void => {
    let run: Node[] = [];
    const isVisible = getComputedStyle(container).visibility === "visible";
    const flush = (): void => {
      if (run.some((node) => node.textContent?.trim())) addRun(run);
      run = [];
    };
    for (const node of children(container)) {
      if (node instanceof Text) {
        if (isVisible) run.push(node);
        continue;
      }
      if (!(node instanceof Element)) continue;
      const what = kind(node, pageText);
      if (what === "inline" || what === "verbatim") {
        run.push(node);
      } else if (what !== "nothing") {
        flush();
        if (what === "block") walk(node);
      }
    }
    flush();
  };
  walk(root);
  return { blocks, cut };
}

/** What is laid out inside an element: its shadow tree, or what is put into a slot. */
function children(element: Element): Node[] {
  const assigned = element instanceof HTMLSlotElement ? element.assignedNodes() : [];
  return assigned.length > 0 ? assigned : [...(element.shadowRoot ?? element).childNodes];
}

/** A link or a small box in a row of such: no part of a sentence. */
function standsAlone(element: Element): boolean {
  return element.localName === "a" || getComputedStyle(element).display !== "inline";
}

/**
 * Whether a part of the page is said to be in the language that is wanted, unlike the page itself.
 */
function readAlready(container: Element, to: string): boolean {
  const declared = container.closest("[lang]");
  if (!declared || declared === document.documentElement) return false;
  return declared.getAttribute("lang")?.toLowerCase().split("-")[0] === to;
}
