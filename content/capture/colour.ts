// Colours as computed styles write them.

export interface Rgb {
  red: number;
  green: number;
  blue: number;
  alpha: number;
}

const parsed = new Map<string, Rgb | undefined>();

/** Colours in `rgb()`; those of other spaces are not compared. */
export function rgb(text: string): Rgb | undefined {
  if (parsed.has(text)) return parsed.get(text);
  const found = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.e-]+))?\)$/.exec(text);
  const [, red, green, blue, alpha] = found ?? [];
  const colour = found
    ? { red: Number(red), green: Number(green), blue: Number(blue), alpha: Number(alpha ?? 1) }
    : undefined;
  // A page may have as many colours as it likes.
  if (parsed.size < 1000) parsed.set(text, colour);
  return colour;
}

/** Whether nothing is painted in any of the colours that a style value names. */
export function allTransparent(value: string): boolean {
  const colours = value.match(/rgba?\([^)]*\)/g) ?? [];
  return colours.length > 0 && colours.every((colour) => rgb(colour)?.alpha === 0);
}

/** Whether text in one colour on the other cannot be read. */
export function alike(one: Rgb, other: Rgb): boolean {
  const differences = [one.red - other.red, one.green - other.green, one.blue - other.blue];
  return differences.every((difference) => Math.abs(difference) <= 8);
}
