/** The bucket and the pace, with a clock that is turned. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Waiter } from '../../../src/gateway/meter.ts';
import { Pace } from '../../../src/gateway/pace.ts';
import { TokenBucket } from '../../../src/gateway/token-bucket.ts';
import { ManualTimers } from '../../support/gateway/manual-timers.ts';

describe('a token bucket', () => {
  const step = fc.record({
    ms: fc.integer({ min: 0, max: 500 }),
    want: fc.integer({ min: 0, max: 100_000 }),
  });

  test('between any two moments lets through at most its capacity and what the time is worth', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 1, max: 50_000 }),
        fc.array(step, { maxLength: 60 }),
        async (ratePerSecond, capacity, steps) => {
          const timers = new ManualTimers();
          const bucket = new TokenBucket(timers);
          bucket.setRate(ratePerSecond, capacity);
          const taken: { atMs: number; count: number }[] = [];
          for (const { ms, want } of steps) {
            timers.skip(ms);
            const count = Math.min(want, bucket.available);
            bucket.take(count);
            taken.push({ atMs: timers.nowMs(), count });
          }
          for (let from = 0; from < taken.length; from += 1) {
            let sum = 0;
            for (const { atMs, count } of taken.slice(from)) {
              sum += count;
              const most = capacity + (ratePerSecond * (atMs - taken[from]!.atMs)) / 1000;
              expect(sum).toBeLessThanOrEqual(most + 1e-6);
            }
          }
        },
      ),
    );
  });

  test('one who always takes what there is gets all that the time is worth', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 60 }),
        async (ratePerSecond, pauses) => {
          const timers = new ManualTimers();
          const bucket = new TokenBucket(timers);
          bucket.setRate(ratePerSecond, Math.max(1, ratePerSecond));
          let taken = 0;
          for (const ms of pauses) {
            timers.skip(ms);
            const count = bucket.available;
            bucket.take(count);
            taken += count;
          }
          const worth = (ratePerSecond * timers.nowMs()) / 1000;
          expect(taken).toBeLessThanOrEqual(worth + 1e-6);
          expect(taken).toBeGreaterThan(worth - 1 - 1e-6);
        },
      ),
    );
  });
});

describe('a pace', () => {
  const BYTES_PER_SECOND = 100_000;
  const endless = { take: (_direction: unknown, bytes: number) => bytes };

  /** Takes pieces for ever, like a tunnel whose both ends keep up. */
  class Taker implements Waiter {
    readonly #pace: Pace;
    bytes = 0;
    constructor(pace: Pace) {
      this.#pace = pace;
    }
    wake(): void {
      const wantedBytes = 65_536;
      const takenBytes = this.#pace.take(endless, 'down', wantedBytes);
      this.bytes += takenBytes;
      if (takenBytes === wantedBytes) this.wake();
      else this.#pace.wait(this);
    }
    giveUp(): void {}
  }

  test.each([1, 2, 3, 7, 50])('is kept to, and the parts of %i are equal', async (count) => {
    const timers = new ManualTimers();
    const pace = new Pace(timers);
    pace.setRate(BYTES_PER_SECOND, false);
    const takers = Array.from({ length: count }, () => new Taker(pace));
    for (const taker of takers) taker.wake();
    await timers.advance(10_000);
    const total = takers.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(total).toBeLessThanOrEqual(10 * BYTES_PER_SECOND);
    expect(total).toBeGreaterThan(10 * BYTES_PER_SECOND - 1_400);
    for (const { bytes } of takers) {
      expect(Math.abs(bytes - total / count)).toBeLessThan(2 * 1_400);
    }
  });

  test('nobody passes those who wait, and who leaves the line is not called', async () => {
    const timers = new ManualTimers();
    const pace = new Pace(timers);
    pace.setRate(BYTES_PER_SECOND, false);
    const [first, second] = [new Taker(pace), new Taker(pace)];
    first.wake();
    await timers.advance(10);
    expect(pace.take(endless, 'up', 10)).toBe(0);
    second.wake();
    pace.stopWaiting(first);
    await timers.advance(1_000);
    expect(first.bytes).toBe(0);
    expect(second.bytes).toBeGreaterThan(0.9 * BYTES_PER_SECOND);
    pace.stopWaiting(second);
    expect(timers.pending).toBe(0);
  });

  test('what the source lacks is not counted against the pace', async () => {
    const timers = new ManualTimers();
    const pace = new Pace(timers);
    pace.setRate(BYTES_PER_SECOND, true);
    expect(pace.take({ take: () => 3 }, 'up', 5_000)).toBe(3);
    expect(pace.isSpent).toBe(false);
    expect(pace.take(endless, 'up', 50_000)).toBe(BYTES_PER_SECOND / 10 - 3);
    expect(pace.isSpent).toBe(true);
  });
});
