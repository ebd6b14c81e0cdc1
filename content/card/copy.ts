// Puts a text on the clipboard from a page.

/**
 * Copies; on a page that is not served securely, or forbids it, by the old way from a field inside
 * `within`.
 */
export async function copy(text: string, within: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.className = "spoken";
    field.value = text;
    const root = within.getRootNode();
    const focused = root instanceof ShadowRoot ? root.activeElement : null;
    within.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    return copied;
  }
}
