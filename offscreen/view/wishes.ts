// The wishes in the reader's own words that are kept to rewrite by them again. They stay on this device, in the settings.

/** Kept at most: more is no choice. */
export const MOST_WISHES = 12;

/** With a wish at the end; the same list where it holds that wish, or has no room. */
export function withWish(wishes: string[], wish: string): string[] {
  return wish === "" || wishes.includes(wish) || wishes.length >= MOST_WISHES ? wishes : [...wishes, wish];
}

export function withoutWish(wishes: string[], wish: string): string[] {
  return wishes.filter((other) => other !== wish);
}
