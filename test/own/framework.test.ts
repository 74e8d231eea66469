/** What Headgate's own APIs have in common: problems, pages, keys, exact numbers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyset } from '../../src/api/http/paging.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';

let api: TestApi;
let store: TestReseller;
let ownerKey: string;

beforeAll(async () => {
  api = await createTestApi();
  store = await api.reseller({ mb: 5000 });
  await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', 'a-good-password');
  const owner = await api.core.accounts.find('owner@example.com');
  ownerKey = await api.mintKey(owner.id, ['admin:read', 'admin:write', 'reseller:read']);
});
afterAll(() => api.close());

const get = (url: string, key?: string, headers: Record<string, string> = {}) =>
  api.app.inject({ url, headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...headers } });

describe('problems', () => {
  it.each(['/api/admin', '/api/account'])('are what %s answers without a key', async (prefix) => {
    const answer = await get(`${prefix}/${prefix.endsWith('admin') ? 'overview' : 'me'}`);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="headgate"');
    expect(answer.json()).toEqual({
      type: '/docs/errors#Unauthenticated',
      title: 'Unauthenticated',
      status: 401,
      detail: 'Unauthorized',
      code: 'unauthenticated',
    });
  });

  it.each([
    ['GET', '/api/admin/nothing'],
    ['GET', '/api/admin'],
    ['GET', '/api/account/%zz'],
    ['POST', '/api/admin/overview/%00'],
  ] as const)('are what %s %s is answered', async (method, url) => {
    const answer = await api.app.inject({ method, url });
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toMatchObject({ status: 404, code: 'unknown_route' });
  });

  it.each([
    ['DELETE', '/api/account/me', 'GET, HEAD'],
    ['PUT', '/api/admin/subusers/subuser-1', 'DELETE, GET, HEAD'],
    ['GET', '/api/admin/tunnels/cut?host=x', 'POST'],
    ['PUT', '/api/admin/subusers/bulk', 'DELETE, GET, HEAD, POST'],
    ['OPTIONS', '/api/session', 'DELETE, GET, HEAD, POST'],
    ['POST', '/log/checkpoint', 'GET, HEAD'],
  ] as const)('name the methods there are, for %s %s', async (method, url, allow) => {
    const answer = await api.app.inject({ method, url });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe(allow);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toMatchObject({ status: 405, code: 'method_not_allowed' });
  });

  it('leave the VPSCtrl calls under the same prefix alone', async () => {
    const answer = await get('/api/admin/api-keys/nothing/here');
    expect(answer.json()).toEqual({
      ok: false,
      error: 'not_found',
      message: 'There is no GET /api/admin/api-keys/nothing/here',
    });
    expect((await get('/api/admin/api-keys', ownerKey)).statusCode).toBe(200);
  });
});

describe('who is let in', () => {
  it('is a key of the owner to the admin API, and no other', async () => {
    expect((await get('/api/admin/overview', ownerKey)).json()).toMatchObject({
      resellers: 1,
      stock: [
        { product: 'residential', soldBytes: 5_000_000_000 },
        { product: 'mobile', soldBytes: 0 },
      ],
    });
    const refused = await get('/api/admin/overview', store.key);
    expect(refused.json()).toMatchObject({ status: 403, code: 'insufficient_scope' });
  });

  it('is a key of a reseller to the account API, and no other', async () => {
    expect((await get('/api/account/me', store.key)).json()).toMatchObject({
      email: store.email,
      residentialBytes: 5_000_000_000,
      scopes: ['reseller:read', 'reseller:write'],
    });
    expect((await get('/api/account/me', ownerKey)).json()).toMatchObject({
      status: 403,
      code: 'not_reseller',
    });
    const signUpOnly = await api.mintKey(store.accountId, ['reseller:signup']);
    expect((await get('/api/account/me', signUpOnly)).json()).toMatchObject({ code: 'insufficient_scope' });
  });
});

describe('cursors', () => {
  const order = keyset('things', 'time', 'text', 'id');
  const at = new Date('2026-05-04T10:00:00.000Z');

  it('give back what they were made of', () => {
    const cursor = order.write([at, 'ä name|', 7n]);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(order.read({ limit: '7', cursor })).toEqual({ limit: 7, after: [at, 'ä name|', 7n] });
    expect(order.read({})).toEqual({ limit: 50, after: undefined });
  });

  it.each([
    keyset('others', 'time', 'text', 'id').write([at, 'a', 7n]),
    keyset('things', 'text', 'text', 'id').write(['a', 'a', 7n]),
    keyset('things', 'time', 'text').write([at, 'a']),
    Buffer.from('["things","99999999999999999","a","7"]').toString('base64url'),
    Buffer.from('["things","999999999999999","a","7"]').toString('base64url'),
    Buffer.from('["things","1","a\\u0000","7"]').toString('base64url'),
    Buffer.from('["things","1","a",7]').toString('base64url'),
    Buffer.from('{"0":"things"}').toString('base64url'),
    Buffer.from([0xff, 0xfe]).toString('base64url'),
    '____',
  ])('of another list, or of none, are refused: %s', (cursor) => {
    expect(() => order.read({ cursor })).toThrow(/^cursor must be one that this list has answered/);
  });
});
