/**
 * A map of bounded size that forgets what was not used for longest.
 *
 * The order is kept beside the map: asking a map for its oldest key goes past all that was deleted before it, which are thousands where
 * each newcomer takes somebody's place.
 */
export class Lru<Value> {
  readonly #maxEntries: number;
  readonly #forgotten: ((value: Value) => void) | undefined;
  readonly #entries = new Map<string, Entry<Value>>();
  #oldest: Entry<Value> | undefined;
  #newest: Entry<Value> | undefined;

  /** `forgotten` is told of each value that is in here no more, for whatever reason. */
  constructor(maxEntries: number, forgotten?: (value: Value) => void) {
    this.#maxEntries = maxEntries;
    this.#forgotten = forgotten;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    // The order matters only when something is about to be forgotten.
    if (this.#entries.size >= this.#maxEntries / 2) this.#moveToEnd(entry);
    return entry.value;
  }

  set(key: string, value: Value): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      const before = entry.value;
      entry.value = value;
      this.#moveToEnd(entry);
      this.#forgotten?.(before);
      return;
    }
    const added: Entry<Value> = { key, value, older: undefined, newer: undefined };
    this.#entries.set(key, added);
    this.#append(added);
    if (this.#entries.size > this.#maxEntries) this.#remove(this.#oldest!);
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.#remove(entry);
  }

  deleteWhere(isMeant: (value: Value) => boolean): void {
    for (const entry of this.#entries.values()) if (isMeant(entry.value)) this.#remove(entry);
  }

  clear(): void {
    const values = [...this.#entries.values()];
    this.#entries.clear();
    this.#oldest = undefined;
    this.#newest = undefined;
    for (const { value } of values) this.#forgotten?.(value);
  }

  #remove(entry: Entry<Value>): void {
    this.#entries.delete(entry.key);
    this.#unlink(entry);
    this.#forgotten?.(entry.value);
  }

  #moveToEnd(entry: Entry<Value>): void {
    if (entry === this.#newest) return;
    this.#unlink(entry);
    this.#append(entry);
  }

  #append(entry: Entry<Value>): void {
    entry.older = this.#newest;
    if (this.#newest === undefined) this.#oldest = entry;
    else this.#newest.newer = entry;
    this.#newest = entry;
  }

  /** Nothing of the one that has left points to the others any more. */
  #unlink(entry: Entry<Value>): void {
    if (entry.older === undefined) this.#oldest = entry.newer;
    else entry.older.newer = entry.newer;
    if (entry.newer === undefined) this.#newest = entry.older;
    else entry.newer.older = entry.older;
    entry.older = undefined;
    entry.newer = undefined;
  }
}

interface Entry<Value> {
  readonly key: string;
  value: Value;
  older: Entry<Value> | undefined;
  newer: Entry<Value> | undefined;
}
