/** API keys through the admin and the account API: what they may give, how they follow each other, how they end. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCore } from '../../src/core/core.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, TEST_MASTER_KEY, type TestApi, type TestReseller } from '../support/api.ts';

const clock = new ManualClock('2026-05-04T10:00:00.000Z');
const HOUR_MS = 3_600_000;
let api: TestApi;
let store: TestReseller;
let ownerKey: string;

beforeAll(async () => {
  api = await createTestApi({ clock });
  await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', 'a-good-password');
  ownerKey = await api.mintKey(await api.core.accounts.ownerId(), ['admin:read', 'admin:write']);
  store = await api.reseller();
});
afterAll(() => api.close());

async function ask(
  key: string,
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  body?: object,
  headers: Record<string, string> = {},
) {
  const response = await api.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${key}`, ...headers },
    ...(body ? { payload: body } : {}),
  });
  return { status: response.statusCode, body: response.json() };
}

const mint = (scopes: string[], more: object = {}, key = ownerKey) =>
  ask(key, 'POST', '/api/admin/keys', { owner: store.storeCode, name: 'panel', scopes, ...more });
const works = async (key: string) => (await ask(key, 'GET', '/api/account/me')).status === 200;

describe('minting', () => {
  it('shows the secret once, and lists the key without it', async () => {
    const { status, body } = await mint(['reseller:write', 'reseller:read'], {
      expiresAt: '2026-06-01T00:00:00Z',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      secret: expect.stringMatching(/^hg_live_\w{44}$/),
      scopes: ['reseller:read', 'reseller:write'],
      expiresAt: '2026-06-01T00:00:00.000Z',
    });
    const list = await ask(ownerKey, 'GET', '/api/admin/keys?limit=1');
    expect(list.body.data).toMatchObject([{ id: body.id, storeCode: store.storeCode, rotatedFrom: null }]);
    expect(JSON.stringify(list.body)).not.toContain(body.secret);
  });

  it('gives it for no longer than the caller’s own key lasts', async () => {
    const owner = { owner: 'owner@example.com' };
    const ends = '2026-06-01T00:00:00.000Z';
    const brief = (await mint(['admin:write', 'admin:read'], { ...owner, expiresAt: ends })).body;
    for (const more of [{}, { expiresAt: '2026-06-01T00:00:00.001Z' }])
      expect(await mint(['reseller:read'], more, brief.secret)).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'expiry' }] },
      });
    expect((await mint(['reseller:read'], { expiresAt: ends }, brief.secret)).status).toBe(201);
    const lasting = (await mint(['reseller:read'])).body;
    const rotate = (id: string) => ask(brief.secret, 'POST', `/api/admin/keys/${id}/rotate`, {});
    expect((await rotate(lasting.id)).status).toBe(400);
    expect((await rotate(brief.id)).body).toMatchObject({ expiresAt: ends });
  });

  it('gives no more than the caller holds', async () => {
    const owner = { owner: 'owner@example.com' };
    const writeOnly = (await mint(['admin:write'], owner)).body.secret;
    expect((await mint(['admin:read'], owner, writeOnly)).body).toMatchObject({
      status: 403,
      code: 'insufficient_scope',
      detail: 'This key lacks the scope admin:read',
    });
    expect((await mint(['reseller:credit'], {}, writeOnly)).status).toBe(201);
    const readOnly = (await mint(['admin:read'], owner)).body.secret;
    expect((await mint(['reseller:read'], {}, readOnly)).status).toBe(403);
    expect((await mint(['reseller:read'], {}, store.key)).status).toBe(403);
    // Through the VPSCtrl dialect too, byte for byte in its envelope.
    const byDialect = await ask(writeOnly, 'POST', '/api/admin/api-keys', {
      name: 'x',
      owner_email: 'owner@example.com',
      scopes: ['admin:read'],
    });
    expect(byDialect).toEqual({
      status: 403,
      body: { ok: false, error: 'insufficient_scope', message: 'This key lacks the scope admin:read' },
    });
  });

  it('refuses what no key can be', async () => {
    const fields = async (scopes: unknown, more: object = {}) =>
      (await mint(scopes as string[], more)).body.errors?.map(({ field }: { field: string }) => field);
    expect(await fields([])).toEqual(['scopes']);
    expect(await fields(['reseller:everything'])).toEqual(['scopes.0']);
    expect(await fields(['admin:read'])).toEqual(['scopes']);
    expect(await fields(['reseller:read'], { expiresAt: '2026-02-30T00:00:00Z' })).toEqual(['expiresAt']);
    expect(await fields(['reseller:read'], { expiresAt: '2020-01-01T00:00:00Z' })).toEqual(['expiry']);
    expect(await fields(['reseller:read'], { expires: 1 })).toEqual(['expires']);
    expect((await mint(['reseller:read'], { owner: 'NOBODY' })).body.code).toBe('account_not_found');
  });

  it('is done once under one idempotency key', async () => {
    const once = () =>
      api.app.inject({
        method: 'POST',
        url: '/api/admin/keys',
        headers: { authorization: `Bearer ${ownerKey}`, 'idempotency-key': 'mint-once' },
        payload: { owner: store.storeCode, name: 'once', scopes: ['reseller:read'] },
      });
    const [first, again] = [await once(), await once()];
    expect(again.body).toBe(first.body);
  });
});

describe('rotation', () => {
  it('lets old and new work for the overlap, and then the new one alone', async () => {
    const old = (await mint(['reseller:read', 'reseller:write'])).body;
    const rotated = await ask(old.secret, 'POST', `/api/account/keys/${old.id}/rotate`, {
      overlapMs: 2 * HOUR_MS,
    });
    expect(rotated).toMatchObject({ status: 201, body: { name: 'panel', scopes: old.scopes } });
    const { secret } = rotated.body;
    clock.advance(2 * HOUR_MS - 1);
    expect([await works(old.secret), await works(secret)]).toEqual([true, true]);
    clock.advance(1);
    expect([await works(old.secret), await works(secret)]).toEqual([false, true]);
    const { data } = (await ask(secret, 'GET', '/api/account/keys?state=valid')).body;
    expect(data.find(({ id }: { id: string }) => id === rotated.body.id).rotatedFrom).toBe(old.id);
    expect(data.map(({ id }: { id: string }) => id)).not.toContain(old.id);
    const again = await ask(secret, 'POST', `/api/account/keys/${old.id}/rotate`, {});
    expect(again.body.errors).toEqual([
      { field: 'key', expected: 'one that is still valid: mint a new one instead' },
    ]);
  });

  it('gives no more than the caller holds', async () => {
    const more = (await mint(['reseller:read', 'reseller:write', 'reseller:credit'])).body;
    const url = `/api/account/keys/${more.id}/rotate`;
    expect((await ask(store.key, 'POST', url, {})).body.detail).toBe(
      'This key lacks the scope reseller:credit',
    );
    expect((await ask(more.secret, 'POST', url, {})).status).toBe(201);
  });

  it('answers again under an idempotency key, to nobody who holds less', async () => {
    const more = (await mint(['reseller:read', 'reseller:write', 'reseller:credit'])).body;
    const headers = { 'idempotency-key': 'rotation-1' };
    const again = (key: string) =>
      ask(key, 'POST', `/api/account/keys/${more.id}/rotate`, { overlapMs: HOUR_MS }, headers);
    const first = await again(more.secret);
    expect(first.status).toBe(201);
    expect((await again(more.secret)).body).toEqual(first.body);
    expect(await again(store.key)).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } });
  });
});

describe('revoking', () => {
  it('ends a key for every process at once, and within a second where the news is lost', async () => {
    const key = (await mint(['reseller:read', 'reseller:write'])).body;
    // Another process on the same database, which hears nothing.
    const deaf = await createCore(api.database.sql, clock, TEST_MASTER_KEY);
    expect(await deaf.keys.authenticate(key.secret)).toBeDefined();
    expect((await ask(key.secret, 'DELETE', `/api/account/keys/${key.id}`)).body.revokedAt).toBe(
      clock.now().toISOString(),
    );
    await expect.poll(() => works(key.secret)).toBe(false);
    clock.advance(1000);
    expect(await deaf.keys.authenticate(key.secret)).toBeUndefined();
    const { data } = (await ask(ownerKey, 'GET', '/api/admin/keys?state=revoked')).body;
    expect(data.map(({ id }: { id: string }) => id)).toEqual([key.id]);
  });

  it('is for the account’s own: another’s key is like none', async () => {
    const other = await api.reseller();
    const theirs = (await ask(other.key, 'GET', '/api/account/keys')).body.data;
    expect(theirs).toHaveLength(1);
    for (const [method, tail] of [
      ['DELETE', ''],
      ['POST', '/rotate'],
    ] as const) {
      const [strangers, nobodys] = await Promise.all(
        [theirs[0].id, 'key_nobody'].map((id) => ask(store.key, method, `/api/account/keys/${id}${tail}`)),
      );
      expect(strangers!.body.code).toBe('key_not_found');
      expect(strangers!.body.detail.replace(theirs[0].id, 'key_nobody')).toBe(nobodys!.body.detail);
    }
    expect(await works(other.key)).toBe(true);
  });
});

it('notes when and from where a key was used, not at every call', async () => {
  const { id, secret } = (await mint(['reseller:read'])).body;
  const noted = async () => {
    const { data } = (await ask(ownerKey, 'GET', `/api/admin/keys?account=${store.storeCode}`)).body;
    const { lastUsedAt, lastUsedFrom } = data.find((entry: { id: string }) => entry.id === id);
    return { lastUsedAt, lastUsedFrom };
  };
  expect(await noted()).toEqual({ lastUsedAt: null, lastUsedFrom: null });
  const first = { lastUsedAt: clock.now().toISOString(), lastUsedFrom: '127.0.0.1' };
  await works(secret);
  await expect.poll(noted).toEqual(first);
  clock.advance(59_000);
  await works(secret);
  clock.advance(1000);
  await works(secret);
  await expect.poll(noted).toEqual({ ...first, lastUsedAt: clock.now().toISOString() });
  // From elsewhere it is of interest sooner.
  clock.advance(1_000);
  const headers = { authorization: `Bearer ${secret}` };
  await api.app.inject({ url: '/api/account/me', headers, remoteAddress: '198.51.100.66' });
  const elsewhere = { lastUsedAt: clock.now().toISOString(), lastUsedFrom: '198.51.100.66' };
  await expect.poll(noted).toEqual(elsewhere);
});
