/** Many at once, several processes on one database: never charged twice, never more than there is. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Core, createCore } from '../../src/core/core.ts';
import { DomainError } from '../../src/core/errors.ts';
import { connect, type Sql } from '../../src/db/client.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, TEST_MASTER_KEY, type TestApi } from '../support/api.ts';
import { createSeller, JOB, WEEK_MS, WEEKLY } from '../support/subscriptions.ts';

const ROUNDS = 15;

const clock = new ManualClock('2026-10-24T22:00:00.000Z');
let api: TestApi;
let otherSql: Sql;
/** Two processes. */
let cores: [Core, Core];

beforeAll(async () => {
  api = await createTestApi({ clock });
  otherSql = connect(api.database.target);
  cores = [api.core, await createCore(otherSql, clock, TEST_MASTER_KEY)];
});

afterAll(async () => {
  await api.assertLedgerHolds();
  await otherSql.end();
  await api.close();
});

const seller = (cents: bigint) => createSeller(api, cents);

/** How calls ended: `ok`, or the code of the refusal. Anything else is thrown. */
async function outcomes(calls: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const result of await Promise.allSettled(calls)) {
    if (result.status === 'rejected' && !(result.reason instanceof DomainError)) throw result.reason;
    const name = result.status === 'fulfilled' ? 'ok' : result.reason.code;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

test('fifty at once on money for seven make seven', async () => {
  const { accountId, as, balance } = await seller(7n * 2000n + 1999n);
  const calls = Array.from({ length: 50 }, (_entry, index) =>
    cores[index % 2]!.subscriptions.create(as, accountId, WEEKLY),
  );
  expect(await outcomes(calls)).toEqual({ ok: 7, InsufficientBalance: 43 });
  expect(await balance()).toBe(1999n);
  expect((await api.core.subscriptions.count(accountId)).total).toBe(7);
});

test('two jobs at once renew once', async () => {
  const { accountId, as, balance } = await seller(100_000n);
  const { id, periodEnd } = await api.core.subscriptions.create(as, accountId, WEEKLY);
  await api.core.subscriptions.setAutoRenewal(as, accountId, id, true);
  for (let round = 1; round <= ROUNDS; round += 1) {
    clock.set(new Date(periodEnd.getTime() + (round - 1) * WEEK_MS));
    await Promise.all(cores.map((core) => core.subscriptions.expireDue(JOB)));
    expect(await balance()).toBe(100_000n - 2000n * BigInt(round + 1));
  }
});

describe('a renewal at the very millisecond of the end, while jobs run', () => {
  for (const autoRenewal of [true, false]) {
    test(`is charged once (automatic renewal ${autoRenewal ? 'on' : 'off'})`, async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const { accountId, as, balance } = await seller(10_000n);
        const { id, periodEnd } = await api.core.subscriptions.create(as, accountId, WEEKLY);
        await api.core.subscriptions.setAutoRenewal(as, accountId, id, autoRenewal);
        clock.set(periodEnd);
        const calls = [
          () => cores[0].subscriptions.expireDue(JOB),
          () => cores[1].subscriptions.renew(as, accountId, id),
          () => cores[1].subscriptions.expireDue(JOB),
        ];
        // Each gets to be the first.
        const first = round % calls.length;
        const order = [...calls.slice(first), ...calls.slice(0, first)];
        await Promise.all(order.map((call) => call()));
        expect(await balance()).toBe(6000n);
        expect(await api.core.subscriptions.get(accountId, id)).toMatchObject({
          status: 'ACTIVE',
          periodStart: periodEnd,
          periodEnd: new Date(periodEnd.getTime() + WEEK_MS),
        });
      }
    });
  }
});

test('a renewal right after the automatic one, in the same millisecond, is that one', async () => {
  const { accountId, as, balance } = await seller(10_000n);
  const { id, periodEnd } = await api.core.subscriptions.create(as, accountId, WEEKLY);
  await api.core.subscriptions.setAutoRenewal(as, accountId, id, true);
  clock.set(periodEnd);
  await cores[0].subscriptions.expireDue(JOB);
  await cores[1].subscriptions.renew(as, accountId, id);
  expect(await balance()).toBe(6000n);
  clock.advance(1);
  await cores[1].subscriptions.renew(as, accountId, id);
  expect(await balance()).toBe(4000n);
});

test('a renewal that waited for the automatic one is that one', async () => {
  const { sql } = api.database;
  const waiting = async () => {
    const [row] = await sql<{ count: bigint }[]>`
      SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return row!.count;
  };
  const { accountId, as, balance } = await seller(10_000n);
  const { id, periodEnd } = await api.core.subscriptions.create(as, accountId, WEEKLY);
  await api.core.subscriptions.setAutoRenewal(as, accountId, id, true);
  clock.set(new Date(periodEnd.getTime() + 5));
  const started: Promise<unknown>[] = [];
  await sql.begin(async (tx) => {
    await tx`SELECT 1 FROM subscription WHERE public_id = ${id} FOR UPDATE`;
    started.push(cores[0].subscriptions.expireDue(JOB));
    await expect.poll(waiting).toBe(1n);
    clock.advance(5);
    started.push(cores[1].subscriptions.renew(as, accountId, id));
    await expect.poll(waiting).toBe(2n);
  });
  await Promise.all(started);
  expect(await balance()).toBe(6000n);
});

test('two processes never hand out more seats than the plan has', async () => {
  const { accountId, as } = await seller(2000n);
  const { id } = await api.core.subscriptions.create(as, accountId, WEEKLY);
  const [row] = await api.database.sql<{ id: bigint }[]>`SELECT id FROM subscription WHERE public_id = ${id}`;
  const subscriptionId = row!.id;
  const sessions = await Promise.all(cores.map((core) => core.leases.openSession('gateway', false)));
  let sequence = 0;
  const ask = (index: 0 | 1, seats: number) => {
    sequence += 1;
    const sessionId = sessions[index]!;
    return cores[index].subscriptionAccess.holdSeats({ sessionId, subscriptionId, seats, sequence });
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const answers = await Promise.all([ask(0, 80), ask(1, 80)]);
    const held = answers.map((answer) => (answer.kind === 'held' ? answer.seats : -1));
    expect(held.toSorted((one, other) => one - other)).toEqual([20, 80]);
    await Promise.all([ask(0, 0), ask(1, 0)]);
  }
});

test('concurrent changes of one plan credit each charge once', async () => {
  const { accountId, as, balance } = await seller(20_000n);
  const { id } = await api.core.subscriptions.create(as, accountId, WEEKLY);
  const calls = Array.from({ length: 12 }, (_entry, index) =>
    cores[index % 2]!.subscriptions.update(as, accountId, id, WEEKLY),
  );
  expect(await outcomes(calls)).toEqual({ ok: 12 });
  // At one instant nothing is used: each charge is given back whole by the next.
  expect(await balance()).toBe(18_000n);
});

test('one address is bound once, however many ask for it', async () => {
  const sellers = await Promise.all(Array.from({ length: 8 }, () => seller(2000n)));
  const made = await Promise.all(
    sellers.map(({ accountId, as }) => api.core.subscriptions.create(as, accountId, WEEKLY)),
  );
  const calls = sellers.map(({ accountId, as }, index) =>
    cores[index % 2]!.subscriptions.bind(as, accountId, made[index]!.id, '203.0.113.80'),
  );
  expect(await outcomes(calls)).toEqual({ ok: 1, AddressInUse: 7 });
});
