/** Puts a value into a map of at most `limit` entries; the oldest goes out first. */
export function remember<K, V>(memo: Map<K, V>, limit: number, key: K, value: V): void {
  if (memo.size >= limit && !memo.has(key)) {
    const oldest = memo.keys().next();
    if (!oldest.done) memo.delete(oldest.value);
  }
  memo.set(key, value);
}
