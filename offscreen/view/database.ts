// A database of the browser's with one store of values under keys, which has the database's name.

/** Makes requests in one transaction; gives their results when it is complete. */
export async function transact(
  name: string,
  mode: IDBTransactionMode,
  ask: (items: IDBObjectStore) => { readonly result: unknown }[],
): Promise<unknown[]> {
  const opening = indexedDB.open(name, 1);
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onupgradeneeded = () => void opening.result.createObjectStore(name);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  try {
    const transaction = database.transaction(name, mode);
    const requests = ask(transaction.objectStore(name));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    return requests.map(({ result }) => result);
  } finally {
    database.close();
  }
}
