import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApi, randomStoreCode, type TestApi, type TestReseller } from '../support/api.ts';

const PREFIX = '/api/reseller/v1';
const ISO_SECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

let api: TestApi;
let store: TestReseller;
let other: TestReseller;

beforeAll(async () => {
  api = await createTestApi();
});
afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});
beforeEach(async () => {
  store = await api.reseller({ mb: 1000 });
  other = await api.reseller({ mb: 1000 });
});

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

interface CallOptions {
  body?: unknown;
  key?: string | null;
  headers?: Record<string, string>;
}

async function call(method: Method, path: string, { body, key = store.key, headers = {} }: CallOptions = {}) {
  const response = await api.app.inject({
    method,
    url: `${PREFIX}${path}`,
    headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  return {
    status: response.statusCode,
    body: response.json(),
    headers: response.headers,
    text: response.body,
  };
}

function error(status: number, messageCode: string) {
  return { status, body: { status: 'error', message: expect.any(String), messageCode, data: null } };
}

async function makeSubuser(username = 'user1', bandwidth = 100, reseller = store) {
  const made = await call('POST', '/subusers', {
    key: reseller.key,
    body: { username, email: `${username}@example.com`, bandwidth },
  });
  expect(made.status).toBe(201);
  return made.body.data as { id: string; username: string; password: string };
}

describe('authentication', () => {
  it('takes the key as a bearer token or in X-API-Key', async () => {
    expect((await call('GET', '/bandwidth')).status).toBe(200);
    expect((await call('GET', '/bandwidth', { key: null, headers: { 'x-api-key': store.key } })).status).toBe(
      200,
    );
  });

  it.each([
    ['no key', {}],
    ['an empty bearer token', { authorization: 'Bearer ' }],
    ['an unknown key', { authorization: 'Bearer hg_live_nothing' }],
    ['another scheme', { authorization: 'Basic aGc6aGc=' }],
    ['an endless key', { 'x-api-key': 'k'.repeat(5000) }],
  ])('answers 401 UNAUTHORIZED to %s', async (_name, headers) => {
    const answer = await call('GET', '/bandwidth', { key: null, headers: headers as Record<string, string> });
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      status: 'error',
      message: 'Unauthorized',
      messageCode: 'UNAUTHORIZED',
      data: null,
    });
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('answers 401 before it looks at the body', async () => {
    const answer = await call('POST', '/subusers', { key: null, body: { nonsense: true } });
    expect(answer).toMatchObject(error(401, 'UNAUTHORIZED'));
  });

  it('answers 403 NOT_RESELLER on every endpoint to an account that is none', async () => {
    await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', 'a-long-password');
    const owner = await api.core.accounts.find('owner@example.com');
    const key = await api.mintKey(owner.id, ['reseller:read', 'reseller:write']);
    for (const [method, path] of ENDPOINTS) {
      expect(await call(method, path, { key, body: method === 'GET' ? undefined : {} })).toMatchObject(
        error(403, 'NOT_RESELLER'),
      );
    }
  });

  it('answers 403 INSUFFICIENT_SCOPE where the key may not', async () => {
    const reader = await api.mintKey(store.accountId, ['reseller:read']);
    expect((await call('GET', '/subusers', { key: reader })).status).toBe(200);
    const refused = await call('POST', '/subusers', { key: reader, body: {} });
    expect(refused).toMatchObject(error(403, 'INSUFFICIENT_SCOPE'));
    expect(refused.body.message).toContain('reseller:write');
    const writer = await api.mintKey(store.accountId, ['reseller:write']);
    expect(await call('GET', '/subusers', { key: writer })).toMatchObject(error(403, 'INSUFFICIENT_SCOPE'));
  });

  it('forgets a revoked key at once', async () => {
    const [record] = await api.core.keys.list(store.accountId);
    expect((await call('GET', '/bandwidth')).status).toBe(200);
    await api.core.keys.revoke(api.operator, record!.id);
    await expect.poll(async () => (await call('GET', '/bandwidth')).status, { timeout: 2000 }).toBe(401);
  });
});

const ENDPOINTS: readonly (readonly [Method, string])[] = [
  ['GET', '/bandwidth'],
  ['GET', '/subusers'],
  ['POST', '/subusers'],
  ['GET', '/subusers/NOBODY_x'],
  ['DELETE', '/subusers/NOBODY_x'],
  ['PUT', '/subusers/NOBODY_x/password'],
  ['GET', '/subusers/NOBODY_x/whitelist'],
  ['POST', '/subusers/NOBODY_x/whitelist'],
  ['DELETE', '/subusers/NOBODY_x/whitelist'],
  ['GET', '/subusers/NOBODY_x/bandwidth'],
  ['POST', '/subusers/NOBODY_x/bandwidth'],
  ['GET', '/subusers/NOBODY_x/bandwidth/history'],
  ['GET', '/subusers/NOBODY_x/usage'],
];

describe('GET /bandwidth', () => {
  it('shows the pool, field by field, in the documented order', async () => {
    await makeSubuser('user1', 300);
    await makeSubuser('user2', 200);
    const answer = await call('GET', '/bandwidth');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      status: 'success',
      message: 'OK',
      messageCode: 'OK',
      data: {
        bandwidthBalance: 500,
        storeName: 'My Store',
        storeCode: store.storeCode,
        subuserCount: 2,
        totalAllocated: 500,
        createdAt: expect.stringMatching(ISO_SECONDS),
      },
    });
    expect(Object.keys(answer.body)).toEqual(['status', 'message', 'messageCode', 'data']);
    expect(Object.keys(answer.body.data)).toEqual([
      'bandwidthBalance',
      'storeName',
      'storeCode',
      'subuserCount',
      'totalAllocated',
      'createdAt',
    ]);
  });
});

describe('POST /subusers', () => {
  it('makes a subuser with the store code in front, a password, and bandwidth from the pool', async () => {
    const made = await call('POST', '/subusers', {
      body: { username: 'user1', email: 'a@example.com', bandwidth: 100 },
    });
    expect(made).toMatchObject({
      status: 201,
      body: {
        status: 'success',
        message: 'Subuser created',
        messageCode: 'SUBUSER_CREATED',
        data: {
          id: expect.stringMatching(/^subuser-/),
          username: `${store.storeCode}_user1`,
          email: 'a@example.com',
          bandwidthBalance: 100,
          createdAt: expect.stringMatching(ISO_SECONDS),
          whitelistIPs: [],
          password: expect.stringMatching(/^[A-Za-z0-9]{20}$/),
        },
      },
    });
    expect(Object.keys(made.body.data)).toEqual([
      'id',
      'username',
      'email',
      'bandwidthBalance',
      'createdAt',
      'whitelistIPs',
      'password',
    ]);
    expect((await call('GET', '/bandwidth')).body.data.bandwidthBalance).toBe(900);
  });

  it.each([
    ['INSUFFICIENT_BALANCE', 400, { username: 'u', email: 'a@b.co', bandwidth: 1000.5 }],
    ['MISSING_FIELDS', 422, { username: 'u', email: 'a@b.co' }],
    ['MISSING_FIELDS', 422, { username: 'u', bandwidth: 5 }],
    ['MISSING_FIELDS', 422, { email: 'a@b.co', bandwidth: 5 }],
    ['MISSING_FIELDS', 422, { username: null, email: 'a@b.co', bandwidth: 5 }],
    ['MISSING_FIELDS', 422, {}],
    ['INVALID_BANDWIDTH', 422, { username: 'u', email: 'a@b.co', bandwidth: 0 }],
    ['INVALID_BANDWIDTH', 422, { username: 'u', email: 'a@b.co', bandwidth: -5 }],
    ['INVALID_BANDWIDTH', 422, { username: 'u', email: 'a@b.co', bandwidth: '5' }],
    ['INVALID_BANDWIDTH', 422, { username: 'u', email: 'a@b.co', bandwidth: 1e300 }],
    ['INVALID_BANDWIDTH', 422, { username: 'u', email: 'a@b.co', bandwidth: 0.0000001 }],
    ['INVALID_BANDWIDTH', 422, { username: 'u', email: 'a@b.co', bandwidth: [5] }],
    ['INVALID_USERNAME', 422, { username: '', email: 'a@b.co', bandwidth: 5 }],
    ['INVALID_USERNAME', 422, { username: 'with-hyphen', email: 'a@b.co', bandwidth: 5 }],
    ['INVALID_USERNAME', 422, { username: 'with space', email: 'a@b.co', bandwidth: 5 }],
    ['INVALID_USERNAME', 422, { username: 'nul\0', email: 'a@b.co', bandwidth: 5 }],
    ['INVALID_USERNAME', 422, { username: 'ünïcode', email: 'a@b.co', bandwidth: 5 }],
    ['INVALID_USERNAME', 422, { username: 'x'.repeat(49), email: 'a@b.co', bandwidth: 5 }],
    ['INVALID_USERNAME', 422, { username: 7, email: 'a@b.co', bandwidth: 5 }],
    ['INVALID_EMAIL', 422, { username: 'u', email: 'nobody', bandwidth: 5 }],
    ['INVALID_EMAIL', 422, { username: 'u', email: 'a@b\u0000.co', bandwidth: 5 }],
    ['INVALID_EMAIL', 422, { username: 'u', email: {}, bandwidth: 5 }],
  ])('answers %s (%i) to %j and changes nothing', async (messageCode, status, body) => {
    expect(await call('POST', '/subusers', { body })).toMatchObject(error(status, messageCode));
    expect((await call('GET', '/bandwidth')).body.data).toMatchObject({
      bandwidthBalance: 1000,
      subuserCount: 0,
    });
  });

  it('names every field that is missing', async () => {
    expect((await call('POST', '/subusers', { body: { email: 'a@b.co' } })).body.message).toBe(
      'Missing required fields: username, bandwidth',
    );
  });

  it('reads decimals as they are written', async () => {
    await makeSubuser('user1', 0.1);
    expect((await call('GET', '/bandwidth')).body.data.bandwidthBalance).toBe(999.9);
  });

  it('knows no two subusers of one name, whatever the case', async () => {
    await makeSubuser('User1');
    const again = await call('POST', '/subusers', {
      body: { username: 'uSER1', email: 'a@b.co', bandwidth: 5 },
    });
    expect(again).toMatchObject(error(409, 'USERNAME_TAKEN'));
  });

  it('makes one of fifty that come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        call('POST', '/subusers', { body: { username: 'same', email: 'a@b.co', bandwidth: 5 } }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.body.messageCode === 'USERNAME_TAKEN')).toHaveLength(49);
    expect((await call('GET', '/bandwidth')).body.data).toMatchObject({
      bandwidthBalance: 995,
      subuserCount: 1,
    });
  });
});

describe('reading subusers', () => {
  it('lists them in the order they were made, without passwords', async () => {
    expect((await call('GET', '/subusers')).body.data).toEqual([]);
    for (const name of ['c', 'a', 'b']) await makeSubuser(name, 1);
    const { data } = (await call('GET', '/subusers')).body;
    expect(data.map((subuser: { username: string }) => subuser.username)).toEqual(
      ['c', 'a', 'b'].map((name) => `${store.storeCode}_${name}`),
    );
    expect(Object.keys(data[0])).toEqual([
      'id',
      'username',
      'email',
      'bandwidthBalance',
      'createdAt',
      'whitelistIPs',
    ]);
  });

  it('pages with limit and cursor', async () => {
    for (const name of ['a', 'b', 'c']) await makeSubuser(name, 1);
    const first = await call('GET', '/subusers?limit=2');
    expect(first.body.data).toHaveLength(2);
    expect(first.headers.link).toContain('rel="next"');
    const second = await call('GET', `/subusers?limit=2&cursor=${first.headers['x-next-cursor']}`);
    expect(second.body.data.map((subuser: { username: string }) => subuser.username)).toEqual([
      `${store.storeCode}_c`,
    ]);
    expect(second.headers.link).toBeUndefined();
    for (const query of ['limit=0', 'limit=1001', 'limit=x', 'limit=1&limit=2', 'cursor=subuser-none']) {
      expect(await call('GET', `/subusers?${query}`)).toMatchObject(error(422, 'INVALID_FIELD'));
    }
  });

  it('shows one by its full name in any case, or by its id, with the password', async () => {
    const made = await makeSubuser();
    for (const reference of [made.username, made.username.toLowerCase(), made.id]) {
      const answer = await call('GET', `/subusers/${reference}`);
      expect(answer.status).toBe(200);
      expect(answer.body.data).toMatchObject({ username: made.username, password: made.password });
    }
    expect(await call('GET', '/subusers/user1')).toMatchObject(error(404, 'NOT_FOUND'));
  });
});

describe('another reseller', () => {
  it('gets the same answer for a subuser of somebody else as for one that does not exist', async () => {
    const made = await makeSubuser();
    const bodies: Record<string, unknown> = {
      password: { newPassword: 'another-password' },
      whitelist: { ip: '10.1.2.3' },
      bandwidth: { action: 'REMOVE', amountMb: 1 },
    };
    for (const [method, path] of ENDPOINTS.filter(([, path]) => path.includes('NOBODY_x'))) {
      const body = method === 'GET' ? undefined : (bodies[path.split('/').at(-1)!] ?? {});
      const unknown = await call(method, path, { key: other.key, body });
      expect(unknown).toMatchObject(error(404, 'NOT_FOUND'));
      for (const reference of [made.username, made.id]) {
        const foreign = await call(method, path.replace('NOBODY_x', reference), { key: other.key, body });
        expect([foreign.status, foreign.text]).toEqual([unknown.status, unknown.text]);
      }
    }
    expect((await call('GET', `/subusers/${made.username}`)).body.data.password).toBe(made.password);
  });

  it('may have a subuser of the same name under its own store code', async () => {
    await makeSubuser('user1');
    expect((await makeSubuser('user1', 1, other)).username).toBe(`${other.storeCode}_user1`);
  });
});

describe('PUT /subusers/{id}/password', () => {
  it('changes it, and gives it back', async () => {
    const { username } = await makeSubuser();
    const answer = await call('PUT', `/subusers/${username}/password`, {
      body: { newPassword: 'new_Pass-123' },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      status: 'success',
      message: 'Password updated',
      messageCode: 'PASSWORD_UPDATED',
      data: { username, newPassword: 'new_Pass-123' },
    });
    expect((await call('GET', `/subusers/${username}`)).body.data.password).toBe('new_Pass-123');
    expect(await api.core.access.byPassword(username, 'new_Pass-123')).toMatchObject({ username });
  });

  it.each(['short', 'with space 123', 'x'.repeat(65), 'pässword123', 12345678])(
    'refuses %j',
    async (newPassword) => {
      const { username, password } = await makeSubuser();
      const answer = await call('PUT', `/subusers/${username}/password`, { body: { newPassword } });
      expect(answer).toMatchObject(error(422, 'INVALID_PASSWORD'));
      expect((await call('GET', `/subusers/${username}`)).body.data.password).toBe(password);
    },
  );
});

describe('whitelist', () => {
  it('adds and removes addresses in canonical form; repeating changes nothing', async () => {
    const { username } = await makeSubuser();
    const path = `/subusers/${username}/whitelist`;
    const state = (whitelistIPs: string[]) => ({ username, whitelistIPs });
    expect((await call('GET', path)).body.data).toEqual(state([]));
    const added = await call('POST', path, { body: { ip: '203.0.113.7' } });
    expect(added).toMatchObject({
      status: 200,
      body: { message: 'IP added to whitelist', messageCode: 'IP_ADDED', data: state(['203.0.113.7']) },
    });
    expect((await call('POST', path, { body: { ip: '::ffff:203.0.113.7' } })).body.data).toEqual(
      state(['203.0.113.7']),
    );
    expect((await call('POST', path, { body: { ip: '2001:DB8:0::1' } })).body.data).toEqual(
      state(['203.0.113.7', '2001:db8::1']),
    );
    expect((await call('GET', `/subusers/${username}`)).body.data.whitelistIPs).toEqual([
      '203.0.113.7',
      '2001:db8::1',
    ]);
    const removed = await call('DELETE', path, { body: { ip: '203.0.113.7' } });
    expect(removed).toMatchObject({
      status: 200,
      body: { message: 'IP removed from whitelist', messageCode: 'IP_REMOVED', data: state(['2001:db8::1']) },
    });
    expect((await call('DELETE', path, { body: { ip: '203.0.113.7' } })).body.data).toEqual(
      state(['2001:db8::1']),
    );
    expect((await call('POST', path, { body: { ip: '198.51.100.77/24' } })).body.data.whitelistIPs).toContain(
      '198.51.100.0/24',
    );
    expect((await call('DELETE', path, { body: { ip: '198.51.100.0/24' } })).body.data).toEqual(
      state(['2001:db8::1']),
    );
  });

  it.each([
    '',
    'localhost',
    '1.2.3',
    '1.2.3.256',
    '01.2.3.4',
    '0x7f.1.1.1',
    '1.2.3.4/8',
    '1.2.3.4/33',
    '1.2.3.4/',
    '::1%eth0',
    '2001:db8::/32',
    '0.0.0.0',
    '224.0.0.1',
    5,
  ])('refuses %j', async (ip) => {
    const { username } = await makeSubuser();
    expect(await call('POST', `/subusers/${username}/whitelist`, { body: { ip } })).toMatchObject(
      error(422, 'INVALID_IP'),
    );
  });

  it('gives an address to one subuser only, ranges included', async () => {
    const { username } = await makeSubuser('user1', 1);
    const second = await makeSubuser('user2', 1);
    const foreign = await makeSubuser('user1', 1, other);
    await call('POST', `/subusers/${username}/whitelist`, { body: { ip: '192.0.2.128/25' } });
    for (const ip of ['192.0.2.130', '192.0.2.0/24', '192.0.2.128/25']) {
      const answers = [
        await call('POST', `/subusers/${second.username}/whitelist`, { body: { ip } }),
        await call('POST', `/subusers/${foreign.username}/whitelist`, { key: other.key, body: { ip } }),
      ];
      for (const answer of answers) expect(answer).toMatchObject(error(409, 'IP_IN_USE'));
    }
    await call('DELETE', `/subusers/${username}`);
    expect(
      (await call('POST', `/subusers/${second.username}/whitelist`, { body: { ip: '192.0.2.130' } })).status,
    ).toBe(200);
    expect(await api.core.access.byAddress('192.0.2.130')).toMatchObject({ username: second.username });
    await call('DELETE', `/subusers/${second.username}/whitelist`, { body: { ip: '192.0.2.130' } });
  });

  it('gives one address to one of many that ask at once', async () => {
    const names = await Promise.all(
      Array.from({ length: 8 }, (_unused, index) => makeSubuser(`u${index}`, 1)),
    );
    const answers = await Promise.all(
      names.map(({ username }) =>
        call('POST', `/subusers/${username}/whitelist`, { body: { ip: '192.0.2.1' } }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(7).fill(409)]);
    for (const { username } of names)
      await call('DELETE', `/subusers/${username}/whitelist`, { body: { ip: '192.0.2.1' } });
  });
});

describe('bandwidth', () => {
  it('moves between pool and subuser, and remembers it', async () => {
    const { username } = await makeSubuser('user1', 100);
    const path = `/subusers/${username}/bandwidth`;
    const figures = (allocated: number) => ({
      username,
      bandwidthAllocated: allocated,
      bandwidthUsed: 0,
      bandwidthRemaining: allocated,
    });
    const added = await call('POST', path, { body: { action: 'ADD', amountMb: 50.25 } });
    expect(added).toMatchObject({
      status: 200,
      body: { messageCode: 'BANDWIDTH_ADDED', data: figures(150.25) },
    });
    const removed = await call('POST', path, { body: { action: 'REMOVE', amountMb: 30 } });
    expect(removed).toMatchObject({
      status: 200,
      body: { messageCode: 'BANDWIDTH_REMOVED', data: figures(120.25) },
    });
    expect((await call('GET', path)).body).toEqual({
      status: 'success',
      message: 'OK',
      messageCode: 'OK',
      data: figures(120.25),
    });
    expect((await call('GET', `${path}/history`)).body.data).toEqual({
      username,
      history: [
        { action: 'ADD', amountMb: 100, at: expect.stringMatching(ISO_SECONDS) },
        { action: 'ADD', amountMb: 50.25, at: expect.stringMatching(ISO_SECONDS) },
        { action: 'REMOVE', amountMb: 30, at: expect.stringMatching(ISO_SECONDS) },
      ],
    });
  });

  it('refuses what the pool or the subuser does not hold, and bad input', async () => {
    const { username } = await makeSubuser('user1', 100);
    const path = `/subusers/${username}/bandwidth`;
    const attempt = (body: unknown) => call('POST', path, { body });
    expect(await attempt({ action: 'ADD', amountMb: 901 })).toMatchObject(error(400, 'INSUFFICIENT_BALANCE'));
    expect(await attempt({ action: 'REMOVE', amountMb: 101 })).toMatchObject(
      error(400, 'INSUFFICIENT_BALANCE'),
    );
    expect(await attempt({ action: 'TAKE', amountMb: 1 })).toMatchObject(error(422, 'INVALID_ACTION'));
    expect(await attempt({ action: 'ADD', amountMb: 0 })).toMatchObject(error(422, 'INVALID_BANDWIDTH'));
    expect(await attempt({ action: 'ADD' })).toMatchObject(error(422, 'MISSING_FIELDS'));
    expect((await call('GET', path)).body.data.bandwidthRemaining).toBe(100);
  });

  it('spends a pool exactly once, however many ask at once', async () => {
    const { username } = await makeSubuser('user1', 300);
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        call('POST', `/subusers/${username}/bandwidth`, { body: { action: 'ADD', amountMb: 100 } }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(7);
    expect(answers.filter((answer) => answer.body.messageCode === 'INSUFFICIENT_BALANCE')).toHaveLength(33);
    expect((await call('GET', '/bandwidth')).body.data).toMatchObject({
      bandwidthBalance: 0,
      totalAllocated: 1000,
    });
  });

  it('refuses some of those that come at once without failing the others', async () => {
    const { username } = await makeSubuser('user1', 10);
    let allocated = 10;
    for (let round = 0; round < 40; round++) {
      const wanted = Array.from({ length: 20 }, (_unused, index) =>
        index % 4 === 3 ? { action: 'REMOVE', amountMb: 500 } : { action: 'ADD', amountMb: 0.5 },
      );
      const answers = await Promise.all(
        wanted.map((body, index) =>
          call('POST', `/subusers/${username}/bandwidth`, {
            body,
            headers: index % 2 === 0 ? { 'idempotency-key': `${round}-${index}` } : {},
          }),
        ),
      );
      const statuses = answers.map((answer) => answer.status);
      expect(statuses).toEqual(wanted.map(({ action }) => (action === 'ADD' ? 200 : 400)));
      allocated += 15 * 0.5;
    }
    expect((await call('GET', `/subusers/${username}/bandwidth`)).body.data.bandwidthAllocated).toBe(
      allocated,
    );
  });

  it('takes back what a gateway has reported as used into account', async () => {
    const { username } = await makeSubuser('user1', 10);
    const [row] = await api.database.sql<
      { id: bigint }[]
    >`SELECT id FROM subuser WHERE username = ${username}`;
    const session = await api.core.leases.openSession('test', false);
    const lease = await api.core.leases.lease({
      sessionId: session,
      subuserId: row!.id,
      product: 'residential',
      knownGrantedBytes: 0n,
      usedUpBytes: 0n,
      usedDownBytes: 0n,
      wantBytes: 4_000_000n,
    });
    if (lease.kind !== 'granted') throw new Error(lease.kind);
    const report = { leaseId: lease.leaseId, usedUpBytes: 10_000n, usedDownBytes: 1_234_567n };
    await api.core.leases.report(session, [{ ...report, close: false }]);
    expect((await call('GET', `/subusers/${username}/bandwidth`)).body.data).toEqual({
      username,
      bandwidthAllocated: 10,
      bandwidthUsed: 1.24,
      bandwidthRemaining: 8.75,
    });
    await api.core.leases.closeSession(session, [{ ...report, close: true }]);
    const usage = (await call('GET', `/subusers/${username}/usage?days=1`)).body.data.usage;
    expect(usage).toEqual([
      { date: new Date().toISOString().slice(0, 10), upBytes: 10_000, downBytes: 1_234_567 },
    ]);
    const deleted = await call('DELETE', `/subusers/${username}`);
    expect(deleted.body).toMatchObject({
      messageCode: 'SUBUSER_DELETED',
      data: { username, bandwidthReturned: 8.75 },
    });
    expect((await call('GET', '/bandwidth')).body.data.bandwidthBalance).toBe(998.75);
  });
});

describe('DELETE /subusers/{id}', () => {
  it('returns what is left, and gives the name free', async () => {
    const first = await makeSubuser('user1', 100);
    const deleted = await call('DELETE', `/subusers/${first.username}`);
    expect(deleted).toMatchObject({
      status: 200,
      body: { status: 'success', message: 'Subuser deleted', messageCode: 'SUBUSER_DELETED' },
    });
    expect((await call('GET', '/bandwidth')).body.data).toMatchObject({
      bandwidthBalance: 1000,
      subuserCount: 0,
      totalAllocated: 0,
    });
    for (const reference of [first.username, first.id]) {
      expect(await call('GET', `/subusers/${reference}`)).toMatchObject(error(404, 'NOT_FOUND'));
      expect(await call('DELETE', `/subusers/${reference}`)).toMatchObject(error(404, 'NOT_FOUND'));
    }
    expect((await makeSubuser('user1', 5)).id).not.toBe(first.id);
  });
});

describe('Idempotency-Key', () => {
  const CHANGES: readonly [string, Method, (username: string) => string, unknown][] = [
    ['create', 'POST', () => '/subusers', { username: 'another', email: 'a@b.co', bandwidth: 5 }],
    ['password', 'PUT', (name) => `/subusers/${name}/password`, { newPassword: 'another-password' }],
    ['whitelist add', 'POST', (name) => `/subusers/${name}/whitelist`, { ip: '198.51.100.1' }],
    ['whitelist remove', 'DELETE', (name) => `/subusers/${name}/whitelist`, { ip: '198.51.100.1' }],
    ['add', 'POST', (name) => `/subusers/${name}/bandwidth`, { action: 'ADD', amountMb: 5 }],
    ['remove', 'POST', (name) => `/subusers/${name}/bandwidth`, { action: 'REMOVE', amountMb: 5 }],
    ['refused', 'POST', (name) => `/subusers/${name}/bandwidth`, { action: 'ADD', amountMb: 5000 }],
    ['delete', 'DELETE', (name) => `/subusers/${name}`, undefined],
  ];

  it.each(CHANGES)(
    '%s: the same request gets the same answer and changes nothing more; another is refused',
    async (_name, method, pathOf, body) => {
      const { username } = await makeSubuser();
      const path = pathOf(username);
      const headers = { 'idempotency-key': 'key-1' };
      const first = await call(method, path, { body, headers });
      const pool = (await call('GET', '/bandwidth')).body.data;
      const again = await call(method, path, { body, headers });
      expect([again.status, again.text]).toEqual([first.status, first.text]);
      expect((await call('GET', '/bandwidth')).body.data).toEqual(pool);
      const changed = await call(method, path, { body: { ...(body as object), extra: 1 }, headers });
      expect(changed).toMatchObject(error(422, 'IDEMPOTENCY_KEY_REUSED'));
      await call('DELETE', `/subusers/${username}/whitelist`, { body: { ip: '198.51.100.1' } });
    },
  );

  it('runs once when many come at once; those that find it running get 409', async () => {
    const { username } = await makeSubuser('user1', 100);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        call('POST', `/subusers/${username}/bandwidth`, {
          body: { action: 'ADD', amountMb: 5 },
          headers: { 'idempotency-key': 'at-once' },
        }),
      ),
    );
    const texts = new Set(answers.filter((answer) => answer.status === 200).map((answer) => answer.text));
    expect(texts.size).toBe(1);
    for (const answer of answers.filter((each) => each.status !== 200)) {
      expect(answer).toMatchObject(error(409, 'IDEMPOTENCY_KEY_IN_USE'));
    }
    expect((await call('GET', `/subusers/${username}/bandwidth`)).body.data.bandwidthAllocated).toBe(105);
  });

  it('belongs to an account: another reseller may use the same key', async () => {
    const mine = await makeSubuser('user1', 10);
    const theirs = await makeSubuser('user1', 10, other);
    const headers = { 'idempotency-key': 'shared' };
    const body = { action: 'ADD', amountMb: 5 };
    expect((await call('POST', `/subusers/${mine.username}/bandwidth`, { body, headers })).status).toBe(200);
    const answer = await call('POST', `/subusers/${theirs.username}/bandwidth`, {
      body,
      headers,
      key: other.key,
    });
    expect(answer.body.data.username).toBe(theirs.username);
  });

  it.each(['', 'with space', 'x'.repeat(256)])('refuses the key %j', async (key) => {
    const answer = await call('POST', '/subusers', {
      body: { username: 'u', email: 'a@b.co', bandwidth: 5 },
      headers: { 'idempotency-key': key },
    });
    expect(answer).toMatchObject(error(422, 'INVALID_FIELD'));
  });

  it('keeps no password readable in the database', async () => {
    const made = await call('POST', '/subusers', {
      body: { username: 'secret', email: 'a@b.co', bandwidth: 5 },
      headers: { 'idempotency-key': 'secret' },
    });
    const rows = await api.database.sql<{ text: string }[]>`
      SELECT encode(outcome, 'escape') AS text FROM idempotency UNION ALL
      SELECT details::text FROM audit_entry UNION ALL SELECT encode(password_sealed, 'escape') FROM subuser`;
    expect(rows.length).toBeGreaterThan(2);
    for (const row of rows) expect(row.text).not.toContain(made.body.data.password);
  });
});

describe('always in its own envelope', () => {
  const raw = (options: {
    method: Method;
    url: string;
    payload?: string | Buffer;
    headers?: Record<string, string>;
  }) => api.app.inject({ ...options, headers: { authorization: `Bearer ${store.key}`, ...options.headers } });

  it.each([
    ['an unknown route', { method: 'GET' as const, url: `${PREFIX}/nothing` }, 404, 'NOT_FOUND'],
    ['the bare prefix', { method: 'GET' as const, url: `${PREFIX}/` }, 404, 'NOT_FOUND'],
    ['a method that is not there', { method: 'PUT' as const, url: `${PREFIX}/bandwidth` }, 404, 'NOT_FOUND'],
    [
      'an address that cannot be decoded',
      { method: 'GET' as const, url: `${PREFIX}/subusers/%E0%A4%A` },
      404,
      'NOT_FOUND',
    ],
    ['a NUL in the name', { method: 'GET' as const, url: `${PREFIX}/subusers/a%00b` }, 404, 'NOT_FOUND'],
    ['a NUL in an id', { method: 'GET' as const, url: `${PREFIX}/subusers/a-%00b` }, 404, 'NOT_FOUND'],
    [
      'a name without end',
      { method: 'GET' as const, url: `${PREFIX}/subusers/${'x'.repeat(3000)}` },
      404,
      'NOT_FOUND',
    ],
    [
      'malformed JSON',
      {
        method: 'POST' as const,
        url: `${PREFIX}/subusers`,
        payload: '{"username":',
        headers: { 'content-type': 'application/json' },
      },
      400,
      'BAD_REQUEST',
    ],
    [
      'JSON that is not UTF-8',
      {
        method: 'POST' as const,
        url: `${PREFIX}/subusers`,
        payload: Buffer.from([0x22, 0xff, 0x22]),
        headers: { 'content-type': 'application/json' },
      },
      400,
      'BAD_REQUEST',
    ],
    [
      'a list',
      {
        method: 'POST' as const,
        url: `${PREFIX}/subusers`,
        payload: '[]',
        headers: { 'content-type': 'application/json' },
      },
      400,
      'BAD_REQUEST',
    ],
    ['no body', { method: 'POST' as const, url: `${PREFIX}/subusers` }, 422, 'MISSING_FIELDS'],
    [
      'an empty body',
      {
        method: 'POST' as const,
        url: `${PREFIX}/subusers`,
        payload: '',
        headers: { 'content-type': 'application/json' },
      },
      422,
      'MISSING_FIELDS',
    ],
    [
      'another content type',
      {
        method: 'POST' as const,
        url: `${PREFIX}/subusers`,
        payload: 'username=u',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      400,
      'BAD_REQUEST',
    ],
    [
      'a huge body',
      {
        method: 'POST' as const,
        url: `${PREFIX}/subusers`,
        payload: JSON.stringify({ username: 'x'.repeat(100_000) }),
        headers: { 'content-type': 'application/json' },
      },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    [
      'nesting without end',
      {
        method: 'POST' as const,
        url: `${PREFIX}/subusers`,
        payload: '['.repeat(30_000),
        headers: { 'content-type': 'application/json' },
      },
      400,
      'BAD_REQUEST',
    ],
    [
      '1e999',
      {
        method: 'POST' as const,
        url: `${PREFIX}/subusers`,
        payload: '{"username":"u","email":"a@b.co","bandwidth":1e999}',
        headers: { 'content-type': 'application/json' },
      },
      422,
      'INVALID_BANDWIDTH',
    ],
    [
      'a polluted prototype',
      {
        method: 'POST' as const,
        url: `${PREFIX}/subusers`,
        payload: '{"__proto__":{"username":"u"},"email":"a@b.co","bandwidth":5}',
        headers: { 'content-type': 'application/json' },
      },
      422,
      'MISSING_FIELDS',
    ],
  ])('%s', async (_name, options, status, messageCode) => {
    const response = await raw(options);
    expect({ status: response.statusCode, body: response.json() }).toMatchObject(error(status, messageCode));
    expect((await call('GET', '/bandwidth')).body.data.subuserCount).toBe(0);
  });

  it('an internal error, which says nothing of its cause', async () => {
    const original = api.core.subusers.list;
    api.core.subusers.list = () => Promise.reject(new Error('a secret detail'));
    try {
      const answer = await call('GET', '/subusers');
      expect(answer).toMatchObject(error(500, 'INTERNAL_ERROR'));
      expect(answer.text).not.toContain('secret detail');
    } finally {
      api.core.subusers.list = original;
    }
  });

  it('a database that is away', async () => {
    const original = api.core.subusers.list;
    api.core.subusers.list = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
    try {
      const answer = await call('GET', '/subusers');
      expect(answer).toMatchObject(error(503, 'SERVICE_UNAVAILABLE'));
      expect(answer.headers['retry-after']).toBe('1');
    } finally {
      api.core.subusers.list = original;
    }
  });
});

describe('audit', () => {
  it('holds an entry for every change, with the key and the address', async () => {
    const { id, username } = await makeSubuser();
    await call('POST', `/subusers/${username}/bandwidth`, { body: { action: 'ADD', amountMb: 5 } });
    await call('PUT', `/subusers/${username}/password`, { body: { newPassword: 'another-password' } });
    await call('POST', `/subusers/${username}/bandwidth`, { body: { action: 'ADD', amountMb: 5_000 } });
    const rows = await api.database.sql`
      SELECT action, actor, door, host(address) AS address, details FROM audit_entry WHERE subject = ${`subuser:${id}`} ORDER BY id`;
    expect(rows.map((row) => row.action)).toEqual([
      'subuser.create',
      'subuser.bandwidth-add',
      'subuser.set-password',
    ]);
    for (const row of rows) {
      expect(row).toMatchObject({
        actor: expect.stringMatching(/^key:key_/),
        door: 'eclipseproxy',
        address: '127.0.0.1',
      });
    }
  });
});

describe('the user API', () => {
  const user = (
    method: Method,
    path: string,
    options: { payload?: object; headers?: Record<string, string>; remoteAddress?: string } = {},
  ) => api.app.inject({ method, url: `/api/user-api${path}`, ...options });

  it('gives a token that reads the balance and ends the one before', async () => {
    const storeCode = randomStoreCode();
    const email = `${storeCode}@example.com`;
    await api.core.accounts.createReseller(api.operator, {
      storeCode,
      storeName: 'S',
      email,
      password: 'a-good-password',
    });
    await api.core.accounts.topUp(api.operator, storeCode, 'residential', 5_321_456_789n);
    const signIn = (remoteAddress: string, password = 'a-good-password') =>
      user('POST', '/auth', { payload: { email, password }, remoteAddress });

    const wrong = await signIn('192.0.2.1', 'a-bad-password');
    expect([wrong.statusCode, wrong.json()]).toEqual([
      401,
      { status: 'error', message: 'Unauthorized', data: null },
    ]);
    const first = await signIn('192.0.2.2');
    expect(first.statusCode).toBe(200);
    expect(first.json()).toEqual({
      status: 'success',
      message: 'API token generated and previous token (if any) invalidated',
      data: { apiToken: expect.any(String) },
    });
    const token = first.json().data.apiToken;
    const headers = { authorization: `Bearer ${token}` };
    const balance = await user('GET', '/bandwidth', { headers });
    const entry = { remaining: 5321.45, unit: 'MB', asOf: expect.stringMatching(/^\d{4}-.*Z$/) };
    expect(balance.json()).toEqual({
      status: 'success',
      message: 'Bandwidth data retrieved successfully',
      data: { coreResidential: entry, residential: entry },
    });
    // The account has had its token for these five minutes; so has the address, for other accounts.
    const tooSoon = await signIn('192.0.2.3');
    expect([tooSoon.statusCode, Number(tooSoon.headers['retry-after'])]).toEqual([429, expect.any(Number)]);
    expect(Number(tooSoon.headers['retry-after'])).toBeGreaterThan(290);
    const otherCode = randomStoreCode();
    await api.core.accounts.createReseller(api.operator, {
      storeCode: otherCode,
      storeName: 'S',
      email: `${otherCode}@example.com`,
      password: 'a-good-password',
    });
    const sameAddress = await user('POST', '/auth', {
      payload: { email: `${otherCode}@example.com`, password: 'a-good-password' },
      remoteAddress: '192.0.2.2',
    });
    expect(sameAddress.statusCode).toBe(429);
    expect((await user('GET', '/bandwidth', { headers })).statusCode).toBe(200);

    await api.database.sql`DELETE FROM rate_window`;
    const second = await signIn('192.0.2.4');
    expect(second.statusCode).toBe(200);
    await expect
      .poll(async () => (await user('GET', '/bandwidth', { headers })).statusCode, { timeout: 2000 })
      .toBe(401);
  });

  it('slows guessing down', async () => {
    const guess = () =>
      user('POST', '/auth', {
        payload: { email: 'nobody@example.com', password: 'guess' },
        remoteAddress: '192.0.2.99',
      });
    const statuses = [];
    for (let attempt = 0; attempt < 12; attempt++) statuses.push((await guess()).statusCode);
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
  });

  it('refuses bad input and unknown routes in its own envelope, without messageCode', async () => {
    const missing = await user('POST', '/auth', { payload: { email: 'a@b.co' } });
    expect([missing.statusCode, missing.json()]).toEqual([
      422,
      { status: 'error', message: 'Missing required field: password', data: null },
    ]);
    const nul = await user('POST', '/auth', {
      payload: { email: 'a\0@b.co', password: 'x' },
      remoteAddress: '192.0.2.5',
    });
    expect(nul.statusCode).toBe(401);
    const unknown = await user('GET', '/nothing');
    expect([unknown.statusCode, Object.keys(unknown.json())]).toEqual([404, ['status', 'message', 'data']]);
    expect((await user('GET', '/bandwidth')).statusCode).toBe(401);
    const reseller = await user('GET', '/bandwidth', { headers: { authorization: `Bearer ${store.key}` } });
    expect(reseller.statusCode).toBe(403);
  });
});

describe('what is remembered of a subuser', () => {
  it('does not outlive it: bandwidth goes to the one that has the name now', async () => {
    const path = `/subusers/${store.storeCode}_user1/bandwidth`;
    const add = () =>
      call('POST', path, { body: { action: 'ADD', amountMb: 5 }, headers: { 'idempotency-key': 'again' } });
    for (let round = 0; round < 5; round++) {
      await makeSubuser('user1', 10);
      const body = { action: 'ADD', amountMb: 1 };
      expect((await call('POST', path, { body })).body.data.bandwidthAllocated).toBe(11);
      await call('DELETE', `/subusers/${store.storeCode}_user1`);
      // Without waiting for any message about the deletion.
      await makeSubuser('user1', 20);
      expect((await call('POST', path, { body })).body.data.bandwidthAllocated).toBe(21);
      await call('DELETE', `/subusers/${store.storeCode}_user1`);
      expect(await call('POST', path, { body })).toMatchObject(error(404, 'NOT_FOUND'));
    }
    expect(await add()).toMatchObject(error(404, 'NOT_FOUND'));
  });
});
