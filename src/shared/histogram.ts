/** How often values fell into which range. Plain numbers: observing one costs a short search and three additions. */
export interface HistogramValues {
  /** Upper ends, rising; the last range has none. */
  readonly buckets: readonly number[];
  /** One more than `buckets`: values in each range, not added up. */
  readonly counts: readonly number[];
  readonly sum: number;
}

export class Histogram implements HistogramValues {
  readonly buckets: readonly number[];
  readonly counts: number[];
  sum = 0;

  constructor(buckets: readonly number[]) {
    this.buckets = buckets;
    this.counts = new Array<number>(buckets.length + 1).fill(0);
  }

  observe(value: number): void {
    let index = 0;
    while (index < this.buckets.length && value > this.buckets[index]!) index += 1;
    this.counts[index]! += 1;
    this.sum += value;
  }
}
