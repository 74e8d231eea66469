import type { Direction, Waiter } from './meter.ts';
import type { Timer, Timers } from './timers.ts';
import { TokenBucket } from './token-bucket.ts';

/** Where the bytes come from that are let through at the pace: the quota. */
export interface Source {
  take(direction: Direction, wantedBytes: number): number;
}

/** So long, at most, bytes are saved up; a tunnel that was silent has no more of a burst. */
const BURST_MS = 100;
/** Between hand-outs to those who wait. */
const TURN_MS = 20;
/** Less is not handed to anybody while there is more: a packet costs the same whatever is in it. */
const LEAST_PART_BYTES = 1400;

/**
 * Lets bytes through at so many a second, all tunnels of one party together. Who finds nothing left waits in line; every
 * turn each of the waiting gets an equal part, and nobody passes them by.
 */
export class Pace {
  readonly #timers: Timers;
  readonly #bucket: TokenBucket;
  /** In order of arrival. */
  readonly #waiters = new Set<Waiter>();
  #turn: Timer | undefined;
  /** While somebody is served: what it may take. */
  #partBytes: number | undefined;

  constructor(timers: Timers) {
    this.#timers = timers;
    this.#bucket = new TokenBucket(timers);
  }

  get waiting(): number {
    return this.#waiters.size;
  }

  /** `withBurst`: the burst is there at once. */
  setRate(bytesPerSecond: number, withBurst: boolean): void {
    const burstBytes = (bytesPerSecond * BURST_MS) / 1000;
    this.#bucket.setRate(bytesPerSecond, burstBytes);
    if (withBurst) this.#bucket.fill(burstBytes);
  }

  /** 0 to `wantedBytes`. */
  take(source: Source, direction: Direction, wantedBytes: number): number {
    let mostBytes = this.#partBytes;
    if (mostBytes === undefined) mostBytes = this.#waiters.size > 0 ? 0 : this.#bucket.available;
    if (mostBytes === 0) return 0;
    const takenBytes = source.take(direction, Math.min(wantedBytes, mostBytes));
    this.#bucket.take(takenBytes);
    if (this.#partBytes !== undefined) this.#partBytes -= takenBytes;
    return takenBytes;
  }

  /** Whether it is the pace that keeps somebody from taking more now. */
  get isSpent(): boolean {
    return this.#partBytes === undefined
      ? this.#waiters.size > 0 || this.#bucket.available === 0
      : this.#partBytes === 0;
  }

  wait(waiter: Waiter): void {
    this.#waiters.add(waiter);
    this.#turn ??= this.#timers.after(TURN_MS, this.#serve);
  }

  stopWaiting(waiter: Waiter): void {
    this.#waiters.delete(waiter);
    if (this.#waiters.size > 0) return;
    this.#turn?.cancel();
    this.#turn = undefined;
  }

  /** There is no pace any more. Answers who waited; they are to be woken. */
  end(): Waiter[] {
    const waiters = [...this.#waiters];
    for (const waiter of waiters) this.stopWaiting(waiter);
    return waiters;
  }

  readonly #serve = (): void => {
    this.#turn = undefined;
    // A round gives each an equal part. What some did not need is for the others, in another round.
    for (
      let leftBytes = this.#bucket.available, leastBytes = 1;
      leftBytes >= leastBytes && this.#waiters.size > 0;
      leftBytes = this.#bucket.available, leastBytes = LEAST_PART_BYTES
    ) {
      const round = [...this.#waiters];
      const partBytes = Math.max(LEAST_PART_BYTES, Math.floor(leftBytes / round.length));
      let isFirst = true;
      for (const waiter of round) {
        const mostBytes = Math.min(partBytes, this.#bucket.available);
        // Who would get less than those before stays where it is, and is the first in the next turn.
        if (mostBytes === 0 || (mostBytes < partBytes && !isFirst)) break;
        // One that has gone meanwhile is not called.
        if (!this.#waiters.delete(waiter)) continue;
        isFirst = false;
        this.#partBytes = mostBytes;
        try {
          waiter.wake();
        } finally {
          this.#partBytes = undefined;
        }
      }
    }
    if (this.#waiters.size > 0) this.#turn ??= this.#timers.after(TURN_MS, this.#serve);
  };
}
