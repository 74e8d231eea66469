/** Ghostealth's contract, field by field: the account, buying, listing, who may call, errors. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ANSWERS } from '../../src/api/dialects/ghostealth/errors.ts';
import { ERROR_CODES } from '../../src/core/errors.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import {
  expectError,
  ghostealthClient,
  HEX_24,
  PREFIXES,
  WEEKLY_100 as WEEKLY,
} from '../support/ghostealth.ts';
import { WEEK_MS } from '../support/subscriptions.ts';

// The instant of the source's example.
const clock = new ManualClock(new Date(1_773_124_248_080));
let api: TestApi;
let client: ReturnType<typeof ghostealthClient>;

beforeAll(async () => {
  api = await createTestApi({ clock });
  client = ghostealthClient(api);
});

// Another minute, another ten calls.
beforeEach(() => clock.advance(60_000));

afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});

describe('GET /resellers', () => {
  test.each(PREFIXES)(
    'under %s: the account, its money and figures, and the caller’s own key',
    async (prefix) => {
      const reseller = await client.seller(12_345n);
      const first = await client.bought(reseller.key);
      await client.bought(reseller.key);
      await client.call(reseller.key, 'PUT', `/resellers/subscriptions/${first}/suspend`);
      const { status, body, headers } = await client.call(reseller.key, 'GET', '/resellers', undefined, {
        prefix,
      });
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
      expect(body).toEqual({
        data: {
          id: expect.stringMatching(`^rs_${HEX_24}$`),
          balance: {
            id: expect.stringMatching(`^rb_${HEX_24}$`),
            amount: { currency: 'USD', value: 8345, fee: 0 },
          },
          statistic: {
            id: expect.stringMatching(`^rs_${HEX_24}$`),
            totalSubscriptions: 2,
            activeSubscriptions: 1,
            stoppedSubscriptions: 0,
            terminatedSubscriptions: 0,
            suspendedSubscriptions: 1,
          },
          app: {
            id: expect.stringMatching(`^ap_${HEX_24}$`),
            title: 'Reseller-App',
            description: expect.stringMatching(`^Reseller-App for: us_${HEX_24}$`),
            apiKey: reseller.key,
          },
        },
      });
      expect(
        JSON.stringify(body.data)
          .replace(/"[a-z]{2}_[0-9a-f]{24}"/g, '""')
          .replace(/us_[0-9a-f]{24}/, ''),
      ).toBe(
        '{"id":"","balance":{"id":"","amount":{"currency":"USD","value":8345,"fee":0}},"statistic":{"id":"",' +
          '"totalSubscriptions":2,"activeSubscriptions":1,"stoppedSubscriptions":0,"terminatedSubscriptions":0,' +
          `"suspendedSubscriptions":1},"app":{"id":"","title":"Reseller-App","description":"Reseller-App for: ","apiKey":"${reseller.key}"}}`,
      );
      const again = await client.call(reseller.key, 'GET', '/resellers');
      expect(again.body).toEqual(body);
    },
  );

  test('echoes the key of this call, not another of the account', async () => {
    const reseller = await client.seller();
    const second = await api.mintKey(reseller.accountId, ['reseller:read']);
    expect((await client.call(second, 'GET', '/resellers')).body.data.app.apiKey).toBe(second);
  });
});

describe('buying and listing', () => {
  test('the whole subscription, in the source’s order', async () => {
    const { key } = await client.seller();
    const now = clock.now().getTime();
    const { status, text, body } = await client.call(key, 'POST', '/resellers/subscriptions', WEEKLY);
    expect(status).toBe(200);
    const id = (prefix: string) => expect.stringMatching(`^${prefix}_${HEX_24}$`);
    expect(body).toEqual({
      data: {
        id: id('su'),
        status: 'ACTIVE',
        type: 'STANDARD',
        canceled: false,
        period: {
          start: { timestamp: now, date: now },
          end: { timestamp: now + WEEK_MS, date: now + WEEK_MS },
        },
        consumption: { bytes: 0, requests: 0 },
        plan: {
          id: id('pl'),
          title: 'GS-DAT 100',
          description: 'Weekly billing',
          billingCycle: 'WEEKLY',
          price: {
            currency: 'USD',
            netAmount: 1681,
            grossAmount: 2000,
            taxAmount: 319,
            feeAmount: 0,
            taxRate: 19,
          },
          configuration: { type: 'DATACENTER', connections: 100, authentications: 1 },
        },
        slots: [{ id: id('sl'), status: 'ENABLED', state: 'UNBOUND', synchronization: 'SYNCED', type: 'IP' }],
      },
    });
    expect(
      text
        .replace(/[a-z]{2}_[0-9a-f]{24}/g, 'ID')
        .replaceAll(String(now), 'S')
        .replaceAll(String(now + WEEK_MS), 'E'),
    ).toBe(
      '{"data":{"id":"ID","status":"ACTIVE","type":"STANDARD","canceled":false,"period":{"start":{"timestamp":S,"date":S},' +
        '"end":{"timestamp":E,"date":E}},"consumption":{"bytes":0,"requests":0},"plan":{"id":"ID","title":"GS-DAT 100",' +
        '"description":"Weekly billing","billingCycle":"WEEKLY","price":{"currency":"USD","netAmount":1681,"grossAmount":2000,' +
        '"taxAmount":319,"feeAmount":0,"taxRate":19},"configuration":{"type":"DATACENTER","connections":100,"authentications":1}},' +
        '"slots":[{"id":"ID","status":"ENABLED","state":"UNBOUND","synchronization":"SYNCED","type":"IP"}]}}',
    );
    const page = await client.call(key, 'GET', '/resellers/subscriptions', undefined, {
      prefix: '/dev/v1.0',
    });
    expect(page.text).toBe(
      `{"data":[${text.slice('{"data":'.length, -1)}],"page":0,"size":20,"totalElements":1,"totalPages":1}`,
    );
  });

  test('pages', async () => {
    const { key } = await client.seller(50_000n);
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      made.push(await client.bought(key));
      clock.advance(1);
    }
    const list = async (query: string) =>
      (await client.call(key, 'GET', `/resellers/subscriptions?${query}`)).body;
    const ids = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id);
    expect(ids(await list(''))).toEqual([...made].reverse());
    expect(ids(await list('sortBy=id&direction=ASC'))).toEqual(made);
    const last = await list('page=2&size=2&direction=ASC');
    expect(ids(last)).toEqual([made[4]]);
    expect(last).toMatchObject({ page: 2, size: 2, totalElements: 5, totalPages: 3 });
    expect(await list('page=3&size=2')).toEqual({
      data: [],
      page: 3,
      size: 2,
      totalElements: 5,
      totalPages: 3,
    });
    expect(ids(await list('sortBy=createdAt&direction=ASC&size=100'))).toEqual(made);
    expect(ids(await list('sortBy=periodEnd&direction=ASC'))).toEqual(made);
    expect(ids(await list('sortBy=status&direction=ASC'))).toEqual(made);
  });

  test('nothing to list is an empty page', async () => {
    const { key } = await client.seller(0n);
    expect((await client.call(key, 'GET', '/resellers/subscriptions')).body).toEqual({
      data: [],
      page: 0,
      size: 20,
      totalElements: 0,
      totalPages: 0,
    });
  });

  test.each([
    ['page=-1', 'page must be a whole number from 0 to 999999'],
    ['page=1.5', 'page must be a whole number from 0 to 999999'],
    ['size=0', 'size must be a whole number from 1 to 100'],
    ['size=101', 'size must be a whole number from 1 to 100'],
    ['sortBy=price', 'sortBy must be one of id, status, createdAt, periodEnd'],
    ['direction=down', 'direction must be one of ASC, DESC'],
  ])('?%s is refused with what is allowed', async (query, message) => {
    const { key } = await client.seller(0n);
    const answer = await client.call(key, 'GET', `/resellers/subscriptions?${query}`);
    expectError(answer, 400, 'INVALID_FIELD');
    expect(answer.body.message).toBe(message);
  });

  test.each([
    [{ connections: '200' }, 'connections must be one of 100, 200, 500, 1000, 2000'],
    [{ connections: 200.5 }, 'connections must be one of 100, 200, 500, 1000, 2000'],
    [{ connections: 300 }, 'connections must be one of 100, 200, 500, 1000, 2000'],
    [{ connections: true }, 'connections must be one of 100, 200, 500, 1000, 2000'],
    [{ billingCycle: 'DAILY' }, 'billingCycle must be one of WEEKLY, MONTHLY, ANNUAL'],
    [{ billingCycle: 'weekly' }, 'billingCycle must be one of WEEKLY, MONTHLY, ANNUAL'],
    [{ billingCycle: 7 }, 'billingCycle must be one of WEEKLY, MONTHLY, ANNUAL'],
    [{ authentications: 0 }, 'authentications must be a whole number from 1 to 10'],
    [{ authentications: 11 }, 'authentications must be a whole number from 1 to 10'],
    [{ authentications: 1.5 }, 'authentications must be a whole number from 1 to 10'],
    [{ authentications: '1' }, 'authentications must be a whole number from 1 to 10'],
  ])('%j is bad input', async (change, message) => {
    const reseller = await client.seller();
    for (const path of ['/resellers/subscriptions', '/resellers/subscriptions/su_0123456789abcdef01234567']) {
      const answer = await client.call(reseller.key, 'POST', path, { ...WEEKLY, ...change });
      expectError(answer, 400, 'INVALID_FIELD');
      expect(answer.body.message).toBe(message);
    }
    expect(await client.balanceOf(reseller)).toBe(10_000);
  });

  test('all three fields are required, and named with what they may be', async () => {
    const { key } = await client.seller();
    const one = await client.call(key, 'POST', '/resellers/subscriptions', { ...WEEKLY, connections: null });
    expectError(one, 400, 'MISSING_FIELDS');
    expect(one.body.message).toBe(
      'Missing required field: connections (connections must be one of 100, 200, 500, 1000, 2000)',
    );
    const all = await client.call(key, 'POST', '/resellers/subscriptions');
    expectError(all, 400, 'MISSING_FIELDS');
    for (const word of ['billingCycle', 'ANNUAL', '2000', 'authentications']) {
      expect(all.body.message).toContain(word);
    }
  });

  test('too little money is 402', async () => {
    const reseller = await client.seller(1999n);
    expectError(
      await client.call(reseller.key, 'POST', '/resellers/subscriptions', WEEKLY),
      402,
      'INSUFFICIENT_BALANCE',
    );
    expect(await client.balanceOf(reseller)).toBe(1999);
  });

  test('an Idempotency-Key buys once, and belongs to one request', async () => {
    const reseller = await client.seller();
    const headers = { 'idempotency-key': 'order-7' };
    const buy = (body: object) =>
      client.call(reseller.key, 'POST', '/resellers/subscriptions', body, { headers });
    const first = await buy(WEEKLY);
    const second = await buy(WEEKLY);
    expect(second.text).toBe(first.text);
    expect(await client.balanceOf(reseller)).toBe(8000);
    expectError(await buy({ ...WEEKLY, connections: 200 }), 422, 'IDEMPOTENCY_KEY_REUSED');
  });
});

describe('who may call', () => {
  test('nobody without a good key in the right scheme', async () => {
    const { key } = await client.seller();
    for (const authorization of [undefined, '', 'ApiKey', `Bearer ${key}`, `ApiKey ${key}x`, key]) {
      const answer = await client.call(
        undefined,
        'GET',
        '/resellers',
        undefined,
        authorization === undefined ? {} : { headers: { authorization } },
      );
      expectError(answer, 401, 'UNAUTHORIZED');
      expect(answer.headers['www-authenticate']).toBe('ApiKey realm="headgate"');
    }
    const lowerCase = { headers: { authorization: `apikey ${key}` } };
    expect((await client.call(undefined, 'GET', '/resellers', undefined, lowerCase)).status).toBe(200);
  });

  test('no account that is not a reseller', async () => {
    await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', 'a long password');
    const { id } = await api.core.accounts.find('owner@example.com');
    const key = await api.mintKey(id, ['reseller:read', 'reseller:write']);
    for (const prefix of PREFIXES) {
      expectError(await client.call(key, 'GET', '/resellers', undefined, { prefix }), 403, 'NOT_RESELLER');
    }
  });

  test('no key without the scope', async () => {
    const reseller = await client.seller();
    const reads = await api.mintKey(reseller.accountId, ['reseller:read']);
    const writes = await api.mintKey(reseller.accountId, ['reseller:write']);
    expect((await client.call(reads, 'GET', '/resellers/subscriptions')).status).toBe(200);
    expectError(
      await client.call(reads, 'POST', '/resellers/subscriptions', WEEKLY),
      403,
      'INSUFFICIENT_SCOPE',
    );
    expectError(await client.call(writes, 'GET', '/resellers'), 403, 'INSUFFICIENT_SCOPE');
    expect(await client.balanceOf(reseller)).toBe(10_000);
  });
});

describe('errors keep the envelope', () => {
  test.each(PREFIXES)('under %s', async (prefix) => {
    const { key } = await client.seller();
    const at = '/resellers/subscriptions';
    expectError(await client.call(key, 'GET', '/resellers/nothing', undefined, { prefix }), 404, 'NOT_FOUND');
    expectError(await client.call(key, 'DELETE', at, undefined, { prefix }), 404, 'NOT_FOUND');
    expectError(await client.call(key, 'GET', '/%ff', undefined, { prefix }), 404, 'NOT_FOUND');
    expectError(await client.call(key, 'POST', at, '{"billingCycle":', { prefix }), 400, 'BAD_REQUEST');
    expectError(await client.call(key, 'POST', at, '[]', { prefix }), 400, 'BAD_REQUEST');
    const form = { prefix, headers: { 'content-type': 'text/plain' } };
    expectError(await client.call(key, 'POST', at, 'x', form), 400, 'BAD_REQUEST');
    expectError(
      await client.call(key, 'POST', at, `"${'x'.repeat(20_000)}"`, { prefix }),
      413,
      'PAYLOAD_TOO_LARGE',
    );
    const idempotency = { prefix, headers: { 'idempotency-key': 'a b' } };
    expectError(await client.call(key, 'POST', at, WEEKLY, idempotency), 400, 'INVALID_FIELD');
  });

  test('each of the core’s has a status and a code in capitals', () => {
    expect(Object.keys(ANSWERS).sort()).toEqual([...ERROR_CODES].sort());
    for (const { status, code } of Object.values(ANSWERS)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    }
  });
});
