import { expect, test } from 'vitest';
import { afterSilence, DelayQueue, type Timer } from '../../../src/gateway/timers.ts';
import { World } from '../../support/gateway/world.ts';

const LIMIT_MS = 5_000;

/** Both ways to wait, and how long it lasts for who stood still at its beginning. */
const WAYS: [string, number, (clock: ReturnType<World['clock']>) => (run: () => void) => Timer][] = [
  ['alone', LIMIT_MS, (clock) => (run) => afterSilence(clock, LIMIT_MS, run)],
  [
    'in a queue',
    1_000,
    (clock) => {
      const queue = new DelayQueue(clock, LIMIT_MS);
      return (run) => queue.after(run);
    },
  ],
];

test.each(WAYS)(
  'who waits %s is told in time, unless the process stood still',
  async (_way, lateMs, wait) => {
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
    await world.advance(lateMs - 1);
    expect(told).toEqual(['first']);
    answered.cancel();
    await world.advance(1);
    expect(told).toEqual(['first', 'silent']);

    after(() => told.push('last'));
    await world.advance(LIMIT_MS);
    expect(told).toEqual(['first', 'silent', 'last']);
  },
);

test('a process that is always late comes to the end of a wait', async () => {
  const world = new World();
  const clock = world.clock();
  let isOver = false;
  afterSilence(clock, LIMIT_MS, () => {
    isOver = true;
  });
  for (let turn = 0; turn < 12; turn += 1) {
    clock.skip(10_000);
    await world.advance(1);
  }
  expect(isOver).toBe(true);
});
