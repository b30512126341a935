/**
 * A memo of at most `limit` entries in which whatever was used lately stays. Kept as two halves: when the younger is
 * full it becomes the older, whose entries come back when they are asked for or go out together. Taking the oldest
 * out of one map each time costs more than what is remembered: a map walks over what was deleted at its front.
 */
export class BoundedMemo<K, V extends object> {
  readonly #half: number;
  #younger = new Map<K, V>();
  #older = new Map<K, V>();

  constructor(limit: number) {
    this.#half = Math.max(1, Math.floor(limit / 2));
  }

  get(key: K): V | undefined {
    const known = this.#younger.get(key);
    if (known) return known;
    const older = this.#older.get(key);
    if (older) this.set(key, older);
    return older;
  }

  set(key: K, value: V): void {
    if (this.#younger.size >= this.#half && !this.#younger.has(key)) {
      this.#older = this.#younger;
      this.#younger = new Map();
    }
    this.#younger.set(key, value);
  }
}
