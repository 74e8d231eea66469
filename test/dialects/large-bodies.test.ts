/** Ten megabytes to endpoints that take kilobytes: refused in the dialect's envelope, to clients that are still sending. */
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../support/api.ts';
import { keyHeader } from '../support/dialect-calls.ts';
import { envelopeFault } from '../support/hostile/envelope.ts';
import { sendRaw } from '../support/hostile/raw.ts';
import type { DialectName } from '../support/routes.ts';

const TEN_MB = 10_000_000;
const body = Buffer.from(`{"username":"${'x'.repeat(TEN_MB)}"}`);

const ENDPOINTS: readonly (readonly [DialectName, string, string])[] = [
  ['eclipseproxy', '/api/reseller/v1', '/subusers'],
  ['eclipseproxy', '/api/user-api', '/auth'],
  ['infiniteproxies', '/v2', '/customer/create'],
  ['vpsctrl', '/api/v1', '/reseller/signup'],
  ['vpsctrl', '/api/admin/api-keys', ''],
  ['ghostealth', '/api/v1.0', '/resellers/subscriptions'],
  ['ghostealth', '/dev/v1.0', '/resellers/subscriptions'],
];

let api: TestApi;
let port: number;
let key: string;

beforeAll(async () => {
  api = await createTestApi();
  const { accountId } = await api.reseller();
  await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', 'a-good-password');
  const scopes = ['reseller:read', 'reseller:write', 'reseller:signup'];
  key = await api.mintKey(accountId, scopes);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  port = (api.app.server.address() as AddressInfo).port;
});
afterAll(() => api.close());

describe.each(ENDPOINTS)('%s %s', (dialect, prefix, path) => {
  /** The owner's calls refuse this key before they look at the body. */
  const status = prefix === '/api/admin/api-keys' ? 403 : 413;

  it.each([
    ['with their length', false],
    ['in chunks', true],
  ])('%s', async (_name, chunked) => {
    const headers = [
      ...Object.entries(keyHeader(dialect, key)),
      ['content-type', 'application/json'] as const,
    ];
    const answer = await sendRaw(port, {
      method: 'POST',
      target: `${prefix}${path}`,
      headers,
      body,
      chunked,
    });
    expect(answer.status).toBe(status);
    expect(envelopeFault(prefix, 'POST', answer)).toBeUndefined();
  });

  it('from a common client', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}${prefix}${path}`, {
      method: 'POST',
      headers: { ...keyHeader(dialect, key), 'content-type': 'application/json' },
      body,
    });
    const text = await answer.text();
    expect(answer.status, text).toBe(status);
    expect(Object.keys(JSON.parse(text))).not.toContain('statusCode');
  });
});

it('the server lives', async () => {
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});
