/** Ten calls a minute for a key and endpoint, over all processes on one database. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi } from '../support/api.ts';

const clock = new ManualClock('2026-03-10T06:00:00.000Z');
let api: TestApi;
let second: TestApi;

beforeAll(async () => {
  api = await createTestApi({ clock });
  second = await createTestApi({ clock, database: api.database });
});

beforeEach(() => clock.advance(60_000));

afterAll(async () => {
  await second.close();
  await api.close();
});

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT';

async function call(app: FastifyInstance, key: string, url: string, method: Method = 'GET') {
  const response = await app.inject({ method, url, headers: { authorization: `ApiKey ${key}` } });
  const { ratelimit, 'ratelimit-policy': policy, 'retry-after': retryAfter } = response.headers;
  return { status: response.statusCode, text: response.body, ratelimit, policy, retryAfter };
}

test('the eleventh call is refused, whichever process and prefix it comes to', async () => {
  const { key } = await api.reseller();
  const doors = [
    [api.app, '/api/v1.0/resellers'],
    [second.app, '/dev/v1.0/resellers'],
    [second.app, '/api/v1.0/resellers'],
  ] as const;
  for (let count = 1; count <= 10; count += 1) {
    const [app, url] = doors[count % doors.length]!;
    expect(await call(app, key, url)).toMatchObject({
      status: 200,
      policy: '"default";q=10;w=60',
      ratelimit: `"default";r=${10 - count};t=60`,
      retryAfter: undefined,
    });
  }
  clock.advance(20_500);
  for (const [app, url] of doors) {
    const refused = await call(app, key, url);
    expect(refused).toMatchObject({
      status: 429,
      policy: '"default";q=10;w=60',
      ratelimit: '"default";r=0;t=40',
      retryAfter: '40',
    });
    expect(refused.text).toBe(
      '{"success":false,"message":"Too many requests: try again in 40 s","code":"RATE_LIMITED"}',
    );
  }
  clock.advance(39_499);
  expect(await call(api.app, key, '/api/v1.0/resellers')).toMatchObject({ status: 429, retryAfter: '1' });
  clock.advance(1);
  expect(await call(api.app, key, '/api/v1.0/resellers')).toMatchObject({
    status: 200,
    ratelimit: '"default";r=9;t=60',
  });
});

test('of many at once on two processes ten pass', async () => {
  const { key } = await api.reseller();
  const calls = Array.from({ length: 30 }, (_entry, index) =>
    call(index % 2 === 0 ? api.app : second.app, key, '/api/v1.0/resellers/subscriptions'),
  );
  const statuses = (await Promise.all(calls)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(10);
  expect(statuses.filter((status) => status === 429)).toHaveLength(20);
});

test('each endpoint and each key has its own ten; two subscriptions are one endpoint', async () => {
  const reseller = await api.reseller();
  const key = await api.mintKey(reseller.accountId, ['reseller:read', 'reseller:write']);
  const at = (id: string, action = '') => `/api/v1.0/resellers/subscriptions/${id}${action}`;
  for (let count = 0; count < 10; count += 1) {
    expect((await call(api.app, key, at(`su_${count}`, '/suspend'), 'PUT')).status).toBe(404);
  }
  expect((await call(api.app, key, at('su_x', '/suspend'), 'PUT')).status).toBe(429);
  expect((await call(api.app, key, at('su_x', '/resume'), 'PUT')).status).toBe(404);
  expect((await call(api.app, key, at('su_x'), 'PUT')).status).toBe(404);
  expect((await call(api.app, reseller.key, at('su_x', '/suspend'), 'PUT')).status).toBe(404);
});

test('a call that was refused for something else counts too', async () => {
  const reseller = await api.reseller();
  const key = await api.mintKey(reseller.accountId, ['reseller:write']);
  for (let count = 0; count < 5; count += 1) {
    expect((await call(api.app, key, '/api/v1.0/resellers', 'HEAD')).status).toBe(403);
    expect((await call(api.app, key, '/api/v1.0/resellers')).status).toBe(403);
  }
  expect((await call(api.app, key, '/api/v1.0/resellers')).status).toBe(429);
});
