import type { Timers } from './timers.ts';

/**
 * Lets through `ratePerSecond`, and after a pause at most `capacity` at once: between any two moments never more than
 * capacity + rate × time. Begins empty.
 */
export class TokenBucket {
  readonly #timers: Timers;
  #ratePerSecond = 0;
  #capacity = 0;
  #tokens = 0;
  #filledAtMs: number;

  constructor(timers: Timers) {
    this.#timers = timers;
    this.#filledAtMs = timers.nowMs();
  }

  /** From now on. What was saved stays, as far as the new capacity goes. */
  setRate(ratePerSecond: number, capacity: number): void {
    this.#fill();
    this.#ratePerSecond = ratePerSecond;
    this.#capacity = capacity;
    this.#tokens = Math.min(this.#tokens, capacity);
  }

  /** Puts so many in, as far as the capacity goes. */
  fill(count: number): void {
    this.#fill();
    this.#tokens = Math.min(this.#capacity, this.#tokens + count);
  }

  /** Whole ones that may be taken now. */
  get available(): number {
    this.#fill();
    return Math.floor(this.#tokens);
  }

  /** `count` is at most what is available. */
  take(count: number): void {
    this.#tokens -= count;
  }

  #fill(): void {
    const nowMs = this.#timers.nowMs();
    const earned = ((nowMs - this.#filledAtMs) * this.#ratePerSecond) / 1000;
    this.#filledAtMs = nowMs;
    this.#tokens = Math.min(this.#capacity, this.#tokens + earned);
  }
}
