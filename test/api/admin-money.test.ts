/** Vouchers, credit events, settings, and what runs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOwnApis, type OwnApis } from '../support/own-api.ts';

let apis: OwnApis;
beforeAll(async () => {
  apis = await createOwnApis();
});
afterAll(async () => {
  await apis.api.assertLedgerHolds();
  await apis.close();
});

describe('vouchers', () => {
  it('are made, redeemed, looked at and taken out of use; a code is shown once', async () => {
    const { owner, mine, other } = apis;
    const made = await owner.post('/vouchers', { amountCents: 1500, count: 3, maxUses: 2 });
    expect(made.status).toBe(201);
    const [first, second] = made.body.vouchers;
    expect(await mine.client.ok('POST', '/vouchers/redeem', { code: first.code.toLowerCase() })).toEqual({
      amountCents: 1500,
      balanceCents: 1500,
    });
    expect((await mine.client.post('/vouchers/redeem', { code: first.code })).body).toMatchObject({
      code: 'voucher_unusable',
    });
    await other.client.ok('POST', '/vouchers/redeem', { code: first.code });

    const { rows } = await owner.all('/vouchers?limit=2');
    expect(rows).toHaveLength(3);
    expect(rows.find((row) => row.id === first.id)).toMatchObject({
      amountCents: 1500,
      uses: 2,
      state: 'used-up',
    });
    expect(JSON.stringify(rows)).not.toContain('VFC-');
    const uses = await owner.all(`/vouchers/${first.id}/uses?limit=1`);
    expect(uses.rows.map((use) => [use.accountId, use.amountCents])).toEqual([
      [mine.id, 1500],
      [other.id, 1500],
    ]);

    expect(await owner.ok('POST', `/vouchers/${second.id}/disable`)).toMatchObject({ state: 'disabled' });
    expect((await mine.client.post('/vouchers/redeem', { code: second.code })).body).toMatchObject({
      status: 404,
      code: 'voucher_not_found',
    });
    expect((await owner.all('/vouchers?state=usable')).rows).toHaveLength(1);
    for (const id of ['vou_nobody', '%00']) {
      expect((await owner.get(`/vouchers/${id}`)).status).toBe(404);
      expect((await owner.get(`/vouchers/${id}/uses`)).status).toBe(404);
      expect((await owner.post(`/vouchers/${id}/disable`)).status).toBe(404);
    }
  });

  it('are the same again under one idempotency key', async () => {
    const call = () => apis.owner.post('/vouchers', { amountCents: 100 }, 'vouchers-once');
    expect((await call()).text).toBe((await call()).text);
  });

  it.each([
    { amountCents: 0 },
    { count: 1001 },
    { maxUses: 0 },
    { expiresAt: '2020-01-01T00:00:00Z' },
    { expiresAt: 'soon' },
  ])('are not made with %j', async (change) => {
    const answer = await apis.owner.post('/vouchers', { amountCents: 100, ...change });
    expect(answer.status).toBe(400);
  });
});

describe('credit events', () => {
  it('are listed for the provider, and for a reseller its own alone', async () => {
    const { api, owner, mine, other } = apis;
    for (const { key, accountId } of [mine, other]) {
      const identity = await api.core.keys.authenticate(key);
      for (let n = 1; n <= 5; n += 1) {
        const event = {
          kind: n === 5 ? 'purchase' : 'topup',
          cents: BigInt(n * 100),
          externalRef: `order-${n}`,
          meta: { n },
        };
        await api.core.creditEvents.record(api.operator, { keyId: identity!.keyId, accountId }, event);
      }
      const changed = { kind: 'topup', cents: 999n, externalRef: 'order-1', meta: null };
      await api.core.creditEvents.record(api.operator, { keyId: identity!.keyId, accountId }, changed);
    }
    const all = await owner.all('/credit-events?limit=3');
    expect(all.rows.map((row) => row.seq)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    const own = await mine.client.all('/credit-events?limit=2');
    expect(own.rows.map((row) => [row.accountId, row.externalRef, row.amountCents])).toEqual(
      [5, 4, 3, 2, 1].map((n) => [mine.id, `order-${n}`, n * 100]),
    );
    expect(own.rows.at(-1)).toMatchObject({ meta: { n: 1 }, mismatches: 1 });
    expect((await owner.all(`/credit-events?resellerId=${mine.id}`)).rows).toEqual(own.rows);
    expect((await owner.all('/credit-events?kind=purchase')).rows).toHaveLength(2);
    expect((await owner.all('/credit-events?mismatched=true')).rows.map((row) => row.externalRef)).toEqual([
      'order-1',
      'order-1',
    ]);
    expect((await owner.all('/credit-events?externalRef=order-3&to=2020-01-01T00:00:00Z')).rows).toEqual([]);
    expect((await owner.ok('GET', '/overview')).attention.creditMismatches).toBe(2);
    expect((await mine.client.get(`/credit-events?resellerId=${other.id}`)).body).toMatchObject({
      errors: [{ field: 'resellerId' }],
    });
  });
});

describe('settings', () => {
  it('are changed by the owner within their bounds, and put back', async () => {
    const { owner, reader } = apis;
    const named = async (name: string) =>
      (await owner.ok('GET', '/settings')).data.find((row: { name: string }) => row.name === name);
    expect(await named('lowPoolDays')).toMatchObject({ value: 7, defaultValue: 7, changedAt: null });
    expect(await owner.ok('PUT', '/settings', { name: 'lowPoolDays', value: 30 })).toMatchObject({
      value: 30,
      changedAt: expect.any(String),
    });
    expect(await named('lowPoolDays')).toMatchObject({ value: 30 });
    for (const value of [366, -1, 1.5, '7', 1e300]) {
      const answer = await owner.call({
        method: 'PUT',
        path: '/settings',
        body: { name: 'lowPoolDays', value },
      });
      expect(answer.body, String(value)).toMatchObject({ status: 400, errors: [{ field: 'value' }] });
    }
    expect(
      (await owner.call({ method: 'PUT', path: '/settings', body: { name: 'nonsense', value: 1 } })).status,
    ).toBe(400);
    expect(
      (await reader.call({ method: 'PUT', path: '/settings', body: { name: 'lowPoolDays', value: 1 } }))
        .status,
    ).toBe(403);
    expect(await owner.ok('PUT', '/settings', { name: 'lowPoolDays', value: null })).toMatchObject({
      value: 7,
      changedAt: null,
    });
  });

  it('are in effect at once: the fee for a customer', async () => {
    const { owner, api, mine } = apis;
    const before = (await mine.client.ok('GET', '/overview')).pools[0].pooledBytes;
    await owner.ok('PUT', '/settings', { name: 'infiniteCreationFeeBytes', value: 3_000_000 });
    const answer = await api.app.inject({
      method: 'POST',
      url: '/v2/customer/create?username=fee',
      headers: { authorization: `Bearer ${mine.key}` },
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('substracted 3 MB');
    expect((await mine.client.ok('GET', '/overview')).pools[0].pooledBytes).toBe(before - 3_000_000);
  });
});

describe('what runs', () => {
  it('are gateways, by name', async () => {
    const { owner, api } = apis;
    const sessionId = await api.core.leases.openSession('gw1', true);
    expect((await owner.ok('GET', '/gateways')).data).toMatchObject([
      { id: String(sessionId), name: 'gw1', alive: true, leases: 0, heldBytes: 0 },
    ]);
    await api.core.leases.closeSession(sessionId, []);
    expect((await owner.ok('GET', '/gateways')).data).toEqual([]);
  });

  it('are jobs, with what went wrong', async () => {
    const { owner, api } = apis;
    const note = (failure: string | undefined) =>
      api.core.jobRuns.note({ name: 'sweep', everyMs: 1000, startedAt: new Date(), failure });
    await note(undefined);
    await note('it broke');
    await note('it broke again');
    const state = async () =>
      (await owner.ok('GET', '/jobs')).data.find((job: { name: string }) => job.name === 'sweep');
    expect(await state()).toMatchObject({ failuresInARow: 2, failure: 'it broke again', isLate: false });
    expect(
      (await owner.ok('GET', '/overview')).attention.failingJobs.map((job: { name: string }) => job.name),
    ).toEqual(['sweep']);
    await note(undefined);
    expect(await state()).toMatchObject({
      failuresInARow: 0,
      failure: 'it broke again',
      succeededAt: expect.any(String),
    });
  });
});
