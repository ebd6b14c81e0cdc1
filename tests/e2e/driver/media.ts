/** Media features by their names in CSS, as the browser is to pretend they are. */
export type Media = Record<string, string>;

/** As DevTools' `Emulation.setEmulatedMedia` takes them. */
export function emulated(media: Media): { features: { name: string; value: string }[] } {
  return { features: Object.entries(media).map(([name, value]) => ({ name, value })) };
}
