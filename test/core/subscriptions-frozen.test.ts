/** An account whose money is frozen buys nothing, by a call or by itself. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import { createSeller, JOB, refusedAs, WEEKLY } from '../support/subscriptions.ts';

const clock = new ManualClock('2026-05-01T00:00:00Z');
let api: TestApi;

beforeAll(async () => {
  api = await createTestApi({ clock });
});

afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});

async function freeze(accountId: bigint, frozen: boolean): Promise<void> {
  const [row] = await api.database.sql<
    { email: string }[]
  >`SELECT email FROM account WHERE id = ${accountId}`;
  await api.core.credits.setFrozen(api.operator, row!.email, frozen);
}

test('frozen money is refused for every purchase, and works again when it is freed', async () => {
  const r = await createSeller(api);
  const { id } = await r.create();
  await freeze(r.accountId, true);
  await expect(r.create()).rejects.toEqual(refusedAs('CreditsFrozen'));
  await expect(r.renew(id)).rejects.toEqual(refusedAs('CreditsFrozen'));
  await expect(r.update(id, { ...WEEKLY, connections: 200 })).rejects.toEqual(refusedAs('CreditsFrozen'));
  expect(await r.balance()).toBe(8000n);
  // What costs nothing still works.
  await r.suspend(id);
  await r.resume(id);
  await freeze(r.accountId, false);
  await r.renew(id);
  expect(await r.balance()).toBe(6000n);
});

test('an automatic renewal of a frozen account stops the subscription, like one that cannot be paid', async () => {
  const r = await createSeller(api);
  const { id, periodEnd } = await r.create();
  await r.renewItself(id);
  await freeze(r.accountId, true);
  clock.set(periodEnd);
  await api.core.subscriptions.expireDue(JOB);
  expect((await r.get(id)).status).toBe('STOPPED');
  expect(await r.balance()).toBe(8000n);
});
