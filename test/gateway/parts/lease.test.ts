import { beforeEach, describe, expect, test } from 'vitest';
import { Acquaintance } from '../../../src/gateway/acquaintance.ts';
import { GatewayCounters } from '../../../src/gateway/counters.ts';
import type { LeaseHolder } from '../../../src/gateway/lease.ts';
import { Leases } from '../../../src/gateway/leases.ts';
import { DEFAULT_LIMITS } from '../../../src/gateway/limits.ts';
import { silentLog } from '../../../src/gateway/log.ts';
import type { EndReason } from '../../../src/gateway/meter.ts';
import type { SubuserIdentity } from '../../../src/gateway/ports.ts';
import { FakeLink } from '../../support/gateway/fake-link.ts';
import { ManualTimers } from '../../support/gateway/manual-timers.ts';
import { World } from '../../support/gateway/world.ts';

/** Quiet leases are kept: these tests let time pass without traffic. */
const LIMITS = { ...DEFAULT_LIMITS, leaseQuietMs: 600_000 };

let link: FakeLink;
let timers: ManualTimers;
let leases: Leases;
let alice: SubuserIdentity;
let holder: LeaseHolder;
let reasons: EndReason[];

beforeEach(async () => {
  link = new FakeLink();
  timers = new ManualTimers();
  leases = new Leases(link, timers, LIMITS, silentLog, new GatewayCounters());
  alice = link.addUser('alice', 100_000_000);
  reasons = [];
  await leases.start();
  holder = leases.holderOf(alice);
  holder.join({ address: '192.0.2.1', end: (reason) => reasons.push(reason) });
});

async function admitted(): Promise<EndReason | undefined> {
  const admission = holder.admit();
  await timers.advance(0);
  return admission?.answer;
}

/** Takes all there is, then waits; tells what became of the wait. */
function waiting(): { outcome: 'waiting' | 'woken' | EndReason } {
  const result: { outcome: 'waiting' | 'woken' | EndReason } = { outcome: 'waiting' };
  holder.wait({
    wake: () => {
      result.outcome = 'woken';
    },
    giveUp: (reason) => {
      result.outcome = reason;
    },
  });
  return result;
}

describe('validity', () => {
  test('a lease serves until the promised time after the last report was sent, not a millisecond longer', async () => {
    expect(await admitted()).toBeUndefined();
    await timers.advance(1_000);
    link.isAway = true;
    // The report at 1,000 ms was the last to arrive.
    await timers.advance(9_999);
    expect(holder.take('up', 10)).toBe(10);
    await timers.advance(1);
    expect(holder.take('up', 10)).toBe(0);
  });

  test('a report counts from when it was sent, however late its answer', async () => {
    link.leaseValidForMs = 3_000;
    await leases.stop();
    leases = new Leases(link, timers, LIMITS, silentLog, new GatewayCounters());
    await leases.start();
    holder = leases.holderOf(alice);
    holder.join({ address: '192.0.2.1', end: (reason) => reasons.push(reason) });
    await admitted();
    const released = Promise.withResolvers<void>();
    const report = link.report.bind(link);
    let calls = 0;
    link.report = async (reports) => {
      calls += 1;
      link.isAway = calls > 1;
      await released.promise;
      return report(reports);
    };
    await timers.advance(2_500);
    released.resolve();
    await timers.advance(1_499);
    expect(holder.take('down', 1)).toBe(1);
    await timers.advance(1);
    expect(holder.take('down', 1)).toBe(0);
  });

  test('who waits goes on when the link is back, and is given up after the limit', async () => {
    await admitted();
    link.isAway = true;
    await timers.advance(10_000);
    expect(holder.take('up', 10)).toBe(0);
    const first = waiting();
    link.isAway = false;
    await timers.advance(1_000);
    expect(first.outcome).toBe('woken');
    link.isAway = true;
    await timers.advance(10_000);
    const second = waiting();
    await timers.advance(29_999);
    expect(second.outcome).toBe('waiting');
    await timers.advance(1);
    expect(second.outcome).toBe('away');
    expect(reasons).toEqual([]);
  });
});

describe('asking', () => {
  test('while the process stands still is no silence of the control side: the answer is read first', async () => {
    const world = new World();
    const clock = world.clock();
    const lease = link.lease.bind(link);
    // On its way for half a second, by the clock of the world.
    link.lease = (request) =>
      new Promise((resolve, reject) => {
        world.clock().after(500, () => void lease(request).then(resolve, reject));
      });
    leases = new Leases(link, clock, LIMITS, silentLog, new GatewayCounters());
    await leases.start();
    const admission = leases.holderOf(alice).admit();
    clock.skip(9_000);
    await world.advance(1_000);
    await expect(admission!.answer).resolves.toBeUndefined();
  });

  test('more is asked for before the lease is spent, and tunnels are served in their order', async () => {
    await admitted();
    expect(holder.take('down', 600_000)).toBe(600_000);
    await timers.advance(0);
    expect(link.leaseRequests).toHaveLength(2);
    expect(link.leaseRequests[1]).toMatchObject({ knownGrantedBytes: 1_000_000, usedDownBytes: 600_000 });
    const lease = holder.lease!;
    holder.take('down', lease.leftBytes);
    const order: number[] = [];
    for (const number of [1, 2, 3]) {
      holder.wait({ wake: () => order.push(number), giveUp: () => {} });
    }
    await timers.advance(0);
    expect(order).toEqual([1, 2, 3]);
  });

  test('exhausted while something is left: it is spent first, then asked again', async () => {
    link.add(alice, 1_200_000 - 100_000_000, { silently: true });
    await admitted();
    holder.take('down', 900_000);
    await timers.advance(0);
    holder.take('down', 150_000);
    await timers.advance(0);
    const asked = link.leaseRequests.length;
    expect(reasons).toEqual([]);
    holder.take('down', 100_000);
    holder.take('down', 10_000);
    await timers.advance(0);
    expect(link.leaseRequests).toHaveLength(asked);
    expect(holder.take('down', 100_000)).toBe(40_000);
    waiting();
    await timers.advance(0);
    expect(reasons).toEqual(['exhausted']);
    expect(link.breaches).toEqual([]);
  });

  test('an answer that there is none, overtaken by a top-up, is asked for again', async () => {
    link.add(alice, 1_000 - 100_000_000, { silently: true });
    await admitted();
    holder.take('up', 1_000);
    const released = Promise.withResolvers<void>();
    await timers.advance(0);
    const lease = link.lease.bind(link);
    link.lease = async (request) => {
      const answer = await lease(request);
      await released.promise;
      return answer;
    };
    reasons = [];
    const result = waiting();
    await timers.advance(0);
    link.add(alice, 500);
    holder.quotaAdded();
    released.resolve();
    await timers.advance(0);
    expect(result.outcome).toBe('woken');
    expect(reasons).toEqual([]);
  });
});

describe('reporting', () => {
  test('cumulative, once a second, only what changed; empty as a heartbeat', async () => {
    await admitted();
    holder.take('up', 10);
    await timers.advance(1_000);
    holder.take('down', 5);
    await timers.advance(1_000);
    await timers.advance(1_000);
    expect(
      link.reports.map((reports) =>
        reports.map(({ usedUpBytes, usedDownBytes }) => [usedUpBytes, usedDownBytes]),
      ),
    ).toEqual([[[10, 0]], [[10, 5]], []]);
  });

  test('a failed report is repeated with what has come since', async () => {
    await admitted();
    holder.take('up', 10);
    link.isAway = true;
    await timers.advance(1_000);
    holder.take('up', 7);
    await timers.advance(1_000);
    link.isAway = false;
    await timers.advance(1_000);
    expect(link.used(alice)).toEqual({ up: 17, down: 0, total: 17 });
  });

  test('a lease is dropped only when its return was acknowledged', async () => {
    await admitted();
    holder.take('up', 10);
    link.isAway = true;
    holder.giveBack();
    await timers.advance(5_000);
    expect(leases.leaseCount).toBe(1);
    expect(holder.take('up', 1)).toBe(0);
    link.isAway = false;
    await timers.advance(1_000);
    expect(leases.leaseCount).toBe(0);
    expect(link.balance(alice)).toBe(100_000_000 - 10);
  });

  test('bytes of a lost session count in it, and not in the next', async () => {
    await admitted();
    holder.take('up', 10);
    await timers.advance(1_000);
    holder.take('up', 5);
    link.endSession();
    await timers.advance(1_000);
    expect(await admitted()).toBeUndefined();
    holder.take('up', 3);
    await timers.advance(1_000);
    expect(link.used(alice).total).toBe(18);
    expect(link.breaches).toEqual([]);
  });

  test('the last report carries the exact totals', async () => {
    await admitted();
    holder.take('up', 10);
    holder.take('down', 20);
    await leases.stop();
    expect(link.closed).toEqual([{ leaseId: '1', usedUpBytes: 10, usedDownBytes: 20, close: true }]);
  });
});

test('who comes again is found at once, and anew once the holder was forgotten', async () => {
  const bob = link.addUser('bob', 100);
  const acquaintance = new Acquaintance();
  const first = leases.holderOf(bob, acquaintance);
  const member = { address: '192.0.2.1', end() {} };
  first.join(member);
  await timers.advance(LIMITS.reportEveryMs);
  expect(leases.holderOf(bob, acquaintance)).toBe(first);
  first.leave(member);
  await timers.advance(LIMITS.reportEveryMs);
  const second = leases.holderOf(bob, acquaintance);
  expect(second).not.toBe(first);
  expect(leases.holderOf(bob)).toBe(second);
  expect(leases.holderOf(bob, acquaintance)).toBe(second);
});
