/** Ghostealth's contract, call by call and field by field. */
import { Ajv } from 'ajv';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ANSWERS } from '../../src/api/dialects/ghostealth/errors.ts';
import {
  EmptyAnswer,
  PageAnswer,
  RenewedAnswer,
  ResellerAnswer,
  SlotsAnswer,
  SubscriptionAnswer,
} from '../../src/api/dialects/ghostealth/schemas.ts';
import { ERROR_CODES } from '../../src/core/errors.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';

const PREFIXES = ['/api/v1.0', '/dev/v1.0'] as const;
const WEEKLY = { billingCycle: 'WEEKLY', connections: 100, authentications: 1 };
const WEEK_MS = 7 * 24 * 3600_000;
const HEX_24 = '[0-9a-f]{24}';

// The instant of the source's example.
const clock = new ManualClock(new Date(1_773_124_248_080));
let api: TestApi;

beforeAll(async () => {
  api = await createTestApi({ clock });
});

// Another minute, another ten calls.
beforeEach(() => clock.advance(60_000));

afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field.
  body: any;
  text: string;
  headers: Record<string, unknown>;
}

interface CallOptions {
  prefix?: string;
  headers?: Record<string, string>;
}

async function call(
  key: string | undefined,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  { prefix = '/api/v1.0', headers = {} }: CallOptions = {},
): Promise<Answer> {
  const response = await api.app.inject({
    method,
    url: `${prefix}${path}`,
    headers: {
      ...(key === undefined ? {} : { authorization: `ApiKey ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const parsed = response.body === '' ? undefined : JSON.parse(response.body);
  if (response.statusCode === 200) expectDescribed(method, path, parsed);
  return {
    status: response.statusCode,
    body: parsed,
    text: response.body,
    headers: response.headers,
  };
}

const ajv = new Ajv({ strict: false });
const DESCRIBED: [RegExp, (body: unknown) => boolean][] = [
  [/^GET \/resellers$/, ajv.compile(ResellerAnswer)],
  [/^GET \/resellers\/subscriptions$/, ajv.compile(PageAnswer)],
  [/^GET .*\/slots$/, ajv.compile(SlotsAnswer)],
  [/^POST /, ajv.compile(SubscriptionAnswer)],
  [/^PUT \/resellers\/subscriptions\/[^/]+$/, ajv.compile(RenewedAnswer)],
  [/^PUT /, ajv.compile(EmptyAnswer)],
];

/** Every good answer is what the reference says it is. */
function expectDescribed(method: string, path: string, body: unknown): void {
  const endpoint = `${method} ${path.split('?', 1)[0]}`;
  const [, isDescribed] = DESCRIBED.find(([pattern]) => pattern.test(endpoint))!;
  expect(isDescribed(body), `${endpoint} answered ${JSON.stringify(body)}`).toBe(true);
}

async function seller(cents = 10_000n): Promise<TestReseller> {
  const reseller = await api.reseller();
  if (cents > 0n) await api.core.accounts.topUp(api.operator, reseller.storeCode, 'usd', cents);
  return reseller;
}

async function bought(key: string, choice: object = WEEKLY): Promise<string> {
  const { status, body } = await call(key, 'POST', '/resellers/subscriptions', choice);
  expect(status).toBe(200);
  return body.data.id;
}

const balanceOf = async ({ accountId }: TestReseller) =>
  Number(await api.core.accounts.balance(accountId, 'usd'));

function expectError(answer: Answer, status: number, code: string): void {
  expect(answer.status).toBe(status);
  expect(Object.keys(answer.body)).toEqual(['success', 'message', 'code']);
  expect(answer.body).toEqual({ success: false, message: expect.any(String), code });
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
}

describe('GET /resellers', () => {
  test.each(PREFIXES)(
    'under %s: the account, its money and figures, and the caller’s own key',
    async (prefix) => {
      const reseller = await seller(12_345n);
      const first = await bought(reseller.key);
      await bought(reseller.key);
      await call(reseller.key, 'PUT', `/resellers/subscriptions/${first}/suspend`);
      const { status, body, headers } = await call(reseller.key, 'GET', '/resellers', undefined, { prefix });
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
      const again = await call(reseller.key, 'GET', '/resellers');
      expect(again.body).toEqual(body);
    },
  );

  test('echoes the key of this call, not another of the account', async () => {
    const reseller = await seller();
    const second = await api.mintKey(reseller.accountId, ['reseller:read']);
    expect((await call(second, 'GET', '/resellers')).body.data.app.apiKey).toBe(second);
  });
});

describe('buying and listing', () => {
  test('the whole subscription, in the source’s order', async () => {
    const { key } = await seller();
    const now = clock.now().getTime();
    const { status, text, body } = await call(key, 'POST', '/resellers/subscriptions', WEEKLY);
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
    const page = await call(key, 'GET', '/resellers/subscriptions', undefined, { prefix: '/dev/v1.0' });
    expect(page.text).toBe(
      `{"data":[${text.slice('{"data":'.length, -1)}],"page":0,"size":20,"totalElements":1,"totalPages":1}`,
    );
  });

  test('pages', async () => {
    const { key } = await seller(50_000n);
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      made.push(await bought(key));
      clock.advance(1);
    }
    const list = async (query: string) => (await call(key, 'GET', `/resellers/subscriptions?${query}`)).body;
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
    const { key } = await seller(0n);
    expect((await call(key, 'GET', '/resellers/subscriptions')).body).toEqual({
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
    const { key } = await seller(0n);
    const answer = await call(key, 'GET', `/resellers/subscriptions?${query}`);
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
    const reseller = await seller();
    for (const path of ['/resellers/subscriptions', '/resellers/subscriptions/su_0123456789abcdef01234567']) {
      const answer = await call(reseller.key, 'POST', path, { ...WEEKLY, ...change });
      expectError(answer, 400, 'INVALID_FIELD');
      expect(answer.body.message).toBe(message);
    }
    expect(await balanceOf(reseller)).toBe(10_000);
  });

  test('all three fields are required, and named with what they may be', async () => {
    const { key } = await seller();
    const one = await call(key, 'POST', '/resellers/subscriptions', { ...WEEKLY, connections: null });
    expectError(one, 400, 'MISSING_FIELDS');
    expect(one.body.message).toBe(
      'Missing required field: connections (connections must be one of 100, 200, 500, 1000, 2000)',
    );
    const all = await call(key, 'POST', '/resellers/subscriptions');
    expectError(all, 400, 'MISSING_FIELDS');
    for (const word of ['billingCycle', 'ANNUAL', '2000', 'authentications']) {
      expect(all.body.message).toContain(word);
    }
  });

  test('too little money is 402', async () => {
    const reseller = await seller(1999n);
    expectError(
      await call(reseller.key, 'POST', '/resellers/subscriptions', WEEKLY),
      402,
      'INSUFFICIENT_BALANCE',
    );
    expect(await balanceOf(reseller)).toBe(1999);
  });

  test('an Idempotency-Key buys once, and belongs to one request', async () => {
    const reseller = await seller();
    const headers = { 'idempotency-key': 'order-7' };
    const buy = (body: object) => call(reseller.key, 'POST', '/resellers/subscriptions', body, { headers });
    const first = await buy(WEEKLY);
    const second = await buy(WEEKLY);
    expect(second.text).toBe(first.text);
    expect(await balanceOf(reseller)).toBe(8000);
    expectError(await buy({ ...WEEKLY, connections: 200 }), 422, 'IDEMPOTENCY_KEY_REUSED');
  });
});

describe('one subscription', () => {
  test('is changed: credit, full charge, a new period, the same shape', async () => {
    const reseller = await seller();
    const id = await bought(reseller.key);
    clock.advance(WEEK_MS / 4);
    const { status, body } = await call(reseller.key, 'POST', `/resellers/subscriptions/${id}`, {
      billingCycle: 'MONTHLY',
      connections: 100,
      authentications: 2,
    });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      id,
      status: 'ACTIVE',
      type: 'STANDARD',
      canceled: false,
      period: { start: { timestamp: clock.now().getTime() } },
      plan: {
        description: 'Monthly billing',
        billingCycle: 'MONTHLY',
        configuration: { connections: 100, authentications: 2 },
      },
    });
    expect(body.data.slots).toHaveLength(2);
    expect(await balanceOf(reseller)).toBe(10_000 - 2000 + 1500 - 8800);
  });

  test('is renewed', async () => {
    const reseller = await seller();
    const id = await bought(reseller.key);
    const { status, text } = await call(reseller.key, 'PUT', `/resellers/subscriptions/${id}`);
    expect(status).toBe(200);
    expect(text).toBe('{"success":true,"message":"Subscription renewed successfully."}');
    expect(await balanceOf(reseller)).toBe(6000);
  });

  test('answers {} to changes of state, again and again', async () => {
    const { key } = await seller();
    const id = await bought(key);
    const at = `/resellers/subscriptions/${id}`;
    for (const action of ['suspend', 'suspend', 'resume', 'resume', 'cancel', 'cancel']) {
      const { status, text } = await call(key, 'PUT', `${at}/${action}`, undefined, {
        headers: { 'content-type': 'application/json' },
      });
      expect([status, text]).toEqual([200, '{}']);
    }
    const [listed] = (await call(key, 'GET', '/resellers/subscriptions')).body.data;
    expect(listed).toMatchObject({ id, status: 'ACTIVE', canceled: true });
  });

  test('renews itself when asked to', async () => {
    const reseller = await seller();
    const id = await bought(reseller.key);
    const at = `/resellers/subscriptions/${id}/autorenewal`;
    const { status, text } = await call(reseller.key, 'PUT', at, { autoRenewal: true });
    expect([status, text]).toEqual([200, '{}']);
    for (const [body, code] of [
      [{ autoRenewal: 'true' }, 'INVALID_FIELD'],
      [{ autoRenewal: 1 }, 'INVALID_FIELD'],
      [{}, 'MISSING_FIELDS'],
    ] as const) {
      const answer = await call(reseller.key, 'PUT', at, body);
      expectError(answer, 400, code);
      expect(answer.body.message).toContain('true or false');
    }
    clock.advance(WEEK_MS);
    await api.core.subscriptions.expireDue({ actor: { name: 'system', accountId: null, door: 'job' } });
    expect(await balanceOf(reseller)).toBe(6000);
    expect((await call(reseller.key, 'PUT', at, { autoRenewal: false })).text).toBe('{}');
  });

  test('has slots, bound and unbound by address', async () => {
    const { key } = await seller();
    const id = await bought(key, { ...WEEKLY, authentications: 2 });
    const at = `/resellers/subscriptions/${id}`;
    expect((await call(key, 'PUT', `${at}/whitelist`, { ip: '2001:DB8::0:1' })).text).toBe('{}');
    expect((await call(key, 'PUT', `${at}/whitelist`, { ip: '2001:db8::1' })).text).toBe('{}');
    const { status, body } = await call(key, 'GET', `${at}/slots`);
    expect(status).toBe(200);
    const slot = {
      id: expect.stringMatching(`^sl_${HEX_24}$`),
      status: 'ENABLED',
      synchronization: 'SYNCED',
      type: 'IP',
    };
    expect(body).toEqual({
      data: [
        { ...slot, state: 'BOUND', ip: '2001:db8::1' },
        { ...slot, state: 'UNBOUND' },
      ],
    });
    expect(body.data.map(Object.keys)).toEqual([
      ['id', 'status', 'state', 'synchronization', 'type', 'ip'],
      ['id', 'status', 'state', 'synchronization', 'type'],
    ]);
    expect((await call(key, 'PUT', `${at}/whitelist`, { ip: '203.0.113.1' })).text).toBe('{}');
    expectError(await call(key, 'PUT', `${at}/whitelist`, { ip: '203.0.113.2' }), 409, 'NO_FREE_SLOT');
    const other = await bought(key);
    expectError(
      await call(key, 'PUT', `/resellers/subscriptions/${other}/whitelist`, { ip: '203.0.113.1' }),
      409,
      'IP_IN_USE',
    );
    expect((await call(key, 'PUT', `${at}/blacklist`, { ip: '203.0.113.1' })).text).toBe('{}');
    expect((await call(key, 'PUT', `${at}/blacklist`, { ip: '203.0.113.1' })).text).toBe('{}');
    for (const ip of ['203.0.113.0/24', 'example.com', '', 7]) {
      const answer = await call(key, 'PUT', `${at}/blacklist`, { ip });
      expectError(answer, 400, 'INVALID_FIELD');
      expect(answer.body.message).toMatch(/^ip must be /);
    }
    expectError(await call(key, 'PUT', `${at}/whitelist`, {}), 400, 'MISSING_FIELDS');
  });

  test('refuses what its state does not allow', async () => {
    const reseller = await seller(50_000n);
    const { key } = reseller;
    const at = `/resellers/subscriptions/${await bought(key, { ...WEEKLY, authentications: 2 })}`;
    await call(key, 'PUT', `${at}/whitelist`, { ip: '203.0.113.10' });
    await call(key, 'PUT', `${at}/whitelist`, { ip: '203.0.113.11' });
    expectError(await call(key, 'POST', at, WEEKLY), 409, 'SLOTS_IN_USE');
    await call(key, 'PUT', `${at}/cancel`);
    const balance = await balanceOf(reseller);
    expectError(await call(key, 'PUT', at), 409, 'STATE_CONFLICT');
    expectError(await call(key, 'POST', at, WEEKLY), 409, 'STATE_CONFLICT');
    clock.advance(WEEK_MS);
    for (const action of ['', '/suspend', '/resume']) {
      expectError(await call(key, 'PUT', `${at}${action}`), 409, 'STATE_CONFLICT');
    }
    expectError(await call(key, 'PUT', `${at}/whitelist`, { ip: '203.0.113.12' }), 409, 'STATE_CONFLICT');
    expect((await call(key, 'PUT', `${at}/cancel`)).text).toBe('{}');
    expect(await balanceOf(reseller)).toBe(balance);
    const [listed] = (await call(key, 'GET', '/resellers/subscriptions')).body.data;
    expect(listed.status).toBe('TERMINATED');
  });

  test('of another reseller is as unknown as one that never was', async () => {
    const [mine, theirs] = [await seller(), await seller()];
    const id = await bought(theirs.key);
    const calls = [
      ['POST', '', WEEKLY],
      ['PUT', '', undefined],
      ['PUT', '/suspend', undefined],
      ['PUT', '/resume', undefined],
      ['PUT', '/cancel', undefined],
      ['PUT', '/autorenewal', { autoRenewal: true }],
      ['GET', '/slots', undefined],
      ['PUT', '/whitelist', { ip: '203.0.113.20' }],
      ['PUT', '/blacklist', { ip: '203.0.113.20' }],
    ] as const;
    for (const [method, action, body] of calls) {
      const answers: string[] = [];
      for (const unknown of [id, 'su_0123456789abcdef01234567', 'nonsense']) {
        const answer = await call(mine.key, method, `/resellers/subscriptions/${unknown}${action}`, body);
        expectError(answer, 404, 'SUBSCRIPTION_NOT_FOUND');
        answers.push(answer.text);
      }
      expect(new Set(answers).size).toBe(1);
    }
    expect(await balanceOf(mine)).toBe(10_000);
    expect((await call(mine.key, 'GET', '/resellers/subscriptions')).body.totalElements).toBe(0);
  });
});

describe('who may call', () => {
  test('nobody without a good key in the right scheme', async () => {
    const { key } = await seller();
    for (const authorization of [undefined, '', 'ApiKey', `Bearer ${key}`, `ApiKey ${key}x`, key]) {
      const answer = await call(
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
    expect((await call(undefined, 'GET', '/resellers', undefined, lowerCase)).status).toBe(200);
  });

  test('no account that is not a reseller', async () => {
    await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', 'a long password');
    const { id } = await api.core.accounts.find('owner@example.com');
    const key = await api.mintKey(id, ['reseller:read', 'reseller:write']);
    for (const prefix of PREFIXES) {
      expectError(await call(key, 'GET', '/resellers', undefined, { prefix }), 403, 'NOT_RESELLER');
    }
  });

  test('no key without the scope', async () => {
    const reseller = await seller();
    const reads = await api.mintKey(reseller.accountId, ['reseller:read']);
    const writes = await api.mintKey(reseller.accountId, ['reseller:write']);
    expect((await call(reads, 'GET', '/resellers/subscriptions')).status).toBe(200);
    expectError(await call(reads, 'POST', '/resellers/subscriptions', WEEKLY), 403, 'INSUFFICIENT_SCOPE');
    expectError(await call(writes, 'GET', '/resellers'), 403, 'INSUFFICIENT_SCOPE');
    expect(await balanceOf(reseller)).toBe(10_000);
  });
});

describe('errors keep the envelope', () => {
  test.each(PREFIXES)('under %s', async (prefix) => {
    const { key } = await seller();
    const at = '/resellers/subscriptions';
    expectError(await call(key, 'GET', '/resellers/nothing', undefined, { prefix }), 404, 'NOT_FOUND');
    expectError(await call(key, 'DELETE', at, undefined, { prefix }), 404, 'NOT_FOUND');
    expectError(await call(key, 'GET', '/%ff', undefined, { prefix }), 404, 'NOT_FOUND');
    expectError(await call(key, 'POST', at, '{"billingCycle":', { prefix }), 400, 'BAD_REQUEST');
    expectError(await call(key, 'POST', at, '[]', { prefix }), 400, 'BAD_REQUEST');
    const form = { prefix, headers: { 'content-type': 'text/plain' } };
    expectError(await call(key, 'POST', at, 'x', form), 400, 'BAD_REQUEST');
    expectError(await call(key, 'POST', at, `"${'x'.repeat(20_000)}"`, { prefix }), 413, 'PAYLOAD_TOO_LARGE');
    const idempotency = { prefix, headers: { 'idempotency-key': 'a b' } };
    expectError(await call(key, 'POST', at, WEEKLY, idempotency), 400, 'INVALID_FIELD');
  });

  test('each of the core’s has a status and a code in capitals', () => {
    expect(Object.keys(ANSWERS).sort()).toEqual([...ERROR_CODES].sort());
    for (const { status, code } of Object.values(ANSWERS)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    }
  });
});
