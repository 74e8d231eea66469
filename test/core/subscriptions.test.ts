import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/core/audit/audit.ts';
import type { Invocation } from '../../src/core/command.ts';
import type { CoreEvent } from '../../src/core/events.ts';
import { rootLedgerAccount } from '../../src/core/ledger/ledger.ts';
import type { PlanChoice } from '../../src/core/subscriptions/plans.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi } from '../support/api.ts';

const WEEK_MS = 7 * 24 * 3600_000;
const WEEKLY: PlanChoice = { billingCycle: 'WEEKLY', connections: 100, authentications: 1 };
const MONTHLY: PlanChoice = { ...WEEKLY, billingCycle: 'MONTHLY' };
const JOB: Invocation = { actor: { name: 'system', accountId: null, door: 'job' } };

const clock = new ManualClock('2026-03-10T06:30:48.080Z');
let api: TestApi;

beforeAll(async () => {
  api = await createTestApi({ clock });
});

afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});

/** A reseller with money, and its calls. */
async function seller(cents = 10_000n) {
  const { accountId, storeCode } = await api.reseller();
  if (cents > 0n) await api.core.accounts.topUp(api.operator, storeCode, 'usd', cents);
  const actor: Actor = { name: 'key:test', accountId, door: 'ghostealth' };
  const as: Invocation = { actor };
  const { subscriptions, accounts } = api.core;
  return {
    accountId,
    balance: () => accounts.balance(accountId, 'usd'),
    get: (id: string) => subscriptions.get(accountId, id),
    create: (choice = WEEKLY) => subscriptions.create(as, accountId, choice),
    update: (id: string, choice: PlanChoice) => subscriptions.update(as, accountId, id, choice),
    renew: (id: string) => subscriptions.renew(as, accountId, id),
    suspend: (id: string) => subscriptions.suspend(as, accountId, id),
    resume: (id: string) => subscriptions.resume(as, accountId, id),
    cancel: (id: string) => subscriptions.cancel(as, accountId, id),
    renewItself: (id: string, on = true) => subscriptions.setAutoRenewal(as, accountId, id, on),
    bind: (id: string, ip: string) => subscriptions.bind(as, accountId, id, ip),
    unbind: (id: string, ip: string) => subscriptions.unbind(as, accountId, id, ip),
  };
}

const runJob = () => api.core.subscriptions.expireDue(JOB);

async function provider() {
  const { sql } = api.database;
  const balance = async (kind: string) => {
    const id = await rootLedgerAccount(sql, 'usd', kind);
    const [row] = await sql<{ balance: bigint }[]>`SELECT balance FROM ledger_account WHERE id = ${id}`;
    return row!.balance;
  };
  return { revenue: await balance('revenue'), tax: await balance('tax') };
}

const refusedAs = (code: string) => expect.objectContaining({ code });

describe('buying', () => {
  test('charges the price, net and tax apart, and begins the period now', async () => {
    const before = await provider();
    const r = await seller();
    const made = await r.create();
    expect(made).toMatchObject({
      status: 'ACTIVE',
      canceled: false,
      autoRenewal: false,
      bytes: 0n,
      requests: 0n,
      plan: {
        ...WEEKLY,
        price: { grossCents: 2000n, netCents: 1681n, taxCents: 319n, taxBasisPoints: 1900 },
      },
    });
    expect(made.id).toMatch(/^su_[0-9a-f]{24}$/);
    expect(made.periodStart).toEqual(clock.now());
    expect(made.periodEnd.getTime() - made.periodStart.getTime()).toBe(WEEK_MS);
    expect(made.slots).toEqual([{ id: expect.stringMatching(/^sl_[0-9a-f]{24}$/), address: null }]);
    expect(await r.balance()).toBe(8000n);
    const after = await provider();
    expect([after.revenue - before.revenue, after.tax - before.tax]).toEqual([1681n, 319n]);
  });

  test('without enough money makes nothing', async () => {
    const r = await seller(1999n);
    await expect(r.create()).rejects.toEqual(refusedAs('InsufficientBalance'));
    expect(await r.balance()).toBe(1999n);
    expect((await api.core.subscriptions.count(r.accountId)).total).toBe(0);
  });

  test('the same idempotency key buys once', async () => {
    const r = await seller();
    const as: Invocation = {
      actor: { name: 'key:test', accountId: r.accountId, door: 'ghostealth' },
      idempotency: { key: 'order-1', requestHash: Buffer.alloc(32) },
    };
    const first = await api.core.subscriptions.create(as, r.accountId, WEEKLY);
    expect(await api.core.subscriptions.create(as, r.accountId, WEEKLY)).toEqual(first);
    expect(await r.balance()).toBe(8000n);
  });

  test('a plan outside the catalogue is refused with what there is', async () => {
    const r = await seller();
    const choice = { ...WEEKLY, connections: 150 } as unknown as PlanChoice;
    await expect(r.create(choice)).rejects.toMatchObject({
      message: 'connections must be one of 100, 200, 500, 1000, 2000',
    });
  });
});

describe('renewing', () => {
  test('goes on from the period’s end', async () => {
    const r = await seller();
    const { id, periodStart, periodEnd } = await r.create();
    clock.advance(1000);
    const renewed = await r.renew(id);
    expect(renewed.periodStart).toEqual(periodStart);
    expect(renewed.periodEnd.getTime()).toBe(periodEnd.getTime() + WEEK_MS);
    expect(await r.balance()).toBe(6000n);
  });

  test('keeps a suspended one suspended', async () => {
    const r = await seller();
    const { id, periodEnd } = await r.create();
    await r.suspend(id);
    expect(await r.renew(id)).toMatchObject({
      status: 'SUSPENDED',
      periodEnd: new Date(periodEnd.getTime() + WEEK_MS),
    });
  });

  test('begins a stopped one again from now, on the day of now', async () => {
    clock.set('2026-05-31T00:00:00.000Z');
    const r = await seller(50_000n);
    const { id } = await r.create(MONTHLY);
    clock.set('2026-07-05T12:00:00.000Z');
    await runJob();
    expect(await r.get(id)).toMatchObject({ status: 'STOPPED' });
    expect(await r.renew(id)).toMatchObject({
      status: 'ACTIVE',
      periodStart: new Date('2026-07-05T12:00:00.000Z'),
      periodEnd: new Date('2026-08-05T12:00:00.000Z'),
    });
    expect(await r.renew(id)).toMatchObject({ periodEnd: new Date('2026-09-05T12:00:00.000Z') });
  });

  test('a chain from the 31st comes back to the 31st', async () => {
    clock.set('2027-01-31T09:00:00.000Z');
    const r = await seller(50_000n);
    const { id, periodEnd } = await r.create(MONTHLY);
    expect(periodEnd).toEqual(new Date('2027-02-28T09:00:00.000Z'));
    expect(await r.renew(id)).toMatchObject({ periodEnd: new Date('2027-03-31T09:00:00.000Z') });
  });

  test('is refused when canceled or terminated, and charges nothing then', async () => {
    const r = await seller();
    const { id, periodEnd } = await r.create();
    await r.cancel(id);
    await expect(r.renew(id)).rejects.toMatchObject({ message: 'A canceled subscription cannot be renewed' });
    clock.set(periodEnd);
    await expect(r.renew(id)).rejects.toMatchObject({
      message: 'A terminated subscription cannot be renewed',
    });
    expect(await r.balance()).toBe(8000n);
  });

  test('has a bound far in the future', async () => {
    const r = await seller(100_000_000n);
    const { id } = await r.create({ ...WEEKLY, billingCycle: 'ANNUAL' });
    for (let years = 2; years <= 10; years += 1) await r.renew(id);
    await expect(r.renew(id)).rejects.toEqual(refusedAs('LimitReached'));
  });

  test('is at the price of its day; what is shown is what was paid', async () => {
    const choice: PlanChoice = { ...WEEKLY, connections: 2000, authentications: 10 };
    const r = await seller(200_000n);
    const { id, plan } = await r.create(choice);
    const changed = await api.core.plans.setPrice(api.operator, choice, 10_000n, 700);
    expect(changed).toEqual({
      ...choice,
      id: plan.id,
      price: { grossCents: 10_000n, netCents: 9346n, taxCents: 654n, taxBasisPoints: 700 },
    });
    expect((await r.get(id)).plan).toEqual(plan);
    const before = await r.balance();
    expect((await r.renew(id)).plan.price.grossCents).toBe(10_000n);
    expect(before - (await r.balance())).toBe(10_000n);
  });
});

describe('changing the plan', () => {
  test('credits the unused part by the millisecond and charges in full', async () => {
    const before = await provider();
    const r = await seller();
    const { id, periodStart } = await r.create();
    clock.set(new Date(periodStart.getTime() + WEEK_MS / 2));
    const updated = await r.update(id, { ...WEEKLY, connections: 200 });
    expect(updated).toMatchObject({ plan: { connections: 200 }, periodStart: clock.now() });
    expect(updated.periodEnd.getTime()).toBe(clock.now().getTime() + WEEK_MS);
    // 2000 - 1000 unused + 3800
    expect(await r.balance()).toBe(10_000n - 1000n - 3800n);
    const after = await provider();
    expect(after.revenue - before.revenue).toBe(1681n - 840n + 3193n);
    expect(after.tax - before.tax).toBe(319n - 160n + 607n);
  });

  test('credits cycles renewed ahead in full, and each only once', async () => {
    const r = await seller();
    const { id, periodEnd } = await r.create();
    await r.renew(id);
    clock.set(new Date(periodEnd.getTime() - 1));
    // One unused millisecond of the first cycle is worth less than a cent; the second is unused.
    await r.update(id, WEEKLY);
    expect(await r.balance()).toBe(10_000n - 4000n + 2000n - 2000n);
    await r.update(id, WEEKLY);
    expect(await r.balance()).toBe(10_000n - 4000n + 2000n - 2000n);
  });

  test('may be paid for with the credit', async () => {
    const r = await seller(2000n);
    const { id } = await r.create();
    expect(await r.balance()).toBe(0n);
    await r.update(id, WEEKLY);
    expect(await r.balance()).toBe(0n);
    await expect(r.update(id, { ...WEEKLY, connections: 200 })).rejects.toEqual(
      refusedAs('InsufficientBalance'),
    );
    expect(await r.get(id)).toMatchObject({ plan: WEEKLY });
  });

  test('takes the unbound slots with the highest numbers', async () => {
    const r = await seller(50_000n);
    const { id, slots } = await r.create({ ...WEEKLY, authentications: 4 });
    await r.bind(id, '198.51.100.1');
    await r.bind(id, '198.51.100.2');
    await r.unbind(id, '198.51.100.1');
    const fewer = await r.update(id, { ...WEEKLY, authentications: 2 });
    expect(fewer.slots.map((slot) => slot.id)).toEqual([slots[0]!.id, slots[1]!.id]);
    await r.bind(id, '198.51.100.3');
    const balance = await r.balance();
    await expect(r.update(id, WEEKLY)).rejects.toEqual(refusedAs('SlotsInUse'));
    expect(await r.balance()).toBe(balance);
    const more = await r.update(id, { ...WEEKLY, authentications: 3 });
    expect(more.slots.map((slot) => slot.address)).toEqual(['198.51.100.3', '198.51.100.2', null]);
  });

  test('keeps a suspended one suspended, begins a stopped one again, refuses a canceled one', async () => {
    const r = await seller(50_000n);
    const first = await r.create();
    await r.suspend(first.id);
    expect(await r.update(first.id, WEEKLY)).toMatchObject({ status: 'SUSPENDED' });
    clock.advance(WEEK_MS);
    expect(await r.get(first.id)).toMatchObject({ status: 'STOPPED' });
    const balance = await r.balance();
    expect(await r.update(first.id, WEEKLY)).toMatchObject({ status: 'ACTIVE', periodStart: clock.now() });
    expect(balance - (await r.balance())).toBe(2000n);
    await r.cancel(first.id);
    await expect(r.update(first.id, WEEKLY)).rejects.toEqual(refusedAs('SubscriptionState'));
  });
});

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

test('the catalogue holds every combination', async () => {
  const plans = await api.core.plans.list();
  expect(plans).toHaveLength(3 * 5 * 10);
  expect(new Set(plans.map((plan) => plan.id)).size).toBe(150);
  for (const { id, price } of plans) {
    expect(id).toMatch(/^pl_[0-9a-f]{24}$/);
    expect(price.netCents + price.taxCents).toBe(price.grossCents);
  }
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
