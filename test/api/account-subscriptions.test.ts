/** Subscriptions of a reseller: quoted, bought, changed, ended; and the provider's prices and list. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../src/shared/clock.ts';
import { createOwnApis, type OwnApis } from '../support/own-api.ts';

const DAY_MS = 86_400_000;
const WEEKLY = { billingCycle: 'WEEKLY', connections: 100, authentications: 2 };
const clock = new ManualClock('2026-05-04T10:00:00Z');

let apis: OwnApis;
beforeAll(async () => {
  apis = await createOwnApis({ clock });
  for (const { id } of [apis.mine, apis.other]) {
    await apis.owner.ok('POST', `/resellers/${id}/top-up`, { asset: 'usd', amount: 20_000 });
  }
});
afterAll(async () => {
  await apis.api.assertLedgerHolds();
  await apis.close();
});

const balance = async () => (await apis.mine.client.ok('GET', '/overview')).balanceCents;

describe('a subscription', () => {
  it('costs what its quote said', async () => {
    const { client } = apis.mine;
    const quote = await client.ok('POST', '/subscriptions/quote', WEEKLY);
    expect(quote).toMatchObject({
      plan: { ...WEEKLY, grossCents: 2200, netCents: 1849, taxCents: 351 },
      creditCents: 0,
      dueCents: 2200,
      balanceCents: 20_000,
      isAffordable: true,
      periodEnd: '2026-05-11T10:00:00.000Z',
    });
    const bought = await client.post('/subscriptions', WEEKLY);
    expect(bought.status).toBe(201);
    expect(bought.body).toMatchObject({
      status: 'ACTIVE',
      autoRenewal: false,
      periodEnd: quote.periodEnd,
      plan: quote.plan,
      slots: [{ address: null }, { address: null }],
      reseller: { id: apis.mine.id, storeCode: 'MINE' },
    });
    expect(await balance()).toBe(17_800);

    clock.advance(3.5 * DAY_MS);
    const larger = { ...WEEKLY, connections: 200 };
    const { id } = bought.body;
    const change = await client.ok('POST', '/subscriptions/quote', { ...larger, subscriptionId: id });
    expect(change).toMatchObject({ creditCents: 1100, dueCents: change.plan.grossCents - 1100 });
    const changed = await client.ok('POST', `/subscriptions/${id}/change`, larger);
    expect(changed.plan).toEqual(change.plan);
    expect(await balance()).toBe(17_800 - change.dueCents);

    const { rows } = await client.all('/statement?asset=usd');
    expect(
      rows.filter((row) => row.reason.startsWith('subscription.')).every((row) => row.subscriptionId === id),
    ).toBe(true);
  });

  it('is renewed, suspended, resumed, bound to addresses and canceled', async () => {
    const { client } = apis.mine;
    const { id } = await client.ok('POST', '/subscriptions', WEEKLY);
    const path = `/subscriptions/${id}`;
    expect(await client.ok('POST', `${path}/bind`, { address: '203.0.113.7' })).toMatchObject({
      slots: [{ address: '203.0.113.7' }, { address: null }],
    });
    expect((await client.post(`${path}/bind`, { address: '203.0.113.0/24' })).body).toMatchObject({
      status: 400,
    });
    await client.ok('POST', `${path}/bind`, { address: '2001:db8::7' });
    expect((await client.post(`${path}/bind`, { address: '203.0.113.8' })).body).toMatchObject({
      code: 'no_free_slot',
    });
    expect(await client.ok('POST', `${path}/unbind`, { address: '203.0.113.7' })).toMatchObject({
      slots: [{ address: null }, { address: '2001:db8::7' }],
    });
    expect(await client.ok('PUT', `${path}/auto-renewal`, { autoRenewal: true })).toMatchObject({
      autoRenewal: true,
    });
    expect(await client.ok('POST', `${path}/suspend`)).toMatchObject({ status: 'SUSPENDED' });
    expect(await client.ok('POST', `${path}/resume`)).toMatchObject({ status: 'ACTIVE' });
    const before = await client.ok('GET', path);
    const renewed = await client.ok('POST', `${path}/renew`);
    expect(Date.parse(renewed.periodEnd) - Date.parse(before.periodEnd)).toBe(7 * DAY_MS);
    expect(await client.ok('POST', `${path}/cancel`)).toMatchObject({ canceled: true, status: 'ACTIVE' });
    expect((await client.post(`${path}/renew`)).body).toMatchObject({
      status: 409,
      code: 'subscription_state',
    });
  });

  it('is bought once under one idempotency key', async () => {
    const { client } = apis.mine;
    const first = await client.post('/subscriptions', WEEKLY, 'buy-one');
    const again = await client.post('/subscriptions', WEEKLY, 'buy-one');
    expect(again.body.id).toBe(first.body.id);
    const { rows } = await client.all('/subscriptions?limit=2');
    expect(rows.filter((row) => row.id === first.body.id)).toHaveLength(1);
  });

  it('of another reseller is not there', async () => {
    const { id } = await apis.other.client.ok('POST', '/subscriptions', WEEKLY);
    const { client } = apis.mine;
    const calls = [
      client.get(`/subscriptions/${id}`),
      ...['renew', 'suspend', 'resume', 'cancel'].map((action) =>
        client.post(`/subscriptions/${id}/${action}`),
      ),
      client.post(`/subscriptions/${id}/change`, WEEKLY),
      client.post(`/subscriptions/${id}/bind`, { address: '203.0.113.99' }),
      client.post('/subscriptions/quote', { ...WEEKLY, subscriptionId: id }),
      client.call({ method: 'PUT', path: `/subscriptions/${id}/auto-renewal`, body: { autoRenewal: true } }),
    ];
    const nobody = await client.get('/subscriptions/su_000000000000000000000000');
    for (const answer of await Promise.all(calls)) {
      expect([answer.status, answer.body]).toEqual([404, nobody.body]);
    }
    expect((await client.all('/subscriptions')).rows.map((row) => row.id)).not.toContain(id);
    expect(
      (await apis.owner.all(`/subscriptions?resellerId=${apis.other.id}`)).rows.map((row) => row.id),
    ).toEqual([id]);
    expect((await apis.owner.all('/subscriptions?limit=2')).rows.map((row) => row.id)).toContain(id);
  });

  it.each([
    { connections: 150 },
    { billingCycle: 'DAILY' },
    { authentications: 11 },
    { authentications: 1.5 },
    { extra: 1 },
  ])('is not bought with %j', async (change) => {
    const answer = await apis.mine.client.post('/subscriptions', { ...WEEKLY, ...change });
    expect(answer.body).toMatchObject({ status: 400, errors: [{ field: Object.keys(change)[0] }] });
  });

  it('is suspended by the provider', async () => {
    const { rows } = await apis.owner.all(`/subscriptions?resellerId=${apis.other.id}&status=ACTIVE`);
    const [{ id }] = rows;
    expect(await apis.owner.ok('POST', `/subscriptions/${id}/suspend`)).toMatchObject({
      status: 'SUSPENDED',
    });
    expect((await apis.owner.all(`/subscriptions?resellerId=${apis.other.id}&status=ACTIVE`)).rows).toEqual(
      [],
    );
    expect(await apis.other.client.ok('GET', `/subscriptions/${id}`)).toMatchObject({ status: 'SUSPENDED' });
  });

  it('without automatic renewal needs attention before its end', async () => {
    const { attention } = await apis.owner.ok('GET', '/overview');
    expect(attention.expiringSubscriptions.count).toBe(0);
    clock.advance(4 * DAY_MS);
    const later = (await apis.owner.ok('GET', '/overview')).attention.expiringSubscriptions;
    expect(later.count).toBeGreaterThan(0);
    expect(later.first).toHaveLength(later.count);
    await apis.owner.ok('PUT', '/settings', { name: 'expiringDays', value: 0 });
    expect((await apis.owner.ok('GET', '/overview')).attention.expiringSubscriptions.count).toBe(0);
  });
});

describe('prices', () => {
  it('are changed by the provider, for what is bought from then on', async () => {
    const { owner, reader, mine } = apis;
    const choice = { billingCycle: 'ANNUAL', connections: 2000, authentications: 10 };
    const changed = await owner.ok('PUT', '/plans/price', {
      ...choice,
      grossCents: 119_00,
      taxBasisPoints: 1900,
    });
    expect(changed).toMatchObject({ ...choice, grossCents: 11_900, netCents: 10_000, taxCents: 1_900 });
    const plans = (await mine.client.ok('GET', '/plans')).data;
    expect(plans).toHaveLength(150);
    expect(plans).toContainEqual(changed);
    expect(await owner.ok('PUT', '/plans/tax-rate', { taxBasisPoints: 0 })).toEqual({ plans: 150 });
    expect((await mine.client.ok('POST', '/subscriptions/quote', choice)).plan).toMatchObject({
      grossCents: 11_900,
      taxCents: 0,
    });
    const refused = await reader.call({
      method: 'PUT',
      path: '/plans/tax-rate',
      body: { taxBasisPoints: 5 },
    });
    expect(refused.status).toBe(403);
  });
});
