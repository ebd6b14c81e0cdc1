// Small helpers over the document.

/** The element of that id; the page and this code belong together, so its absence is a fault. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`popup.html has no #${id}`);
  return element as T;
}
