/** The admin API's side of gateways: exits, nodes, live tunnels, limits. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, type TestApi } from '../support/api.ts';

let api: TestApi;
let ownerKey: string;
let readKey: string;

beforeAll(async () => {
  api = await createTestApi();
  await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', 'a-good-password');
  const { id } = await api.core.accounts.find('owner@example.com');
  ownerKey = await api.mintKey(id, ['admin:read', 'admin:write']);
  readKey = await api.mintKey(id, ['admin:read']);
});
afterAll(() => api.close());

async function ask(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  payload?: object,
  key = ownerKey,
) {
  const response = await api.app.inject({
    method,
    url: `/api/admin${path}`,
    headers: { authorization: `Bearer ${key}` },
    ...(payload && { payload }),
  });
  return { status: response.statusCode, body: response.json() };
}

describe('exits', () => {
  test('are set up, changed and removed; their passwords are never shown', async () => {
    const upstream = {
      name: 'berlin',
      kind: 'socks5',
      host: 'up.example.com',
      port: 1080,
      username: 'u',
      password: 'very-secret-1',
    };
    const made = await ask('POST', '/exits', { ...upstream, country: 'DE', weight: 7 });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'berlin', country: 'de', weight: 7, hasPassword: true, enabled: true },
    });
    expect(JSON.stringify(made.body)).not.toContain('very-secret-1');
    expect((await ask('POST', '/exits', upstream)).body).toMatchObject({
      status: 409,
      code: 'exit_name_taken',
    });
    expect(
      (await ask('PATCH', '/exits/berlin', { weight: null, enabled: false, password: null, username: null }))
        .body,
    ).toMatchObject({ weight: 1, enabled: false, hasPassword: false });
    expect((await ask('GET', '/exits', undefined, readKey)).body.data).toHaveLength(1);
    expect((await ask('PATCH', '/exits/berlin', { weight: 2 }, readKey)).status).toBe(403);
    expect((await ask('DELETE', '/exits/berlin')).status).toBe(200);
    expect((await ask('GET', '/exits/berlin')).status).toBe(404);
    const audit = await api.database.sql`SELECT details::text AS text FROM audit_entry`;
    expect(JSON.stringify(audit)).not.toContain('very-secret-1');
  });

  test.each([
    [{ name: 'a b', kind: 'direct' }, 'name'],
    [{ name: 'x', kind: 'ftp' }, 'kind'],
    [{ name: 'x', kind: 'direct', host: 'h' }, 'host'],
    [{ name: 'x', kind: 'http', host: 'h', port: 0 }, 'port'],
    [{ name: 'x', kind: 'direct', weight: 1.5 }, 'weight'],
    [{ name: 'x', kind: 'direct', unknown: 1 }, 'unknown'],
  ])('%j is refused', async (body, field) => {
    const answer = await ask('POST', '/exits', body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toContain(field);
  });
});

describe('nodes', () => {
  test('are made, rotated and revoked; a token is shown once and works until then', async () => {
    const { status, body } = await ask('POST', '/nodes', { name: 'gw1' });
    expect(status).toBe(201);
    expect(await api.core.nodes.recognise(body.secret, '192.0.2.1')).toMatchObject({ name: 'gw1' });
    expect((await ask('POST', '/nodes', { name: 'GW1' })).status).toBe(409);
    const rotated = await ask('POST', `/nodes/${body.id}/rotate`, { overlapSeconds: 0 });
    expect(rotated.body.secret).not.toBe(body.secret);
    await expect.poll(() => api.core.nodes.recognise(body.secret, '192.0.2.1')).toBeUndefined();
    expect(JSON.stringify((await ask('GET', '/nodes', undefined, readKey)).body)).not.toContain(
      rotated.body.secret,
    );
    expect((await ask('DELETE', '/nodes/gw1')).body.revokedAt).toEqual(expect.any(String));
    await expect.poll(() => api.core.nodes.recognise(rotated.body.secret, '192.0.2.1')).toBeUndefined();
    expect((await ask('DELETE', '/nodes/nobody')).status).toBe(404);
    expect((await ask('POST', '/nodes', { name: 'gw2' }, readKey)).status).toBe(403);
    expect((await ask('POST', '/nodes', { name: 'gw2', expiresAt: '2020-01-01T00:00:00Z' })).status).toBe(
      400,
    );
  });
});

describe('limits', () => {
  test('are shown and set for everybody, a reseller, a subuser and a subscription', async () => {
    const { accountId, storeCode } = await api.reseller({ mb: 10 });
    await api.core.accounts.topUp(api.operator, storeCode, 'usd', 10_000n);
    const { id, username } = await api.core.subusers.create(api.operator, accountId, {
      username: 'anna',
      email: null,
      product: 'residential',
      bytes: 0n,
    });
    expect((await ask('GET', '/limits')).body).toEqual({ allow: [], deny: [] });
    expect((await ask('PATCH', '/limits', { deny: ['*:25', '*.Example.com'] })).body).toEqual({
      allow: [],
      deny: ['*:25', '*.example.com'],
    });
    await ask('PATCH', '/limits', { deny: [] });
    expect(
      (await ask('PATCH', `/resellers/${storeCode}/limits`, { allow: ['example.com:443'] })).body.allow,
    ).toEqual(['example.com:443']);
    expect((await ask('GET', `/resellers/${storeCode}/limits`)).body.allow).toEqual(['example.com:443']);
    const set = { maxTunnels: 5, tunnelsPerSecond: 2, bytesPerSecond: 1_000_000 };
    expect((await ask('PATCH', `/subusers/${id}/limits`, set)).body).toEqual({ ...set, allow: [], deny: [] });
    expect((await ask('PATCH', `/subusers/${username}/limits`, { maxTunnels: null })).body).toEqual({
      ...set,
      maxTunnels: null,
      allow: [],
      deny: [],
    });
    expect((await ask('GET', `/subusers/${id}/limits`)).body.bytesPerSecond).toBe(1_000_000);
    const as = { actor: { name: 'key:test', accountId, door: 'ghostealth' as const } };
    const plan = { billingCycle: 'WEEKLY', connections: 100, authentications: 1 } as const;
    const subscription = await api.core.subscriptions.create(as, accountId, plan);
    const path = `/subscriptions/${subscription.id}/limits?reseller=${storeCode}`;
    expect((await ask('PATCH', path, { tunnelsPerSecond: 9 })).body).toMatchObject({
      tunnelsPerSecond: 9,
      bytesPerSecond: null,
    });
    expect((await ask('GET', path)).body.tunnelsPerSecond).toBe(9);
  });

  test.each([
    ['/limits', { deny: ['not a rule!'] }, 'deny'],
    ['/subusers/subuser-none/limits', { maxTunnels: 0 }, 'maxTunnels'],
    ['/subusers/subuser-none/limits', { bytesPerSecond: 5 }, 'bytesPerSecond'],
    ['/limits', { maxTunnels: 5 }, 'maxTunnels'],
  ])('%s refuses %j', async (path, body, field) => {
    const answer = await ask('PATCH', path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].field).toContain(field);
  });

  test('are not there for what is not there', async () => {
    expect((await ask('GET', '/subusers/subuser-none/limits')).status).toBe(404);
    expect((await ask('GET', '/resellers/NOBODY/limits')).status).toBe(404);
  });
});

describe('live tunnels', () => {
  test('are none where no gateway runs; cutting needs to be told what', async () => {
    expect((await ask('GET', '/tunnels')).body).toEqual({ total: 0, tunnels: [], silentGateways: [] });
    expect((await ask('POST', '/tunnels/cut', {})).status).toBe(400);
    expect((await ask('POST', '/tunnels/cut', { host: 'example.com' })).body).toEqual({
      cut: 0,
      silentGateways: [],
    });
    expect((await ask('POST', '/tunnels/cut', { host: 'example.com' }, readKey)).status).toBe(403);
    expect((await ask('GET', '/tunnels?limit=0')).status).toBe(400);
    expect((await ask('GET', '/tunnels?subuser=nobody')).status).toBe(404);
  });
});
