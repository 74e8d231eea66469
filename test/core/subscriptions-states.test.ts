/** What each state allows, what the end of a period does, and who has which address. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Invocation } from '../../src/core/command.ts';
import type { CoreEvent } from '../../src/core/events.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import { createSeller, JOB, refusedAs, WEEK_MS, WEEKLY } from '../support/subscriptions.ts';

const clock = new ManualClock('2026-03-10T06:30:48.080Z');
let api: TestApi;

beforeAll(async () => {
  api = await createTestApi({ clock });
});

afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});

const seller = (cents?: bigint) => createSeller(api, cents);
const runJob = () => api.core.subscriptions.expireDue(JOB);

describe('states', () => {
  test('suspend, resume and cancel may be repeated, and leave no trace then', async () => {
    const r = await seller();
    const { id } = await r.create();
    const entries = async () => {
      const [row] = await api.database.sql<{ count: bigint }[]>`
        SELECT count(*) FROM audit_entry WHERE subject = ${`subscription:${id}`}`;
      return row!.count;
    };
    await r.resume(id);
    expect(await entries()).toBe(1n);
    for (const call of [r.suspend, r.resume, r.cancel]) {
      const before = await entries();
      await call(id);
      await call(id);
      expect(await entries()).toBe(before + 1n);
    }
    expect(await r.get(id)).toMatchObject({ status: 'ACTIVE', canceled: true });
  });

  test('a period is over at its very millisecond, before anybody has written it down', async () => {
    const r = await seller();
    const { id, periodEnd } = await r.create();
    clock.set(new Date(periodEnd.getTime() - 1));
    expect(await r.get(id)).toMatchObject({ status: 'ACTIVE' });
    await r.suspend(id);
    await r.resume(id);
    clock.advance(1);
    expect(await r.get(id)).toMatchObject({ status: 'STOPPED' });
    expect(await api.core.subscriptions.count(r.accountId)).toMatchObject({
      total: 1,
      ACTIVE: 0,
      STOPPED: 1,
    });
    for (const call of [r.suspend, r.resume]) {
      await expect(call(id)).rejects.toEqual(refusedAs('SubscriptionState'));
    }
    await expect(r.bind(id, '198.51.100.20')).rejects.toEqual(refusedAs('SubscriptionState'));
  });

  test('a suspended one can be resumed until its period ends', async () => {
    const r = await seller();
    const { id, periodEnd } = await r.create();
    await r.suspend(id);
    clock.set(periodEnd);
    await expect(r.resume(id)).rejects.toMatchObject({ message: 'A stopped subscription cannot be resumed' });
  });

  test('a canceled one serves until its period ends, then is terminated; nothing is given back', async () => {
    const r = await seller();
    const { id, periodEnd } = await r.create();
    await r.renewItself(id);
    await r.cancel(id);
    await r.bind(id, '198.51.100.21');
    expect(await r.get(id)).toMatchObject({ status: 'ACTIVE', canceled: true });
    clock.set(periodEnd);
    expect(await r.get(id)).toMatchObject({ status: 'TERMINATED' });
    await runJob();
    expect(await r.get(id)).toMatchObject({ status: 'TERMINATED' });
    await r.cancel(id);
    expect(await r.balance()).toBe(8000n);
  });

  test('canceling a stopped one terminates it at once', async () => {
    const r = await seller();
    const { id, periodEnd } = await r.create();
    clock.set(periodEnd);
    await r.cancel(id);
    expect(await r.get(id)).toMatchObject({ status: 'TERMINATED', canceled: true });
  });

  test('another reseller’s is not there, for any call', async () => {
    const r = await seller();
    const other = await seller();
    const { id } = await r.create();
    const calls = [
      () => other.get(id),
      () => other.update(id, WEEKLY),
      () => other.renew(id),
      () => other.suspend(id),
      () => other.resume(id),
      () => other.cancel(id),
      () => other.renewItself(id),
      () => other.bind(id, '198.51.100.22'),
      () => other.unbind(id, '198.51.100.22'),
    ];
    for (const call of calls) await expect(call()).rejects.toEqual(refusedAs('SubscriptionNotFound'));
    expect(await other.balance()).toBe(10_000n);
  });
});

describe('the end of a period', () => {
  test('renews from the period’s end when that is asked for and paid for', async () => {
    const r = await seller(4000n);
    const { id, periodEnd } = await r.create();
    await r.renewItself(id);
    clock.set(new Date(periodEnd.getTime() + 700));
    await runJob();
    expect(await r.get(id)).toMatchObject({
      status: 'ACTIVE',
      periodStart: periodEnd,
      periodEnd: new Date(periodEnd.getTime() + WEEK_MS),
    });
    expect(await r.balance()).toBe(0n);
    clock.set(new Date(periodEnd.getTime() + WEEK_MS));
    await runJob();
    expect(await r.get(id)).toMatchObject({ status: 'STOPPED', autoRenewal: true });
    expect(await r.balance()).toBe(0n);
  });

  test('renews a suspended one, which stays suspended', async () => {
    const r = await seller();
    const { id, periodEnd } = await r.create();
    await r.renewItself(id);
    await r.suspend(id);
    clock.set(periodEnd);
    await runJob();
    expect(await r.get(id)).toMatchObject({ status: 'SUSPENDED', periodStart: periodEnd });
  });

  test('after an outage charges once, for the period of the old grid that holds the present', async () => {
    const r = await seller();
    const { id, periodEnd } = await r.create();
    await r.renewItself(id);
    clock.set(new Date(periodEnd.getTime() + 3 * WEEK_MS + 5000));
    await runJob();
    await runJob();
    expect(await r.get(id)).toMatchObject({
      status: 'ACTIVE',
      periodStart: new Date(periodEnd.getTime() + 3 * WEEK_MS),
      periodEnd: new Date(periodEnd.getTime() + 4 * WEEK_MS),
    });
    expect(await r.balance()).toBe(6000n);
  });

  test('asking for renewal after the end does not renew that end', async () => {
    const r = await seller();
    const { id, periodEnd } = await r.create();
    clock.set(periodEnd);
    await r.renewItself(id);
    await runJob();
    expect(await r.get(id)).toMatchObject({ status: 'STOPPED', autoRenewal: true });
    expect(await r.balance()).toBe(8000n);
  });

  test('automatic renewal can be switched off, and not on for a canceled one', async () => {
    const r = await seller();
    const { id, periodEnd } = await r.create();
    await r.renewItself(id);
    await r.renewItself(id, false);
    await r.cancel(id);
    await expect(r.renewItself(id)).rejects.toEqual(refusedAs('SubscriptionState'));
    clock.set(periodEnd);
    await runJob();
    expect(await r.balance()).toBe(8000n);
  });
});

describe('addresses', () => {
  test('are bound to the first unbound slot, in canonical form; again changes nothing', async () => {
    const r = await seller(50_000n);
    const { id } = await r.create({ ...WEEKLY, authentications: 2 });
    await r.bind(id, '2001:DB8:0::7');
    await r.bind(id, '2001:db8::7');
    await r.bind(id, '::ffff:198.51.100.30');
    expect((await r.get(id)).slots.map((slot) => slot.address)).toEqual(['2001:db8::7', '198.51.100.30']);
    await expect(r.bind(id, '198.51.100.31')).rejects.toEqual(refusedAs('NoFreeSlot'));
    await r.unbind(id, '2001:db8:0:0::7');
    await r.unbind(id, '2001:db8::7');
    expect((await r.get(id)).slots.map((slot) => slot.address)).toEqual([null, '198.51.100.30']);
  });

  test('are single ones', async () => {
    const r = await seller();
    const { id } = await r.create();
    for (const ip of [
      '198.51.100.0/24',
      '198.51.100.1/32',
      '198.51.100',
      '198.51.100.256',
      '0.0.0.0',
      'x',
      '',
    ]) {
      await expect(r.bind(id, ip)).rejects.toEqual(refusedAs('InvalidField'));
    }
  });

  test('are in use once over all live subscriptions', async () => {
    const [a, b] = [await seller(), await seller()];
    const [one, two] = [await a.create(), await b.create()];
    await a.bind(one.id, '198.51.100.40');
    await expect(b.bind(two.id, '198.51.100.40')).rejects.toEqual(refusedAs('AddressInUse'));
    await a.suspend(one.id);
    await expect(b.bind(two.id, '198.51.100.40')).rejects.toEqual(refusedAs('AddressInUse'));
    await a.unbind(one.id, '198.51.100.40');
    await b.bind(two.id, '198.51.100.40');
  });

  test('come back with a renewal, unless somebody else has them meanwhile', async () => {
    const [a, b] = [await seller(), await seller()];
    const one = await a.create({ ...WEEKLY, authentications: 2 });
    await a.bind(one.id, '198.51.100.50');
    await a.bind(one.id, '198.51.100.51');
    clock.set(one.periodEnd);
    await runJob();
    const two = await b.create();
    await b.bind(two.id, '198.51.100.50');
    expect((await a.renew(one.id)).slots.map((slot) => slot.address)).toEqual([null, '198.51.100.51']);
  });

  test('are in a slot or in a whitelist, never in both', async () => {
    const r = await seller();
    const { id } = await r.create();
    const as: Invocation = { actor: { name: 'key:test', accountId: r.accountId, door: 'eclipseproxy' } };
    const { username } = await api.core.subusers.create(as, r.accountId, {
      username: 'alice',
      email: 'alice@example.com',
      bytes: 0n,
      product: 'residential',
    });
    const whitelist = (ip: string) => api.core.subusers.addAddress(as, r.accountId, username, ip);
    await whitelist('198.51.101.0/24');
    await expect(r.bind(id, '198.51.101.9')).rejects.toEqual(refusedAs('AddressInUse'));
    await r.bind(id, '198.51.102.9');
    await expect(whitelist('198.51.102.9')).rejects.toEqual(refusedAs('AddressInUse'));
    await expect(whitelist('198.51.102.0/24')).rejects.toEqual(refusedAs('AddressInUse'));
    await r.unbind(id, '198.51.102.9');
    await whitelist('198.51.102.0/24');
  });
});

test('gateways are told what to cut', async () => {
  const events: CoreEvent[] = [];
  api.core.events.on((event) => {
    if (event.kind === 'subscription-changed') events.push(event);
  });
  const r = await seller(50_000n);
  const { id, periodEnd } = await r.create({ ...WEEKLY, connections: 200 });
  const [row] = await api.database.sql<{ id: bigint }[]>`SELECT id FROM subscription WHERE public_id = ${id}`;
  const steps: [() => Promise<unknown>, boolean][] = [
    [() => r.bind(id, '198.51.100.60'), false],
    [() => r.unbind(id, '198.51.100.60'), true],
    [() => r.suspend(id), true],
    [() => r.resume(id), false],
    [() => r.renew(id), false],
    [() => r.update(id, WEEKLY), true],
  ];
  for (const [step, cut] of steps) {
    const sent = events.length;
    await step();
    await expect
      .poll(() => events.slice(sent))
      .toEqual([{ kind: 'subscription-changed', subscriptionId: String(row!.id), cut }]);
  }
  const sent = events.length;
  clock.set(new Date(periodEnd.getTime() + WEEK_MS));
  await runJob();
  await expect
    .poll(() => events.slice(sent))
    .toContainEqual({
      kind: 'subscription-changed',
      subscriptionId: String(row!.id),
      cut: true,
    });
});

test('lists come in pages, sorted by what is asked for', async () => {
  const r = await seller(50_000n);
  const made: string[] = [];
  for (const billingCycle of ['MONTHLY', 'WEEKLY', 'WEEKLY', 'MONTHLY'] as const) {
    made.push((await r.create({ ...WEEKLY, billingCycle })).id);
    clock.advance(10);
  }
  await r.suspend(made[0]!);
  const ids = async (options: Partial<Parameters<typeof api.core.subscriptions.list>[1]>) => {
    const page = await api.core.subscriptions.list(r.accountId, {
      page: 0,
      size: 20,
      sortBy: 'id',
      direction: 'ASC',
      ...options,
    });
    expect(page.total).toBe(4);
    return page.subscriptions.map((subscription) => made.indexOf(subscription.id));
  };
  expect(await ids({})).toEqual([0, 1, 2, 3]);
  expect(await ids({ direction: 'DESC' })).toEqual([3, 2, 1, 0]);
  expect(await ids({ size: 3, page: 1 })).toEqual([3]);
  expect(await ids({ page: 7 })).toEqual([]);
  expect(await ids({ sortBy: 'createdAt', direction: 'DESC' })).toEqual([3, 2, 1, 0]);
  expect(await ids({ sortBy: 'periodEnd' })).toEqual([1, 2, 0, 3]);
  expect(await ids({ sortBy: 'status' })).toEqual([1, 2, 3, 0]);
});
