// Sizes as messages count them.

/** How far back from where it is cut a text may lose to end with a word. */
const WORD_LENGTH = 1000;

/** Length in bytes of UTF-8. */
export function bytes(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i += 1) count += unitBytes(text.charCodeAt(i));
  return count;
}

/** Of one unit of UTF-16: a surrogate pair is two units and four bytes. */
function unitBytes(unit: number): number {
  if (unit <= 0x7f) return 1;
  return unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 3 : 2;
}

/** The start of a text that fits into `room` bytes, up to a word's end where one is near. */
export function cut(text: string, room: number): string {
  let used = 0;
  let end = 0;
  for (; end < text.length; end += 1) {
    used += unitBytes(text.charCodeAt(end));
    if (used > room) break;
  }
  if (end === text.length) return text;
  for (let i = end; i > end - WORD_LENGTH && i > 0; i -= 1) {
    if (/\s/.test(text.charAt(i))) return text.slice(0, i);
  }
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(end - 1));
  return text.slice(0, splitsPair ? end - 1 : end);
}
