/**
 * Requests that no honest client would send, to every endpoint of the admin, account and session API, over a socket, by key and by cookie: the
 * server never fails, and answers with problems; what is refused changes nothing; the ledger holds afterwards.
 */
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SCOPES } from '../../src/core/keys/scopes.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import { databaseDigest } from '../support/hostile/digest.ts';
import { envelopeFault } from '../support/hostile/envelope.ts';
import { badRequests, type Good } from '../support/hostile/junk.ts';
import { type RawRequest, sendRaw } from '../support/hostile/raw.ts';
import { Browser } from '../support/person-browser.ts';
import { type ApiName, apiRoutes, prefixOf, type Route } from '../support/routes.ts';

const SEED = 20_260_504;
const RUNS = 6;
const STEP_MS = 60_000;
const PASSWORD = 'a-good-password';
/** What answers no JSON, and as long as it takes. */
const STREAMS = /\.(csv|ndjson)$|\/(csv|export|stream|events)$/;

const clock = new ManualClock('2026-05-04T10:00:00.000Z');
let api: TestApi;
let port: number;
let base: string;
let keys: Record<string, string>;
let ids: string[];
let digest: () => Promise<string>;

beforeAll(async () => {
  api = await createTestApi({ clock });
  const { core, operator } = api;
  await core.accounts.ensureOwner(operator, 'owner@example.com', PASSWORD);
  const store = await api.reseller({
    storeCode: 'MYSTORE',
    mb: 1000,
    scopes: SCOPES.filter((scope) => !scope.startsWith('admin:')),
  });
  const owner = await core.accounts.ownerId();
  keys = { admin: await api.mintKey(owner, [...SCOPES]), account: store.key };
  const person = await core.people.create(
    operator,
    { accountId: owner, email: 'ann@example.com', name: 'Ann', role: 'viewer' },
    PASSWORD,
  );
  const key = await core.keys.mint(operator, {
    accountId: store.accountId,
    name: 'k',
    scopes: ['reseller:read'],
  });
  ids = ['MYSTORE', person.id, key.id, '1', 'nobody'];
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  port = (api.app.server.address() as AddressInfo).port;
  base = `http://127.0.0.1:${port}`;
  digest = await databaseDigest(api.database.sql);
});
afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});

async function headersFor(name: ApiName): Promise<RawRequest['headers']> {
  const key = keys[name];
  if (key !== undefined) return [['authorization', `Bearer ${key}`]];
  // Others before may have ended the session, or changed the password.
  await api.core.accounts.setPassword(api.operator, 'owner@example.com', PASSWORD);
  const browser = new Browser(base);
  await browser.signIn('owner@example.com', PASSWORD);
  return [
    ['cookie', browser.cookie],
    ['origin', base],
  ];
}

/** The example that the reference has of the body. */
function goodRequest(route: Route<ApiName>, headers: RawRequest['headers'], n: number): Good {
  const { examples = [] } = (route.body ?? {}) as { examples?: Record<string, unknown>[] };
  return { id: ids[n % ids.length]!, headers, body: examples[0], query: {} };
}

async function attack(route: Route<ApiName>): Promise<void> {
  let headers = await headersFor(route.dialect);
  let n = 0;
  // A session notes that it was used, and who guesses is made to wait.
  const isWatched = route.dialect !== 'session';
  let state = await digest();
  await fc.assert(
    fc.asyncProperty(badRequests(route as unknown as Route), async (makeBad) => {
      clock.advance(STEP_MS);
      const request = makeBad(goodRequest(route, headers, n++));
      const said =
        `${request.method} ${request.target} ${JSON.stringify(request.headers)} ${request.body}`.slice(
          0,
          2000,
        );
      const answer = await sendRaw(port, request).catch((error) => {
        throw new Error(`${error.message}\nto ${said}`);
      });
      const fault = envelopeFault(prefixOf(request.target) ?? route.prefix, request.method, answer);
      if (fault !== undefined) throw new Error(`${fault}\nto ${said}`);
      if (isWatched) {
        const now = await digest();
        if (answer.status >= 300 && now !== state)
          throw new Error(
            `something changed, though the answer was ${answer.status} ${answer.body}\nto ${said}`,
          );
        state = now;
      }
      if (answer.status < 300 && route.dialect === 'session') headers = await headersFor(route.dialect);
    }),
    { seed: SEED ^ crc32(`${route.method} ${route.url}`), numRuns: RUNS },
  );
}

it.each(['admin', 'account', 'session'] as const)('the %s API stands', { timeout: 300_000 }, async (name) => {
  const routes = (await apiRoutes(api.core)).filter(
    ({ dialect, method, url }) => dialect === name && method !== 'HEAD' && !STREAMS.test(url),
  );
  expect(routes.length).toBeGreaterThan(8);
  const faults: string[] = [];
  for (const route of routes) {
    await attack(route).catch((error: Error) =>
      faults.push(`${route.method} ${route.url}: ${error.message} ${String(error.cause ?? '')}`),
    );
  }
  expect(faults).toEqual([]);
});
