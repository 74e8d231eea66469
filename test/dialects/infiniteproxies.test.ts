import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addUsage } from '../../src/core/usage/usage.ts';
import { inTransaction } from '../../src/db/client.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';

const NOW = '2026-03-14T09:26:53.589Z';
const HOUR_MS = 3600_000;
const clock = new ManualClock(NOW);

let api: TestApi;
let store: TestReseller;
let other: TestReseller;

beforeAll(async () => {
  api = await createTestApi({ clock });
});
afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});
beforeEach(async () => {
  clock.set(NOW);
  store = await api.reseller({ mb: 1000 });
  other = await api.reseller({ mb: 1000 });
});

type Method = 'GET' | 'POST';

interface CallOptions {
  query?: Record<string, string>;
  body?: unknown;
  key?: string | null;
  headers?: Record<string, string>;
}

async function call(method: Method, path: string, options: CallOptions = {}) {
  const { query = {}, body, key = store.key, headers = {} } = options;
  const search = new URLSearchParams(query).toString();
  const response = await api.app.inject({
    method,
    url: `/v2${path}${search && `?${search}`}`,
    headers: {
      accept: 'application/json',
      ...(key === null ? {} : { 'x-infinite-key': key }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  return {
    status: response.statusCode,
    body: response.json(),
    headers: response.headers,
    text: response.body,
  };
}

function failure(code: number, message: string | RegExp) {
  const text = typeof message === 'string' ? message : expect.stringMatching(message);
  return { status: code, body: { status: { code, message: text } } };
}

async function make(
  username: string,
  reseller = store,
): Promise<{ username: string; proxy_password: string }> {
  const made = await call('POST', '/customer/create', { key: reseller.key, query: { username } });
  expect(made.status).toBe(200);
  return made.body.payload;
}

async function pool(reseller = store): Promise<number> {
  return (await call('GET', '/@me', { key: reseller.key })).body.payload.balanceResidential;
}

const CALLS: readonly (readonly [Method, string])[] = [
  ['GET', '/@me'],
  ['POST', '/customer/create'],
  ['GET', '/customer/@bob'],
  ['GET', '/customer/@bob/transactions'],
  ['GET', '/customers'],
  ['POST', '/customer/add_balance'],
  ['POST', '/customer/remove_balance'],
  ['POST', '/customer/reset_password'],
];

describe('authentication', () => {
  it.each([
    ['X-INFINITE-KEY', (key: string) => ({ 'x-infinite-key': key })],
    ['a bearer token', (key: string) => ({ authorization: `Bearer ${key}` })],
    ['X-API-KEY', (key: string) => ({ 'x-api-key': key })],
  ])('takes the key in %s', async (_name, headers) => {
    expect((await call('GET', '/@me', { key: null, headers: headers(store.key) })).status).toBe(200);
  });

  it('answers 401 Unauthorized on every call without a key', async () => {
    for (const [method, path] of CALLS) {
      const answer = await call(method, path, { key: null });
      expect(answer.status).toBe(401);
      expect(answer.text).toBe('{"status":{"code":401,"message":"Unauthorized"}}');
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    }
  });

  it('answers 401 Unauthorized to a key that has expired', async () => {
    const key = await api.mintKey(
      store.accountId,
      ['reseller:read'],
      new Date(clock.now().getTime() + HOUR_MS),
    );
    expect((await call('GET', '/@me', { key })).status).toBe(200);
    clock.advance(HOUR_MS);
    expect(await call('GET', '/@me', { key })).toMatchObject(failure(401, 'Unauthorized'));
    // Nobody else is told the difference.
    const elsewhere = await api.app.inject({
      url: '/api/reseller/v1/bandwidth',
      headers: { authorization: `Bearer ${key}` },
    });
    expect(elsewhere.json().message).toBe('Unauthorized');
  });

  it('answers 403 on every call to a key that is none', async () => {
    for (const [method, path] of CALLS) {
      const answer = await call(method, path, { key: 'hg_live_nothing' });
      expect(answer.status).toBe(403);
      expect(answer.text).toBe('{"status":{"code":403,"message":"API Key is invalid"}}');
    }
    expect(await call('GET', '/@me', { key: 'k'.repeat(5000) })).toMatchObject(
      failure(403, 'API Key is invalid'),
    );
  });

  it('answers 403 to a revoked key, whether or not it has expired since', async () => {
    const key = await api.mintKey(
      store.accountId,
      ['reseller:read'],
      new Date(clock.now().getTime() + HOUR_MS),
    );
    const [record] = await api.core.keys.list(store.accountId);
    await api.core.keys.revoke(api.operator, record!.id);
    expect(await call('GET', '/@me', { key })).toMatchObject(failure(403, 'API Key is invalid'));
    clock.advance(2 * HOUR_MS);
    expect(await call('GET', '/@me', { key })).toMatchObject(failure(403, 'API Key is invalid'));
  });

  it('answers 403 where the key lacks the scope, or is no reseller’s', async () => {
    const reader = await api.mintKey(store.accountId, ['reseller:read']);
    expect((await call('GET', '/customers', { key: reader })).status).toBe(200);
    expect(await call('POST', '/customer/create', { key: reader, query: { username: 'bob' } })).toMatchObject(
      failure(403, 'API Key is invalid'),
    );
    await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', 'a-long-password');
    const owner = await api.core.accounts.find('owner@example.com');
    const key = await api.mintKey(owner.id, ['reseller:read', 'reseller:write']);
    for (const [method, path] of CALLS) {
      expect(await call(method, path, { key })).toMatchObject(failure(403, 'API Key is invalid'));
    }
  });
});

describe('GET /@me', () => {
  it('answers the store and its two balances in whole MB, rounded down', async () => {
    await api.core.accounts.topUp(api.operator, store.storeCode, 'mobile', 250_999_999n);
    const answer = await call('GET', '/@me');
    expect(answer.status).toBe(200);
    expect(answer.text).toBe(
      JSON.stringify({
        status: { code: 200, message: 'Success' },
        payload: {
          username: store.storeCode.toLowerCase(),
          proxy_password: '',
          balanceResidential: 1000,
          balanceMobile: 250,
        },
      }),
    );
  });
});

describe('POST /customer/create', () => {
  it('makes a customer at balance 0 and takes the fee', async () => {
    const answer = await call('POST', '/customer/create', { query: { username: 'bob' } });
    expect(answer.status).toBe(200);
    expect(answer.text).toBe(
      JSON.stringify({
        status: {
          code: 200,
          message: 'User has been created. To prevent abuse, we substracted 100 MB from your balance',
        },
        payload: { username: 'bob', proxy_password: answer.body.payload.proxy_password },
      }),
    );
    expect(answer.body.payload.proxy_password).toMatch(/^[A-Za-z0-9]{20}$/);
    expect(await pool()).toBe(900);
    expect((await call('GET', '/customer/@bob')).body.payload.balance).toBe(0);
  });

  it('books the fee on the provider’s own account', async () => {
    const [before] = await api.database.sql<{ balance: bigint }[]>`
      SELECT balance FROM ledger_account WHERE kind = 'fees' AND asset = 'residential'`;
    await make('bob');
    const [after] = await api.database.sql<{ balance: bigint }[]>`
      SELECT balance FROM ledger_account WHERE kind = 'fees' AND asset = 'residential'`;
    expect(after!.balance - before!.balance).toBe(100_000_000n);
  });

  it('converts the name to lower case', async () => {
    expect((await make('BoB')).username).toBe('bob');
    expect((await call('GET', '/customer/@bob')).body.payload.username).toBe('bob');
    expect((await call('GET', '/customer/@BOB')).body.payload.username).toBe('bob');
  });

  it.each([
    ['no parameter', {}],
    ['an empty one', { query: { username: '' } }],
    ['null in JSON', { body: { username: null } }],
  ])('answers 400 to %s', async (_name, options: CallOptions) => {
    expect(await call('POST', '/customer/create', options)).toMatchObject(
      failure(400, 'Invalid Form Data. [username] is required'),
    );
    expect(await pool()).toBe(1000);
  });

  it.each(['a-b', 'a b', 'ä', 'a'.repeat(49), 'a:b', '@bob'])(
    'answers 400 to the name %s',
    async (username) => {
      expect(await call('POST', '/customer/create', { query: { username } })).toMatchObject(
        failure(400, /^Invalid Form Data\. \[username\] must be 1 to 48 letters/),
      );
    },
  );

  it('answers 400 to a repeated parameter', async () => {
    expect(await call('POST', '/customer/create?username=bob&username=eve')).toMatchObject(
      failure(400, /^Invalid Form Data\. \[username\] must be/),
    );
  });

  it('answers 400 when the name is taken, and takes no fee', async () => {
    await make('bob');
    expect(await call('POST', '/customer/create', { query: { username: 'Bob' } })).toMatchObject(
      failure(400, 'Username is already taken'),
    );
    expect(await pool()).toBe(900);
  });

  it('does not mind that another reseller has the same name', async () => {
    await make('bob', other);
    expect((await make('bob')).username).toBe('bob');
  });

  it('answers 400 when the fee is more than is left, and makes nobody', async () => {
    const poor = await api.reseller({ mb: 99 });
    expect(
      await call('POST', '/customer/create', { key: poor.key, query: { username: 'bob' } }),
    ).toMatchObject(failure(400, 'Insufficient balance'));
    expect(await pool(poor)).toBe(99);
    expect((await call('GET', '/customers', { key: poor.key })).body.payload.users).toEqual([]);
  });

  it('makes one customer of many calls at once, for one fee', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => call('POST', '/customer/create', { query: { username: 'bob' } })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.status.message === 'Username is already taken')).toHaveLength(
      11,
    );
    expect(await pool()).toBe(900);
  });

  it('spends no more on fees than there is, however many come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 15 }, (_, index) =>
        call('POST', '/customer/create', { query: { username: `bob${index}` } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(await pool()).toBe(0);
  });

  it('does the same request under one Idempotency-Key once', async () => {
    const again = { query: { username: 'bob' }, headers: { 'idempotency-key': 'make-bob' } };
    const first = await call('POST', '/customer/create', again);
    const second = await call('POST', '/customer/create', again);
    expect(first.status).toBe(200);
    expect(second.text).toBe(first.text);
    expect(await pool()).toBe(900);
    expect(await call('POST', '/customer/create', { ...again, query: { username: 'eve' } })).toMatchObject(
      failure(400, /Idempotency-Key/),
    );
  });
});

describe('where parameters stand', () => {
  it.each([
    ['the query', { query: { username: 'bob', balance: '50' } }],
    ['JSON', { body: { username: 'bob', balance: 50 } }],
    ['JSON, as text', { body: { username: 'bob', balance: '50' } }],
    [
      'a form',
      {
        body: 'username=bob&balance=50',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    ],
    [
      'both, and the query wins',
      { query: { username: 'bob', balance: '50' }, body: { username: 'eve', balance: 70 } },
    ],
    ['both, each a part', { query: { username: 'bob' }, body: { balance: 50 } }],
  ])('takes them from %s', async (_name, options: CallOptions) => {
    await make('bob');
    const answer = await call('POST', '/customer/add_balance', options);
    expect(answer.body).toEqual({
      status: { code: 200, message: 'Successfully added balance' },
      payload: { username: 'bob', balance: 50 },
    });
  });

  it('takes a content type without a body as none', async () => {
    const made = await call('POST', '/customer/create', {
      query: { username: 'bob' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(made.status).toBe(200);
  });
});

describe('names', () => {
  it('finds a customer with and without the store code, also one made elsewhere', async () => {
    const made = await api.core.subusers.create(api.operator, store.accountId, {
      username: 'Alice',
      email: 'alice@example.com',
      bytes: 70_000_000n,
      product: 'residential',
    });
    for (const name of [
      'alice',
      'Alice',
      `${store.storeCode}_alice`,
      `${store.storeCode.toLowerCase()}_alice`,
    ]) {
      expect((await call('GET', `/customer/@${name}`)).body.payload).toEqual({
        username: 'alice',
        proxy_password: made.password,
        balance: 70,
      });
    }
  });

  it('prefers the name as it was given to one with the store code', async () => {
    const prefix = store.storeCode.toLowerCase();
    const bob = await make('bob');
    const long = await make(`${prefix}_bob`);
    expect((await call('GET', `/customer/@${prefix}_bob`)).body.payload).toMatchObject(long);
    expect((await call('GET', '/customer/@bob')).body.payload).toMatchObject(bob);
  });

  it('lets a customer into the gateway by the name it was given, and by the full one', async () => {
    const mine = await make('bob');
    const theirs = await make('bob', other);
    const admitted = await api.core.access.byPassword('bob', mine.proxy_password);
    expect(admitted?.username).toBe(`${store.storeCode}_bob`);
    expect((await api.core.access.byPassword('Bob', theirs.proxy_password))?.username).toBe(
      `${other.storeCode}_bob`,
    );
    expect(
      await api.core.access.byPassword(`${store.storeCode.toLowerCase()}_bob`, mine.proxy_password),
    ).toEqual(admitted);
    expect(await api.core.access.byPassword(`${store.storeCode}_bob`, theirs.proxy_password)).toBeUndefined();
    expect(await api.core.access.byPassword('bob', 'something-else')).toBeUndefined();
    expect(await api.core.access.byPassword('eve', mine.proxy_password)).toBeUndefined();
  });

  it('lets nobody in by a short name and password that two stores share', async () => {
    await make('bob');
    await make('bob', other);
    for (const reseller of [store, other]) {
      const name = `${reseller.storeCode}_bob`;
      await api.core.subusers.setPassword(api.operator, reseller.accountId, name, 'correct-horse');
    }
    expect(await api.core.access.byPassword('bob', 'correct-horse')).toBeUndefined();
    const full = await api.core.access.byPassword(`${other.storeCode}_bob`, 'correct-horse');
    expect(full?.username).toBe(`${other.storeCode}_bob`);
  });

  it('forgets the short name of a customer who was deleted', async () => {
    const { proxy_password } = await make('bob');
    await api.core.subusers.remove(api.operator, store.accountId, `${store.storeCode}_bob`);
    expect(await api.core.access.byPassword('bob', proxy_password)).toBeUndefined();
    expect(await call('GET', '/customer/@bob')).toMatchObject(failure(404, 'Customer not found'));
  });
});

describe('a customer that is not there', () => {
  const CUSTOMER_CALLS: [Method, string, Record<string, string>][] = [
    ['GET', '/customer/@NAME', {}],
    ['GET', '/customer/@NAME/transactions', {}],
    ['POST', '/customer/add_balance', { balance: '10' }],
    ['POST', '/customer/remove_balance', { balance: '10' }],
    ['POST', '/customer/reset_password', {}],
  ];

  it.each(CUSTOMER_CALLS)(
    '%s %s answers the same for an unknown and for another’s',
    async (method, path, query) => {
      await make('bob', other);
      const ask = (name: string) =>
        call(method, path.replace('NAME', encodeURIComponent(name)), {
          query: method === 'GET' ? query : { username: name, ...query },
        });
      const unknown = await ask('nobody');
      expect(unknown).toMatchObject(failure(404, 'Customer not found'));
      for (const name of ['bob', `${other.storeCode}_bob`, 'a\0b', 'ä', '%', 'x'.repeat(150)]) {
        expect((await ask(name)).text).toBe(unknown.text);
      }
    },
  );
});

describe('GET /customers', () => {
  it('lists all of the reseller’s, whichever dialect made them, and nobody else’s', async () => {
    await make('zoe', other);
    const bob = await make('bob');
    const alice = await api.core.subusers.create(api.operator, store.accountId, {
      username: 'alice',
      email: 'alice@example.com',
      bytes: 129_999_999n,
      product: 'residential',
    });
    const answer = await call('GET', '/customers');
    expect(answer.text).toBe(
      JSON.stringify({
        status: { code: 200, message: 'Success' },
        payload: {
          users: [
            { username: 'bob', proxy_password: bob.proxy_password, balance: 0 },
            { username: 'alice', proxy_password: alice.password, balance: 129 },
          ],
        },
      }),
    );
  });

  it('shows those without an email address to other dialects as a text', async () => {
    await make('bob');
    const elsewhere = await api.app.inject({
      url: '/api/reseller/v1/subusers',
      headers: { authorization: `Bearer ${store.key}` },
    });
    expect(elsewhere.json().data).toMatchObject([{ username: `${store.storeCode}_bob`, email: '' }]);
  });
});

describe('balance', () => {
  beforeEach(async () => {
    await make('bob');
  });

  it('moves whole tens of MB to a customer and back', async () => {
    const added = await call('POST', '/customer/add_balance', { query: { username: 'bob', balance: '100' } });
    expect(added.text).toBe(
      '{"status":{"code":200,"message":"Successfully added balance"},"payload":{"username":"bob","balance":100}}',
    );
    expect(await pool()).toBe(800);
    const removed = await call('POST', '/customer/remove_balance', {
      query: { username: 'bob', balance: '40' },
    });
    expect(removed.text).toBe(
      '{"status":{"code":200,"message":"Successfully removed balance"},"payload":{"username":"bob","balance":60}}',
    );
    expect(await pool()).toBe(840);
    const read = await call('GET', '/customer/@bob');
    expect(Object.keys(read.body.payload)).toEqual(['username', 'proxy_password', 'balance']);
    expect(read.body.payload.balance).toBe(60);
  });

  it('moves mobile when asked to', async () => {
    await api.core.accounts.topUp(api.operator, store.storeCode, 'mobile', 500_000_000n);
    const query = { username: 'bob', balance: '200', type: 'mobile' };
    expect((await call('POST', '/customer/add_balance', { query })).body.payload.balance).toBe(200);
    expect((await call('GET', '/customer/@bob')).body.payload.balance).toBe(0);
    expect((await call('GET', '/customer/@bob?type=mobile')).body.payload.balance).toBe(200);
    expect((await call('GET', '/customers?type=mobile')).body.payload.users[0].balance).toBe(200);
    expect((await call('GET', '/@me')).body.payload).toMatchObject({
      balanceResidential: 900,
      balanceMobile: 300,
    });
    expect((await call('POST', '/customer/remove_balance', { query })).body.payload.balance).toBe(0);
  });

  it.each(['add_balance', 'remove_balance'])('%s names what is missing, the first of it', async (name) => {
    const path = `/customer/${name}`;
    expect(await call('POST', path)).toMatchObject(failure(400, 'Invalid Form Data. [username] is required'));
    expect(await call('POST', path, { query: { username: 'bob' } })).toMatchObject(
      failure(400, 'Invalid Form Data. [balance] is required'),
    );
    expect(await call('POST', path, { query: { balance: '10' } })).toMatchObject(
      failure(400, 'Invalid Form Data. [username] is required'),
    );
  });

  it.each(['0', '5', '15', '-10', '10.0', '1e3', '+10', ' 10', 'ten', '0x10', '10.5', 'NaN', '1'.repeat(40)])(
    'refuses the balance %s',
    async (balance) => {
      for (const path of ['/customer/add_balance', '/customer/remove_balance']) {
        expect(await call('POST', path, { query: { username: 'bob', balance } })).toMatchObject(
          failure(400, 'Invalid Form Data. [balance] must be a multiple of ten, at least 10'),
        );
      }
    },
  );

  it.each([10.5, 1e21, true, [10], { mb: 10 }])('refuses %j in JSON', async (balance) => {
    const answer = await call('POST', '/customer/add_balance', { body: { username: 'bob', balance } });
    expect(answer).toMatchObject(failure(400, /^Invalid Form Data\. \[balance\] must be a multiple of ten/));
  });

  it('refuses an unknown type, and more than any order', async () => {
    const query = { username: 'bob', balance: '10' };
    expect(await call('POST', '/customer/add_balance', { query: { ...query, type: 'ipv6' } })).toMatchObject(
      failure(400, 'Invalid Form Data. [type] must be "residential" or "mobile"'),
    );
    expect(
      await call('POST', '/customer/add_balance', { query: { ...query, balance: '1000000010' } }),
    ).toMatchObject(failure(400, 'Invalid Form Data. [balance] must be at most 1000000000'));
  });

  it('answers 400 to more than the reseller, or the customer, has', async () => {
    const query = { username: 'bob', balance: '910' };
    for (const path of ['/customer/add_balance', '/customer/remove_balance']) {
      expect(await call('POST', path, { query })).toMatchObject(failure(400, 'Insufficient balance'));
    }
    expect(await pool()).toBe(900);
  });

  it('never gives more than there is, however many ask at once', async () => {
    const query = { username: 'bob', balance: '100' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call('POST', '/customer/add_balance', { query })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(9);
    expect(await pool()).toBe(0);
    expect((await call('GET', '/customer/@bob')).body.payload.balance).toBe(900);
  });

  it('moves once under one Idempotency-Key', async () => {
    const options = { query: { username: 'bob', balance: '10' }, headers: { 'idempotency-key': 'k1' } };
    await call('POST', '/customer/add_balance', options);
    expect((await call('POST', '/customer/add_balance', options)).body.payload.balance).toBe(10);
    expect(await pool()).toBe(890);
  });
});

describe('POST /customer/reset_password', () => {
  it('gives a new password, and the old one ends', async () => {
    const { proxy_password: old } = await make('bob');
    const answer = await call('POST', '/customer/reset_password', { query: { username: 'BOB' } });
    const { proxy_password } = answer.body.payload;
    expect(answer.text).toBe(
      JSON.stringify({
        status: { code: 200, message: 'Successfully resetted password' },
        payload: { username: 'bob', proxy_password },
      }),
    );
    expect(proxy_password).not.toBe(old);
    expect((await call('GET', '/customer/@bob')).body.payload.proxy_password).toBe(proxy_password);
    expect(await api.core.access.byPassword('bob', old)).toBeUndefined();
    expect(await api.core.access.byPassword('bob', proxy_password)).toBeDefined();
  });

  it('answers the same password again under the same Idempotency-Key', async () => {
    await make('bob');
    const options = { query: { username: 'bob' }, headers: { 'idempotency-key': 'k1' } };
    const first = await call('POST', '/customer/reset_password', options);
    expect((await call('POST', '/customer/reset_password', options)).text).toBe(first.text);
  });
});

describe('GET /customer/@{username}/transactions', () => {
  async function use(
    username: string,
    product: 'residential' | 'mobile',
    at: string,
    up: bigint,
    down: bigint,
  ) {
    const [row] = await api.database.sql<{ id: bigint }[]>`
      SELECT id FROM subuser WHERE username = ${`${store.storeCode}_${username}`}`;
    await inTransaction(api.database.sql, (tx) =>
      addUsage(tx, [{ subuserId: row!.id, product, upBytes: up, downBytes: down }], new Date(at)),
    );
  }

  it('answers every one of the last 14 days, oldest first, today last', async () => {
    await make('bob');
    await use('bob', 'residential', '2026-02-28T23:59:59.999Z', 9_000_000n, 0n);
    await use('bob', 'residential', '2026-03-01T00:00:00Z', 1_000_000n, 2_500_000n);
    await use('bob', 'residential', '2026-03-12T23:59:59.999Z', 60_000_000n, 5_759_999n);
    await use('bob', 'residential', '2026-03-13T00:00:00Z', 10_000n, 9_999n);
    await use('bob', 'residential', NOW, 0n, 1_000_000n);
    await use('bob', 'mobile', NOW, 7_000_000n, 0n);
    const answer = await call('GET', '/customer/@bob/transactions');
    expect(answer.text).toBe(
      '{"status":{"code":200,"message":"Success"},"payload":{' +
        '"2026-03-01":3.5,"2026-03-02":0,"2026-03-03":0,"2026-03-04":0,"2026-03-05":0,"2026-03-06":0,"2026-03-07":0,' +
        '"2026-03-08":0,"2026-03-09":0,"2026-03-10":0,"2026-03-11":0,"2026-03-12":65.75,"2026-03-13":0.01,"2026-03-14":1}}',
    );
    const mobile = await call('GET', '/customer/@bob/transactions?type=mobile');
    expect(mobile.body.payload['2026-03-14']).toBe(7);
  });

  it.each([
    ['the first instant of a UTC day', '2026-03-01T00:00:00.000Z', '2026-02-16', '2026-03-01'],
    ['the last', '2024-03-01T23:59:59.999Z', '2024-02-17', '2024-03-01'],
  ])('begins and ends rightly at %s', async (_name, now, first, last) => {
    await make('bob');
    clock.set(now);
    const days = Object.keys((await call('GET', '/customer/@bob/transactions')).body.payload);
    expect(days).toHaveLength(14);
    expect([days[0], days[13]]).toEqual([first, last]);
  });
});

describe('every answer has the dialect’s envelope', () => {
  it.each([
    ['an unknown route', 'GET', '/nothing', undefined, {}, 404],
    ['a wrong method', 'POST', '/@me', {}, {}, 404],
    ['an address that cannot be decoded', 'GET', '/customer/@%zz', undefined, {}, 404],
    ['an endless name', 'GET', `/customer/@${'x'.repeat(300)}`, undefined, {}, 404],
    ['broken JSON', 'POST', '/customer/create', '{"username":', { 'content-type': 'application/json' }, 400],
    ['a list as the body', 'POST', '/customer/create', '[]', { 'content-type': 'application/json' }, 400],
    ['another kind of body', 'POST', '/customer/create', '<a/>', { 'content-type': 'text/xml' }, 400],
    [
      'a form that is not UTF-8',
      'POST',
      '/customer/create',
      Buffer.from([0xff]),
      { 'content-type': 'application/x-www-form-urlencoded' },
      400,
    ],
    [
      'a body that is too large',
      'POST',
      '/customer/create',
      'x'.repeat(20_000),
      { 'content-type': 'application/json' },
      413,
    ],
  ] as [string, Method, string, unknown, Record<string, string>, number][])(
    '%s',
    async (_name, method, path, body, headers, status) => {
      const answer = await call(method, path, { body, headers });
      expect(answer.status).toBe(status);
      expect(answer.body).toEqual({ status: { code: status, message: expect.any(String) } });
    },
  );
});

describe('the price of creation', () => {
  it.each([
    [0, 1000],
    [25, 975],
  ])('is a setting: %i MB', async (infiniteCreationFeeMb, left) => {
    const cheap = await createTestApi({ clock, infiniteCreationFeeMb });
    try {
      const { key } = await cheap.reseller({ mb: 1000 });
      const headers = { 'x-infinite-key': key };
      const made = await cheap.app.inject({
        method: 'POST',
        url: '/v2/customer/create?username=bob',
        headers,
      });
      expect(made.json().status.message).toBe(
        `User has been created. To prevent abuse, we substracted ${infiniteCreationFeeMb} MB from your balance`,
      );
      const me = await cheap.app.inject({ url: '/v2/@me', headers });
      expect(me.json().payload.balanceResidential).toBe(left);
      await cheap.assertLedgerHolds();
    } finally {
      await cheap.close();
    }
  });
});
