// What outlives the service worker and every view, in memory and never on the disk. Only Sotto's own
// pages and the background have it.
//
// It is the session's storage, which all of the browser's windows share. Incognito windows have a
// database of their own in its place: the browser keeps that in memory, shows it to no other window,
// and drops it with the last of them.

import { transact } from "./database";

interface Store {
  /** One item, or all of them. */
  read(key: string | null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
}

export async function item<T>(key: string): Promise<T | undefined> {
  return (await store().read(key))[key] as T | undefined;
}

/** All items whose keys begin with `prefix`, with their keys. */
export async function entries<T>(prefix: string): Promise<[string, T][]> {
  return Object.entries(await store().read(null)).filter(([key]) => key.startsWith(prefix)) as [string, T][];
}

/** Stores items. Fails when there is no room for them: then none is stored. */
export async function setItems(items: Record<string, unknown>): Promise<void> {
  await store().set(items);
}

export async function removeItems(keys: string[]): Promise<void> {
  await store().remove(keys);
}

function store(): Store {
  return chrome.extension.inIncognitoContext ? incognito : session;
}

const session: Store = {
  read: async (key) => chrome.storage.session.get<Record<string, unknown>>(key),
  set: async (items) => chrome.storage.session.set(items),
  remove: async (keys) => chrome.storage.session.remove(keys),
};

const DATABASE = "session";

const incognito: Store = {
  async read(key) {
    const range = key === null ? null : IDBKeyRange.only(key);
    const [keys, values] = await transact(DATABASE, "readonly", (items) => [
      items.getAllKeys(range),
      items.getAll(range),
    ]);
    return Object.fromEntries((keys as string[]).map((name, at) => [name, (values as unknown[])[at]]));
  },
  async set(items) {
    await transact(DATABASE, "readwrite", (stored) =>
      Object.entries(items).map(([key, value]) => stored.put(value, key)),
    );
  },
  async remove(keys) {
    await transact(DATABASE, "readwrite", (stored) => keys.map((key) => stored.delete(key)));
  },
};
