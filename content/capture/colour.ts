// Colours as computed styles write them, and what becomes of them on top of each other.

export interface Rgb {
  red: number;
  green: number;
  blue: number;
  alpha: number;
}

export const WHITE: Rgb = { red: 255, green: 255, blue: 255, alpha: 1 };

/** Contrast, as WCAG counts it, below which nobody makes out a letter. */
const CONTRAST = 1.15;
/** What a channel may differ by that the contrast says nothing of: more is another hue. */
const HUE = 32;

const parsed = new Map<string, Rgb | undefined>();
let painter: OffscreenCanvasRenderingContext2D | null | undefined;

/** A colour in sRGB; one of a wider space as a screen of that space shows it. */
export function rgb(text: string): Rgb | undefined {
  if (parsed.has(text)) return parsed.get(text);
  const colour = parse(text) ?? painted(text);
  // A page may have as many colours as it likes.
  if (parsed.size < 1000) parsed.set(text, colour);
  return colour;
}

function parse(text: string): Rgb | undefined {
  const number = "(-?[\\d.e-]+)";
  const [, red, green, blue, alpha] = (
    new RegExp(`^rgba?\\(${number}, ${number}, ${number}(?:, ${number})?\\)$`).exec(text) ?? []
  ).map(Number);
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return { red, green, blue, alpha: alpha === undefined || Number.isNaN(alpha) ? 1 : alpha };
}

/** Other notations: asks the browser. */
function painted(text: string): Rgb | undefined {
  if (!CSS.supports("color", text)) return undefined;
  painter ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  if (!painter) return undefined;
  painter.clearRect(0, 0, 1, 1);
  painter.fillStyle = text;
  painter.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = painter.getImageData(0, 0, 1, 1).data;
  return { red, green, blue, alpha: alpha / 255 };
}

/** All colours that a style value names, as far as they are known. */
export function coloursIn(value: string): (Rgb | undefined)[] {
  return (value.match(/\b(rgba?|color|oklch|oklab|lch|lab)\([^()]*\)/g) ?? []).map(rgb);
}

/** Whether nothing is painted in any of the colours that a style value names. */
export function allTransparent(value: string): boolean {
  const colours = coloursIn(value);
  return colours.length > 0 && colours.every((colour) => colour?.alpha === 0);
}

/** A colour laid over another: unknown on what is unknown, unless it covers it. */
export function over(colour: Rgb | undefined, under: Rgb | undefined): Rgb | undefined {
  if (!colour) return undefined;
  const { alpha } = colour;
  if (alpha === 0) return under;
  if (alpha === 1) return colour;
  if (!under) return undefined;
  const all = alpha + under.alpha * (1 - alpha);
  const mix = (one: number, other: number): number => (one * alpha + other * under.alpha * (1 - alpha)) / all;
  return {
    red: mix(colour.red, under.red),
    green: mix(colour.green, under.green),
    blue: mix(colour.blue, under.blue),
    alpha: all,
  };
}

/** Whether text in one colour on the other cannot be read. */
export function alike(one: Rgb, other: Rgb): boolean {
  const differences = [one.red - other.red, one.green - other.green, one.blue - other.blue];
  if (differences.some((difference) => Math.abs(difference) > HUE)) return false;
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((less, more) => less - more);
  return (high + 0.05) / (low + 0.05) < CONTRAST;
}

/** From 0 to 1, as WCAG counts it. */
export function luminance({ red, green, blue }: Rgb): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
