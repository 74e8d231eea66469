/** The gateways' side: who may pass, how many tunnels at once, what was used. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Invocation } from '../../src/core/command.ts';
import type { CoreEvent } from '../../src/core/events.ts';
import { LEASE_LAPSE_MS } from '../../src/core/leases/leases.ts';
import { RENEWAL_GRACE_MS, type SeatRequest } from '../../src/core/subscriptions/access.ts';
import type { PlanChoice } from '../../src/core/subscriptions/plans.ts';
import { pruneRecords } from '../../src/jobs/prune-records.ts';
import { Outgoing } from '../../src/outgoing/outgoing.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi } from '../support/api.ts';

const JOB_MEANS = { outgoing: new Outgoing([]), ending: new AbortController().signal };
const PLAN: PlanChoice = { billingCycle: 'WEEKLY', connections: 100, authentications: 2 };
const DAY_MS = 24 * 3600_000;

const clock = new ManualClock('2026-06-01T00:00:00.000Z');
let api: TestApi;

beforeAll(async () => {
  api = await createTestApi({ clock });
});

afterAll(() => api.close());

async function sold(choice = PLAN) {
  const { accountId, storeCode } = await api.reseller();
  await api.core.accounts.topUp(api.operator, storeCode, 'usd', 1_000_000n);
  const as: Invocation = { actor: { name: 'key:test', accountId, door: 'ghostealth' } };
  const { id, periodEnd } = await api.core.subscriptions.create(as, accountId, choice);
  const [row] = await api.database.sql<{ id: bigint }[]>`SELECT id FROM subscription WHERE public_id = ${id}`;
  return { as, accountId, id, periodEnd, subscriptionId: row!.id };
}

const held = (seats: number, isRecalled = false) => ({ kind: 'held', seats, isRecalled });
let lastSequence = 0;
const holdSeats = (request: Omit<SeatRequest, 'sequence'>) => {
  lastSequence += 1;
  return api.core.subscriptionAccess.holdSeats({ ...request, sequence: lastSequence });
};
const session = (name = 'gateway') => api.core.leases.openSession(name, false);

test('an address is let in while its subscription serves', async () => {
  const { subscriptions, subscriptionAccess: access } = api.core;
  const { as, accountId, id, periodEnd, subscriptionId } = await sold();
  expect(await access.byAddress('203.0.113.1')).toBeUndefined();
  await subscriptions.bind(as, accountId, id, '203.0.113.1');
  await subscriptions.bind(as, accountId, id, '2001:db8::1');
  const admitted = {
    subscriptionId,
    accountId,
    connections: 100,
    periodEnd,
    cutAt: periodEnd,
    limits: null,
  };
  expect(
    await Promise.all(['2001:db8::1', '203.0.113.2', '203.0.113.1'].map(access.byAddress, access)),
  ).toEqual([admitted, undefined, admitted]);
  await subscriptions.suspend(as, accountId, id);
  expect(await access.byAddress('203.0.113.1')).toBeUndefined();
  await subscriptions.resume(as, accountId, id);
  clock.set(new Date(periodEnd.getTime() - 1));
  expect(await access.byAddress('203.0.113.1')).toEqual(admitted);
  clock.advance(1);
  expect(await access.byAddress('203.0.113.1')).toBeUndefined();
});

test('tunnels are served to the end of the period, and a little longer where it renews itself', async () => {
  const { subscriptions, subscriptionAccess: access } = api.core;
  const { as, accountId, id, periodEnd, subscriptionId } = await sold();
  const serving = async () => (await access.serving([subscriptionId, 999_999n])).map((entry) => entry.cutAt);
  expect(await access.serving([])).toEqual([]);
  await subscriptions.suspend(as, accountId, id);
  expect(await serving()).toEqual([]);
  await subscriptions.resume(as, accountId, id);
  clock.set(new Date(periodEnd.getTime() - 1));
  expect(await serving()).toEqual([periodEnd]);
  await subscriptions.setAutoRenewal(as, accountId, id, true);
  const cutAt = new Date(periodEnd.getTime() + RENEWAL_GRACE_MS);
  clock.set(new Date(cutAt.getTime() - 1));
  expect(await serving()).toEqual([cutAt]);
  clock.advance(1);
  expect(await serving()).toEqual([]);
});

describe('seats', () => {
  test('a question that comes late or again changes nothing', async () => {
    const { subscriptionId } = await sold();
    const sessionId = await session();
    const ask = (sequence: number, seats: number) =>
      api.core.subscriptionAccess.holdSeats({ sessionId, subscriptionId, seats, sequence });
    expect(await ask(10, 5)).toEqual(held(5));
    expect(await ask(12, 2)).toEqual(held(2));
    expect(await ask(11, 70)).toEqual(held(2));
    expect(await ask(12, 2)).toEqual(held(2));
    expect(await ask(13, 2)).toEqual(held(2));
    // The last one changed no figure, and is the last all the same.
    expect(await ask(12, 9)).toEqual(held(2));
    expect(await ask(14, 70)).toEqual(held(70));
    // Several at once, the wrong way round: the newer one stays in force.
    expect(await Promise.all([ask(20, 1), ask(19, 50)])).toEqual([held(1), held(1)]);
  });

  test('are asked for in all, so that asking again is safe', async () => {
    const { subscriptionId } = await sold();
    const [a, b] = [await session(), await session()];
    expect(await holdSeats({ sessionId: a, subscriptionId, seats: 70 })).toEqual(held(70));
    expect(await holdSeats({ sessionId: a, subscriptionId, seats: 70 })).toEqual(held(70));
    expect(await holdSeats({ sessionId: b, subscriptionId, seats: 70 })).toEqual(held(30, true));
    expect(await holdSeats({ sessionId: a, subscriptionId, seats: 10 })).toEqual(held(10));
    expect(await holdSeats({ sessionId: b, subscriptionId, seats: 200 })).toEqual(held(90, true));
    expect(await holdSeats({ sessionId: b, subscriptionId, seats: 0 })).toEqual(held(0));
    expect(await holdSeats({ sessionId: b, subscriptionId: 999_999n, seats: 1 })).toEqual({ kind: 'over' });
  });

  test('lapse with their session', async () => {
    const { subscriptionId } = await sold();
    const [a, b] = [await session(), await session()];
    await holdSeats({ sessionId: a, subscriptionId, seats: 100 });
    clock.advance(LEASE_LAPSE_MS + 1);
    await api.core.leases.report(b, []);
    expect(await holdSeats({ sessionId: b, subscriptionId, seats: 1 })).toEqual(held(0, true));
    await api.core.leases.lapse();
    expect(await holdSeats({ sessionId: a, subscriptionId, seats: 1 })).toEqual({ kind: 'session-over' });
    expect(await holdSeats({ sessionId: b, subscriptionId, seats: 100 })).toEqual(held(100));
  });

  test('are not given while the subscription does not serve, and what is held can be given back', async () => {
    const { as, accountId, id, subscriptionId } = await sold();
    const a = await session();
    await holdSeats({ sessionId: a, subscriptionId, seats: 60 });
    await api.core.subscriptions.suspend(as, accountId, id);
    expect(await holdSeats({ sessionId: a, subscriptionId, seats: 80 })).toEqual({ kind: 'over' });
    expect(await holdSeats({ sessionId: a, subscriptionId, seats: 20 })).toEqual({ kind: 'over' });
    await api.core.subscriptions.resume(as, accountId, id);
    const b = await session();
    expect(await holdSeats({ sessionId: b, subscriptionId, seats: 100 })).toEqual(held(80, true));
  });

  test('of a plan that shrank are given up, by whom it asks first', async () => {
    const { as, accountId, id, subscriptionId } = await sold({ ...PLAN, connections: 200 });
    const [a, b] = [await session(), await session()];
    await holdSeats({ sessionId: a, subscriptionId, seats: 90 });
    await holdSeats({ sessionId: b, subscriptionId, seats: 80 });
    await api.core.subscriptions.update(as, accountId, id, PLAN);
    expect(await holdSeats({ sessionId: b, subscriptionId, seats: 80 })).toEqual(held(10, true));
    expect(await holdSeats({ sessionId: a, subscriptionId, seats: 90 })).toEqual(held(90));
  });

  test('that are short are asked back from the others, once they are committed', async () => {
    const { subscriptionId } = await sold();
    const [a, b] = [await session(), await session()];
    const events: (CoreEvent | { kind: 'resync' })[] = [];
    api.core.events.on((event) => events.push(event));
    await holdSeats({ sessionId: a, subscriptionId, seats: 120 });
    await holdSeats({ sessionId: b, subscriptionId, seats: 1 });
    await expect
      .poll(() => events.filter((event) => event.kind === 'seats-recall'))
      .toEqual([{ kind: 'seats-recall', subscriptionId: String(subscriptionId), exceptSession: String(b) }]);
  });

  test('of a plan that shrank are handed out again only below the new bound', async () => {
    const { as, accountId, id, subscriptionId } = await sold({ ...PLAN, connections: 200 });
    const [a, b] = [await session(), await session()];
    await holdSeats({ sessionId: a, subscriptionId, seats: 150 });
    await api.core.subscriptions.update(as, accountId, id, PLAN);
    expect(await holdSeats({ sessionId: b, subscriptionId, seats: 5 })).toEqual(held(0, true));
    expect(await holdSeats({ sessionId: a, subscriptionId, seats: 99 })).toEqual(held(99));
    expect(await holdSeats({ sessionId: b, subscriptionId, seats: 5 })).toEqual(held(1, true));
  });

  test('are never more than the plan has, whatever sessions ask for at once', async () => {
    const { subscriptionId } = await sold();
    const sessions = await Promise.all([session(), session(), session()]);
    const request = fc.record({
      sessionId: fc.constantFrom(...sessions),
      seats: fc.integer({ min: 0, max: 120 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 12 }), async (requests) => {
        const held = new Map<bigint, number>();
        const answers = await Promise.all(requests.map((entry) => holdSeats({ ...entry, subscriptionId })));
        answers.forEach((answer, index) => {
          expect(answer.kind).toBe('held');
          if (answer.kind !== 'held') return;
          expect(answer.seats).toBeLessThanOrEqual(requests[index]!.seats);
          held.set(requests[index]!.sessionId, answer.seats);
        });
        const [row] = await api.database.sql<{ seats: number }[]>`
          SELECT sum(seats)::int AS seats FROM subscription_use WHERE subscription_id = ${subscriptionId}`;
        expect(row!.seats).toBeLessThanOrEqual(100);
      }),
      { numRuns: 40 },
    );
  });
});

describe('consumption', () => {
  const used = async (accountId: bigint, id: string) => {
    const { bytes, requests } = await api.core.subscriptions.get(accountId, id);
    return [bytes, requests];
  };

  test('counts once, in whatever order and however often reports come', async () => {
    const { subscriptionAccess: access } = api.core;
    const { accountId, id, subscriptionId } = await sold();
    const [a, b] = [await session(), await session()];
    const report = (sessionId: bigint, bytes: bigint, requests: bigint) => ({
      sessionId,
      subscriptionId,
      bytes,
      requests,
    });
    await access.addConsumption([report(a, 100n, 1n), report(b, 50n, 2n)]);
    await access.addConsumption([report(a, 100n, 1n)]);
    expect(await used(accountId, id)).toEqual([150n, 3n]);
    await access.addConsumption([report(a, 300n, 5n), report(a, 200n, 4n)]);
    await access.addConsumption([report(a, 250n, 4n)]);
    expect(await used(accountId, id)).toEqual([350n, 7n]);
    await Promise.all(
      Array.from({ length: 20 }, (_entry, step) =>
        access.addConsumption([report(a, 300n + BigInt(step), 5n), report(b, 60n + BigInt(step), 2n)]),
      ),
    );
    expect(await used(accountId, id)).toEqual([319n + 79n, 7n]);
  });

  test('of what does not exist is passed over', async () => {
    const a = await session();
    const { accountId, id, subscriptionId } = await sold();
    await api.core.subscriptionAccess.addConsumption([]);
    await api.core.subscriptionAccess.addConsumption([
      { sessionId: a, subscriptionId: 999_999n, bytes: 1n, requests: 1n },
      { sessionId: 999_999n, subscriptionId, bytes: 1n, requests: 1n },
    ]);
    expect(await used(accountId, id)).toEqual([0n, 0n]);
  });

  test('may come late, but not after it was forgotten what had come', async () => {
    const { subscriptionAccess: access } = api.core;
    const { accountId, id, subscriptionId } = await sold();
    const a = await session();
    await access.addConsumption([{ sessionId: a, subscriptionId, bytes: 10n, requests: 1n }]);
    await api.core.leases.closeSession(a, []);
    clock.advance(DAY_MS - 1);
    await pruneRecords.run(api.core, JOB_MEANS);
    await access.addConsumption([{ sessionId: a, subscriptionId, bytes: 15n, requests: 1n }]);
    expect(await used(accountId, id)).toEqual([15n, 1n]);
    clock.advance(2);
    await pruneRecords.run(api.core, JOB_MEANS);
    await access.addConsumption([{ sessionId: a, subscriptionId, bytes: 20n, requests: 1n }]);
    expect(await used(accountId, id)).toEqual([15n, 1n]);
  });
});
