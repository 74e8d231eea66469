/** Lists in pages, by key: a page begins behind the last row of the one before, whatever was added or removed meanwhile. */

/** `after`: the key of the last row of the page before; absent for the first page. */
export interface PageRequest<Key> {
  /** At least 1. */
  limit: number;
  after?: Key | undefined;
}

export interface Page<Row, Key> {
  rows: Row[];
  /** Where the next page begins; absent when this one is the last. */
  next?: Key | undefined;
}

/**
 * Makes a page of what a query found that asked for `limit + 1` rows behind `after`: the row too many says that there is a next
 * page.
 */
export function pageOf<Row, Key>(
  found: readonly Row[],
  limit: number,
  keyOf: (row: Row) => Key,
): Page<Row, Key> {
  const rows = found.slice(0, limit);
  return found.length > limit ? { rows, next: keyOf(rows.at(-1)!) } : { rows };
}
