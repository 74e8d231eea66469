/** Many at once over sockets: each dialect does once what is to be done once, and spends what there is once. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';
import { keyHeader } from '../support/dialect-calls.ts';
import type { DialectName } from '../support/routes.ts';

const MANY = 50;
/** Of one key and endpoint in a minute, in the dialect that counts. */
const CALLS_OF_A_KEY = 10;
const SCOPES = ['reseller:read', 'reseller:write', 'reseller:credit'];
const WEEKLY = { billingCycle: 'WEEKLY', connections: 100, authentications: 1 };
const WEEKLY_CENTS = 2000n;

let api: TestApi;
let origin: string;
let store: TestReseller;

beforeAll(async () => {
  api = await createTestApi();
  origin = await api.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => api.close());
beforeEach(async () => {
  store = await api.reseller({ mb: 1000, scopes: SCOPES });
});

/** Sends all at once, and counts the answers by status and body, or by what `summary` makes of it. */
async function post(
  dialect: DialectName,
  path: string,
  body: unknown,
  { keys = [store.key], summary = (text: string) => text } = {},
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  await Promise.all(
    Array.from({ length: MANY }, async (_, index) => {
      const answer = await fetch(`${origin}${path}`, {
        method: 'POST',
        headers: {
          ...keyHeader(dialect, keys[index % keys.length]!),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const said = `${answer.status} ${summary(await answer.text())}`;
      counts[said] = (counts[said] ?? 0) + 1;
    }),
  );
  return counts;
}

it('EclipseProxy makes one subuser of fifty of one name', async () => {
  const body = { username: 'same', email: 'a@example.com', bandwidth: 20 };
  const summary = (text: string) => JSON.parse(text).messageCode;
  expect(await post('eclipseproxy', '/api/reseller/v1/subusers', body, { summary })).toEqual({
    '201 SUBUSER_CREATED': 1,
    '409 USERNAME_TAKEN': MANY - 1,
  });
  expect(await api.core.accounts.balance(store.accountId, 'residential')).toBe(980_000_000n);
  await api.assertLedgerHolds();
});

it('InfiniteProxies makes one customer of fifty of one name, for one fee', async () => {
  const summary = (text: string) => JSON.parse(text).status.message;
  expect(await post('infiniteproxies', '/v2/customer/create?username=same', undefined, { summary })).toEqual({
    '200 User has been created. To prevent abuse, we substracted 100 MB from your balance': 1,
    '400 Username is already taken': MANY - 1,
  });
  expect(await api.core.accounts.balance(store.accountId, 'residential')).toBe(900_000_000n);
  await api.assertLedgerHolds();
});

it('VPSCtrl records one of fifty reports with one reference', async () => {
  const body = { kind: 'topup', amount_usd: 25, external_ref: 'txn_same' };
  // They all get the one receipt, which holds the event's id too.
  const summary = (text: string) =>
    text.replaceAll(/ev_\w+/g, 'ev_').replace(/,"receipt":.*(?=\}$)/, ',"receipt":…');
  expect(await post('vpsctrl', '/api/v1/reseller/credit-event', body, { summary })).toEqual({
    '200 {"ok":true,"id":"ev_","receipt":…}': 1,
    '200 {"ok":true,"duplicate":true,"receipt":…}': MANY - 1,
  });
  const [row] = await api.database.sql<{ count: bigint }[]>`
    SELECT count(*) FROM credit_event WHERE account_id = ${store.accountId}`;
  expect(row!.count).toBe(1n);
  await api.assertLedgerHolds();
});

it('Ghostealth sells seven of fifty subscriptions on money for seven', async () => {
  await api.core.accounts.topUp(api.operator, store.storeCode, 'usd', 7n * WEEKLY_CENTS + WEEKLY_CENTS - 1n);
  const keys = await Promise.all(
    Array.from({ length: MANY / CALLS_OF_A_KEY }, () => api.mintKey(store.accountId, SCOPES)),
  );
  const summary = (text: string) => JSON.parse(text).code ?? JSON.parse(text).data.status;
  expect(await post('ghostealth', '/api/v1.0/resellers/subscriptions', WEEKLY, { keys, summary })).toEqual({
    '200 ACTIVE': 7,
    '402 INSUFFICIENT_BALANCE': MANY - 7,
  });
  expect((await api.core.subscriptions.count(store.accountId)).total).toBe(7);
  expect(await api.core.accounts.balance(store.accountId, 'usd')).toBe(WEEKLY_CENTS - 1n);
  await api.assertLedgerHolds();
});
