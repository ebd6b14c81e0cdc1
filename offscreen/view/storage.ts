// The session's storage by key and by prefix. Only Sotto's own pages and the background have it.

export async function item<T>(key: string): Promise<T | undefined> {
  const { [key]: found } = await chrome.storage.session.get<Record<string, T>>(key);
  return found;
}

/** All items whose keys begin with `prefix`, with their keys. */
export async function entries<T>(prefix: string): Promise<[string, T][]> {
  const all = await chrome.storage.session.get<Record<string, T>>(null);
  return Object.entries(all).filter(([key]) => key.startsWith(prefix));
}
