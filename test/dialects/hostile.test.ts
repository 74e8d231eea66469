/**
 * Requests that no honest client would send, to every endpoint of every dialect, over a socket: the server never fails, answers
 * in the dialect's own envelope, and what it refuses changes nothing.
 */
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCOPES } from '../../src/core/keys/scopes.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';
import { keyHeader } from '../support/dialect-calls.ts';
import { databaseDigest } from '../support/hostile/digest.ts';
import { envelopeFault } from '../support/hostile/envelope.ts';
import { badRequests, type Good } from '../support/hostile/junk.ts';
import { sendRaw } from '../support/hostile/raw.ts';
import { DIALECTS, type DialectName, dialectRoutes, prefixOf, type Route } from '../support/routes.ts';

const SEED = 20_260_504;
const CASES = { write: 45, GET: 20, HEAD: 5 };
/** Between two calls, so that no limit on calls hides what is behind it. */
const STEP_MS = 60_000;

const clock = new ManualClock('2026-05-04T10:00:00.000Z');
let api: TestApi;
let port: number;
let store: TestReseller;
let ownerKey: string;
let digest: () => Promise<string>;
let routes: Route[];
/** What the paths name, by dialect. */
let ids: Record<DialectName, string>;
let made = 0;

beforeAll(async () => {
  api = await createTestApi({ clock });
  const { core, operator, database } = api;
  const resellerScopes = SCOPES.filter((scope) => !scope.startsWith('admin:'));
  store = await api.reseller({ storeCode: 'STORE', mb: 900_000_000, scopes: resellerScopes });
  await core.accounts.topUp(operator, 'STORE', 'usd', 100_000_000_000n);
  await core.accounts.ensureOwner(operator, 'owner@example.com', 'a-good-password');
  ownerKey = await api.mintKey((await core.accounts.find('owner@example.com')).id, [...SCOPES]);
  await core.accounts.createReseller(operator, {
    storeCode: 'OTHER',
    storeName: 'Other',
    email: 'other@example.com',
    password: 'a-good-password',
  });
  ids = Object.fromEntries(
    await Promise.all(DIALECTS.map(async (dialect) => [dialect, await makeTarget(dialect)])),
  );
  digest = await databaseDigest(database.sql);
  routes = await dialectRoutes(core);
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  port = (api.app.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});

/** A new one, when a request that got through has used up the last. */
async function makeTarget(dialect: DialectName): Promise<string> {
  const { core, operator } = api;
  if (dialect === 'vpsctrl') {
    const { id: accountId } = await core.accounts.find('OTHER');
    return (await core.keys.mint(operator, { accountId, name: 'target', scopes: ['user:read'] })).id;
  }
  if (dialect === 'ghostealth') {
    const plan = { billingCycle: 'WEEKLY', connections: 100, authentications: 10 } as const;
    return (await core.subscriptions.create(operator, store.accountId, plan)).id;
  }
  const username = `target${++made}`;
  await core.subusers.create(operator, store.accountId, {
    username,
    email: null,
    bytes: 1_000_000_000n,
    product: 'residential',
  });
  return dialect === 'eclipseproxy' ? `STORE_${username}` : username;
}

/** A good value of every field there is. A field that is new needs one too. */
function goodValue(name: string): unknown {
  const n = ++made;
  const values: Record<string, unknown> = {
    username: `user${n}`,
    email: `user${n}@example.com`,
    bandwidth: 1,
    newPassword: 'aNewSecret42',
    ip: `198.51.${n % 200}.${n % 250}`,
    action: 'ADD',
    amountMb: 1,
    password: 'a-good-password',
    balance: '10',
    type: 'residential',
    name: 'A Name',
    kind: 'topup',
    amount_usd: 1.5,
    external_ref: `txn_${n}`,
    meta: { a: 1 },
    note: 'a note',
    frozen: false,
    count: 1,
    max_uses: 1,
    expires_at: null,
    code: 'VFC-AAAA-AAAA-AAAA',
    owner_email: 'other@example.com',
    scopes: ['user:read'],
    overlap_ms: 1000,
    billingCycle: 'WEEKLY',
    connections: 100,
    authentications: 10,
    autoRenewal: false,
    limit: '10',
    days: '7',
    page: '0',
    size: '20',
    sortBy: 'id',
    direction: 'ASC',
    after: '1',
  };
  if (!(name in values)) throw new Error(`no good value is known for the field ${name}`);
  return values[name];
}

/** A list's cursor is good only when a list has answered it. */
const named = (schema: Route['body']) =>
  Object.keys(schema?.properties ?? {}).filter((name) => name !== 'cursor');

function goodRequest(route: Route): Good {
  const fields = Object.fromEntries(named(route.body).map((name) => [name, goodValue(name)]));
  const moves = /balance|reset_password/.test(route.url);
  // Who is named in a field, and must exist for the call to get far.
  if (route.url.includes('/admin/credits/')) fields.email = 'other@example.com';
  if (route.url.endsWith('/auth')) fields.email = 'other@example.com';
  const query = Object.fromEntries(named(route.querystring).map((name) => [name, String(goodValue(name))]));
  if (moves) for (const given of [fields, query]) given.username = ids.infiniteproxies;
  const key = route.dialect === 'vpsctrl' ? ownerKey : store.key;
  return {
    id: ids[route.dialect],
    headers: Object.entries(keyHeader(route.dialect, key)),
    body: route.body && fields,
    query,
  };
}

/** Calls after which their target is no good any more. */
const USES_UP = /^DELETE .*:id$|\/(cancel|rotate)$/;

async function attack(route: Route): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  let state = await digest();
  await fc.assert(
    fc.asyncProperty(badRequests(route), async (makeBad) => {
      clock.advance(STEP_MS);
      const request = makeBad(goodRequest(route));
      const said =
        `${request.method} ${request.target} ${JSON.stringify(request.headers)} ${request.body}`.slice(
          0,
          2000,
        );
      const answer = await sendRaw(port, request).catch((error) => {
        throw new Error(`${error.message}\nto ${said}`);
      });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const fault = envelopeFault(prefixOf(request.target) ?? route.prefix, request.method, answer);
      if (fault !== undefined) throw new Error(`${fault}\nto ${said}`);
      if (answer.status < 300) {
        if (USES_UP.test(`${route.method} ${route.url}`))
          ids[route.dialect] = await makeTarget(route.dialect);
        state = await digest();
      } else if ((await digest()) !== state) {
        throw new Error(
          `something changed, though the answer was ${answer.status} ${answer.body}\nto ${said}`,
        );
      }
    }),
    // Each route has its own requests, whatever other routes there are.
    {
      seed: SEED ^ crc32(`${route.method} ${route.url}`),
      numRuns: CASES[route.method as 'GET' | 'HEAD'] ?? CASES.write,
    },
  );
  return statuses;
}

describe.each(DIALECTS)('%s', (dialect) => {
  it('stands', { timeout: 120_000 }, async () => {
    const own = routes.filter((route) => route.dialect === dialect);
    expect(own.length).toBeGreaterThan(8);
    const oneSided: string[] = [];
    for (const route of own) {
      const statuses = await attack(route);
      const [got, refused] = [200, 400].map((from) =>
        [...statuses.keys()].some((status) => status >= from && status < from + 100),
      );
      if (route.method !== 'HEAD' && !(got && refused)) oneSided.push(`${route.method} ${route.url}`);
    }
    // Requests are bad enough to be refused, and good enough to get through, at every endpoint but one: a code is redeemed once.
    expect(oneSided.filter((route) => route !== 'POST /api/v1/vouchers/redeem')).toEqual([]);
  });
});
