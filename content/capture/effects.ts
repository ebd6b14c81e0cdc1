// What filters and blending make of the colours that are painted in an element.

import { alike, allTransparent, coloursIn, luminance, type Rgb } from "./colour";
import type { Shown } from "./paper";

/** Colours as they are painted. */
export const AS_PAINTED: Shown = (colour) => colour;
const UNKNOWN: Shown = () => undefined;

const SHADOW = /drop-shadow\((?:[^()]|\([^()]*\))*\)/g;

type Channel = (value: number) => number;

/** Of a channel from 0 to 1, by the argument of a function of `filter`. */
const FILTERS: Record<string, (amount: number) => Channel> = {
  brightness: (amount) => (value) => value * amount,
  contrast: (amount) => (value) => (value - 0.5) * amount + 0.5,
  invert: (amount) => (value) => value * (1 - 2 * amount) + amount,
  // Hardly a matter of lightness.
  grayscale: () => (value) => value,
  saturate: () => (value) => value,
  sepia: () => (value) => value,
  "hue-rotate": () => (value) => value,
  // A matter of the alpha, and of the size of letters.
  opacity: () => (value) => value,
  blur: () => (value) => value,
};

/** Of a channel of what is behind and of what is painted (`mix-blend-mode`). */
const BLENDS: Record<string, (behind: number, painted: number) => number> = {
  multiply: (behind, painted) => behind * painted,
  screen: (behind, painted) => behind + painted - behind * painted,
  darken: Math.min,
  lighten: Math.max,
  difference: (behind, painted) => Math.abs(behind - painted),
  exclusion: (behind, painted) => behind + painted - 2 * behind * painted,
  "plus-lighter": (behind, painted) => behind + painted,
  "color-dodge": (behind, painted) => (behind === 0 ? 0 : behind / (1 - painted)),
  "color-burn": (behind, painted) => (behind === 1 ? 1 : 1 - (1 - behind) / painted),
  overlay: (behind, painted) => hardLight(painted, behind),
  "hard-light": hardLight,
};

function hardLight(behind: number, painted: number): number {
  const twice = 2 * painted;
  return twice <= 1 ? behind * twice : behind + (twice - 1) - behind * (twice - 1);
}

/** The product of the arguments of `opacity()` in a filter. */
export function filterOpacity(filter: string): number {
  return amounts(filter, "opacity").reduce((all, amount) => all * amount, 1);
}

/** By how many pixels a filter blurs. */
export function filterBlur(filter: string): number {
  return Math.max(0, ...amounts(filter, "blur"));
}

function amounts(filter: string, name: string): number[] {
  if (!filter.includes(name)) return [];
  return [...filter.matchAll(new RegExp(`${name}\\(([\\d.e-]+)`, "g"))].map(([, amount]) => Number(amount));
}

/** How the colours painted in an element are shown on what is behind it. */
export function shownThrough(style: CSSStyleDeclaration, outer: Shown, backdrop: () => Rgb | undefined): Shown {
  const { filter, mixBlendMode } = style;
  const filtered = filter === "none" ? outer : through(filter, outer, backdrop);
  if (mixBlendMode === "normal") return filtered;
  // What is blended in one group and filtered or blended again in another is not followed.
  const blend = BLENDS[mixBlendMode];
  const behind = blend && outer === AS_PAINTED ? backdrop() : undefined;
  if (!blend || !behind) return UNKNOWN;
  return each(filtered, (value, channel) => blend(behind[channel] / 255, value));
}

function through(filter: string, outer: Shown, backdrop: () => Rgb | undefined): Shown {
  // A shadow may be all that there is to be seen.
  const shadows = filter.match(SHADOW) ?? [];
  const behind = shadows.length > 0 ? backdrop() : undefined;
  const isPlain = (shadow: string): boolean =>
    allTransparent(shadow) ||
    (behind !== undefined && coloursIn(shadow).every((colour) => colour && alike(colour, behind)));
  if (!shadows.every(isPlain)) return UNKNOWN;
  const functions = filter.replaceAll(SHADOW, "").match(/[a-z-]+\([^()]*\)/g) ?? [];
  const steps = functions.map((step) =>
    FILTERS[step.split("(")[0] ?? ""]?.(Number.parseFloat(step.split("(")[1] ?? "")),
  );
  if (steps.includes(undefined)) return UNKNOWN;
  const inner = each(AS_PAINTED, (value) => steps.reduce((now, step) => clamp(step?.(now) ?? now), value));
  return (colour) => outer(inner(colour));
}

function each(before: Shown, change: (value: number, channel: "red" | "green" | "blue") => number): Shown {
  return (painted) => {
    const colour = before(painted);
    if (!colour) return undefined;
    const changed = (channel: "red" | "green" | "blue"): number => clamp(change(colour[channel] / 255, channel)) * 255;
    return { red: changed("red"), green: changed("green"), blue: changed("blue"), alpha: colour.alpha };
  };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** Whether a mask lets nothing through. */
export function masksAll({ maskImage, maskMode, maskSize }: CSSStyleDeclaration, faint: number): boolean {
  if (maskImage === "none" || maskImage === "") return false;
  if (/^(0(px|%)?( |$)|\S+ 0(px|%)?$)/.test(maskSize)) return true;
  const colours = maskImage.includes("url(") ? [] : coloursIn(maskImage);
  const passes = (colour: Rgb): number => colour.alpha * (maskMode === "luminance" ? luminance(colour) : 1);
  return colours.length > 0 && colours.every((colour) => colour !== undefined && passes(colour) < faint);
}
