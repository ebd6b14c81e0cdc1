// Sizes as messages count them.

/** Length in bytes of UTF-8. */
export function bytes(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    // A surrogate pair is two units and four bytes.
    if (unit > 0x7f) count += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return count;
}

/** The start of a text that fits into `room` bytes, up to a word's end. */
export function cut(text: string, room: number): string {
  let used = 0;
  let end = 0;
  for (let i = 0; i < text.length; i += 1) {
    used += bytes(text.charAt(i));
    if (used > room) break;
    if (/\s/.test(text.charAt(i))) end = i;
  }
  return text.slice(0, end);
}
