import { expect, test } from 'vitest';
import { afterSilence, DelayQueue, type Timer } from '../../src/gateway/timers.ts';
import { World } from '../support/gateway/world.ts';

const LIMIT_MS = 5_000;

/** Both ways to wait. */
const WAYS: [string, (clock: ReturnType<World['clock']>) => (run: () => void) => Timer][] = [
  ['alone', (clock) => (run) => afterSilence(clock, LIMIT_MS, run)],
  [
    'in a queue',
    (clock) => {
      const queue = new DelayQueue(clock, LIMIT_MS);
      return (run) => queue.after(run);
    },
  ],
];

test.each(WAYS)(
  'who waits %s is told in time, unless the process stood still: then a second later',
  async (_way, wait) => {
    const world = new World();
    const clock = world.clock();
    const after = wait(clock);
    const told: string[] = [];
    after(() => told.push('first'));
    await world.advance(LIMIT_MS - 1);
    expect(told).toEqual([]);
    await world.advance(1);
    expect(told).toEqual(['first']);

    const answered = after(() => told.push('answered'));
    after(() => told.push('silent'));
    clock.skip(60_000);
    // Its time is up, and nothing has been read yet.
    await world.advance(500);
    expect(told).toEqual(['first']);
    answered.cancel();
    await world.advance(1_000);
    expect(told).toEqual(['first', 'silent']);

    after(() => told.push('last'));
    await world.advance(LIMIT_MS);
    expect(told).toEqual(['first', 'silent', 'last']);
  },
);
