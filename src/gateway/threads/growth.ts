/** Figures that only grow, of one thread or of all: numbers, and records and lists of them. */
interface Figures {
  [name: string]: number | Figures;
}

/** Adds to `total` what `now` has more than `before`, its state of an earlier moment; of a new thread that is nothing. */
export function addGrowth(total: object, now: object, before: object | undefined): void {
  const sums = total as Figures;
  const earlier = before as Figures | undefined;
  for (const [name, value] of Object.entries(now as Figures)) {
    // The ends of a histogram's ranges are no figures.
    if (name === 'buckets') continue;
    if (typeof value === 'number') {
      sums[name] =
        ((sums[name] as number | undefined) ?? 0) + value - ((earlier?.[name] as number | undefined) ?? 0);
    } else {
      sums[name] ??= {};
      addGrowth(sums[name] as Figures, value, earlier?.[name] as Figures | undefined);
    }
  }
}
