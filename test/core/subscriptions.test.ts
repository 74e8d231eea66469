/** Buying, renewing and changing: what is charged, credited and when periods end. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Invocation } from '../../src/core/command.ts';
import { rootLedgerAccount } from '../../src/core/ledger/ledger.ts';
import type { PlanChoice } from '../../src/core/subscriptions/plans.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import { createSeller, JOB, refusedAs, WEEK_MS, WEEKLY } from '../support/subscriptions.ts';

const MONTHLY: PlanChoice = { ...WEEKLY, billingCycle: 'MONTHLY' };

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

async function provider() {
  const { sql } = api.database;
  const balance = async (kind: string) => {
    const id = await rootLedgerAccount(sql, 'usd', kind);
    const [row] = await sql<{ balance: bigint }[]>`SELECT balance FROM ledger_account WHERE id = ${id}`;
    return row!.balance;
  };
  return { revenue: await balance('revenue'), tax: await balance('tax') };
}

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

test('the catalogue holds every combination', async () => {
  const plans = await api.core.plans.list();
  expect(plans).toHaveLength(3 * 5 * 10);
  expect(new Set(plans.map((plan) => plan.id)).size).toBe(150);
  for (const { id, price } of plans) {
    expect(id).toMatch(/^pl_[0-9a-f]{24}$/);
    expect(price.netCents + price.taxCents).toBe(price.grossCents);
  }
});
