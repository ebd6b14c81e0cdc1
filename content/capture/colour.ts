// Colours as computed styles write them.

export interface Rgb {
  red: number;
  green: number;
  blue: number;
  alpha: number;
}

const parsed = new Map<string, Rgb | undefined>();

/** Colours of sRGB; of those in other spaces only whether there is anything of them. */
export function rgb(text: string): Rgb | undefined {
  if (parsed.has(text)) return parsed.get(text);
  const colour = parse(text);
  // A page may have as many colours as it likes.
  if (parsed.size < 1000) parsed.set(text, colour);
  return colour;
}

function parse(text: string): Rgb | undefined {
  const number = "(-?[\\d.e-]+)";
  const legacy = new RegExp(`^rgba?\\(${number}, ${number}, ${number}(?:, ${number})?\\)$`).exec(text);
  const modern = new RegExp(`^color\\(srgb ${number} ${number} ${number}(?: / ${number})?\\)$`).exec(text);
  const [, red, green, blue, alpha] = (legacy ?? modern ?? []).map(Number);
  if (red !== undefined && green !== undefined && blue !== undefined) {
    const scale = modern ? 255 : 1;
    const solid = alpha === undefined || Number.isNaN(alpha) ? 1 : alpha;
    return { red: red * scale, green: green * scale, blue: blue * scale, alpha: solid };
  }
  const [, share] = /\/ ([\d.e-]+)\)$/.exec(text) ?? [];
  return Number(share) < 0.05 ? { red: 0, green: 0, blue: 0, alpha: 0 } : undefined;
}

/** Whether nothing is painted in any of the colours that a style value names. */
export function allTransparent(value: string): boolean {
  const colours = value.match(/(rgba?|color|oklch|oklab|lch|lab)\([^()]*\)/g) ?? [];
  return colours.length > 0 && colours.every((colour) => rgb(colour)?.alpha === 0);
}

/** Whether text in one colour on the other cannot be read. */
export function alike(one: Rgb, other: Rgb): boolean {
  const differences = [one.red - other.red, one.green - other.green, one.blue - other.blue];
  return differences.every((difference) => Math.abs(difference) <= 8);
}
