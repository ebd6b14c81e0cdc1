// As much of the extension's interfaces as the code under test uses.

/** The session's storage, with a quota of so many characters. */
export class FakeSession {
  readonly items = new Map<string, string>();
  quota = Number.POSITIVE_INFINITY;

  async get<T>(keys: string | string[] | null): Promise<Record<string, T>> {
    const found = [...this.items].filter(([name]) => keys === null || [keys].flat().includes(name));
    return Object.fromEntries(found.map(([name, text]) => [name, JSON.parse(text) as T]));
  }

  async set(items: Record<string, unknown>): Promise<void> {
    const next = new Map(this.items);
    for (const [key, value] of Object.entries(items)) next.set(key, JSON.stringify(value));
    const size = [...next].reduce((sum, [key, text]) => sum + key.length + text.length, 0);
    if (size > this.quota) throw new Error("Session storage quota bytes exceeded.");
    for (const [key, text] of next) this.items.set(key, text);
  }

  async remove(keys: string | string[]): Promise<void> {
    for (const key of [keys].flat()) this.items.delete(key);
  }
}

/** Makes `chrome` what a test needs of it. */
export function setChrome(fake: object): void {
  Object.assign(globalThis, { chrome: fake });
}
