/** One account, one set of data, one key: what is done through one dialect is there in every other. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SCOPES } from '../../src/core/keys/scopes.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';
import { callDialect, type Method } from '../support/dialect-calls.ts';
import { DIALECTS, type DialectName } from '../support/routes.ts';
import { eclipseTrade, infiniteTrade, type Trade } from './trade.ts';

const clock = new ManualClock('2026-05-04T10:00:00.000Z');
const RESELLER_SCOPES = SCOPES.filter((scope) => !scope.startsWith('admin:'));
const WEEKLY = { billingCycle: 'WEEKLY', connections: 100, authentications: 1 };
/** More than a key is believed for without asking again. */
const KEY_CACHE_MS = 1001;

let api: TestApi;
let adminKey: string;
let store: TestReseller;
let eclipse: Trade;
let infinite: Trade;

beforeAll(async () => {
  api = await createTestApi({ clock });
  await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', 'a-good-password');
  const owner = await api.core.accounts.find('owner@example.com');
  adminKey = await api.mintKey(owner.id, ['admin:read', 'admin:write']);
});
afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});
beforeEach(async () => {
  store = await api.reseller({ mb: 1000, scopes: [...RESELLER_SCOPES] });
  eclipse = eclipseTrade(api, store);
  infinite = infiniteTrade(api, store);
});

async function call(dialect: DialectName, method: Method, url: string, body?: unknown, key = store.key) {
  return callDialect(api, dialect, key, method, url, body);
}

async function ok(...args: Parameters<typeof call>) {
  const answer = await call(...args);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body;
}

describe('customers', () => {
  it('made by EclipseProxy are InfiniteProxies’ customers: name, password, balance', async () => {
    const { password } = await eclipse.make('Bob.1', 120.75);
    expect(await infinite.read('bob.1')).toEqual({ name: 'bob.1', balance: 120, password });
    expect(await infinite.list()).toEqual([{ name: 'bob.1', balance: 120 }]);
    expect(await infinite.pool()).toBe(879);
    const reset = await infinite.changePassword('bob.1');
    expect((await eclipse.read('Bob.1')).password).toBe(reset);
  });

  it('made by InfiniteProxies are EclipseProxy’s subusers', async () => {
    const { password } = await infinite.make('amy', 120);
    expect(await eclipse.read('amy')).toEqual({ name: 'amy', balance: 120, password });
    await eclipse.takeBack('amy', 0.5);
    expect((await infinite.read('amy')).balance).toBe(119);
    const changed = await eclipse.changePassword('amy');
    expect((await infinite.read('amy')).password).toBe(changed);
    const [subuser] = (await ok('eclipseproxy', 'GET', '/api/reseller/v1/subusers')).data;
    expect(subuser).toMatchObject({ username: `${store.storeCode}_amy`, email: '' });
  });

  it('of one name are one customer, whoever asks', async () => {
    await eclipse.make('bob', 10);
    const taken = await call('infiniteproxies', 'POST', '/v2/customer/create?username=bob');
    expect(taken.body).toEqual({ status: { code: 400, message: 'Username is already taken' } });
    await infinite.make('amy', 10);
    const other = { username: 'AMY', email: 'a@example.com', bandwidth: 1 };
    expect((await call('eclipseproxy', 'POST', '/api/reseller/v1/subusers', other)).status).toBe(409);
  });

  it('deleted by EclipseProxy are gone everywhere', async () => {
    await infinite.make('amy', 10);
    await ok('eclipseproxy', 'DELETE', `/api/reseller/v1/subusers/${store.storeCode}_amy`);
    expect((await call('infiniteproxies', 'GET', '/v2/customer/@amy')).status).toBe(404);
    expect(await infinite.list()).toEqual([]);
  });

  it('hold addresses that no subscription takes, and the other way round', async () => {
    await eclipse.make('bob', 10);
    await grant(50);
    const whitelist = `/api/reseller/v1/subusers/${store.storeCode}_bob/whitelist`;
    const { id } = (await ok('ghostealth', 'POST', '/api/v1.0/resellers/subscriptions', WEEKLY)).data;
    const bind = `/api/v1.0/resellers/subscriptions/${id}/whitelist`;
    await ok('eclipseproxy', 'POST', whitelist, { ip: '198.51.100.1' });
    const held = await call('ghostealth', 'PUT', bind, { ip: '198.51.100.1' });
    expect([held.status, held.body.code]).toEqual([409, 'IP_IN_USE']);
    await ok('ghostealth', 'PUT', bind, { ip: '198.51.100.2' });
    const bound = await call('eclipseproxy', 'POST', whitelist, { ip: '198.51.100.2' });
    expect([bound.status, bound.body.messageCode]).toEqual([409, 'IP_IN_USE']);
  });
});

async function grant(usd: number) {
  const body = { email: store.email, amount_usd: usd, note: 'for the test' };
  return ok('vpsctrl', 'POST', '/api/v1/admin/credits/grant', body, adminKey);
}

/** The money of the account, as VPSCtrl and Ghostealth tell it, in cents. */
async function money() {
  const { credits_usd } = await ok('vpsctrl', 'GET', '/api/v1/credits/balance');
  const me = await ok('vpsctrl', 'GET', '/api/v1/me');
  const { data } = await ok('ghostealth', 'GET', '/api/v1.0/resellers');
  const users: { email: string; credits_usd: number }[] = await ok(
    'vpsctrl',
    'GET',
    '/api/v1/admin/users',
    undefined,
    adminKey,
  );
  const listed = users.find(({ email }) => email === store.email)!;
  return [credits_usd * 100, me.credits_usd * 100, listed.credits_usd * 100, data.balance.amount.value];
}

describe('money', () => {
  it('granted by VPSCtrl’s owner is Ghostealth’s balance, and what is bought there is gone here', async () => {
    expect(await money()).toEqual([0, 0, 0, 0]);
    expect((await grant(25)).balance_after_usd).toBe(25);
    expect(await money()).toEqual([2500, 2500, 2500, 2500]);
    await ok('ghostealth', 'POST', '/dev/v1.0/resellers/subscriptions', WEEKLY);
    expect(await money()).toEqual([500, 500, 500, 500]);
    expect((await grant(-5)).balance_after_usd).toBe(0);
    expect(await money()).toEqual([0, 0, 0, 0]);
  });

  it('of a voucher buys a subscription', async () => {
    const vouchers = { amount_usd: 20, count: 1, max_uses: 1 };
    const { codes } = await ok('vpsctrl', 'POST', '/api/v1/admin/vouchers', vouchers, adminKey);
    await ok('vpsctrl', 'POST', '/api/v1/vouchers/redeem', { code: codes[0] });
    expect(await money()).toEqual([2000, 2000, 2000, 2000]);
    await ok('ghostealth', 'POST', '/api/v1.0/resellers/subscriptions', WEEKLY);
    expect(await money()).toEqual([0, 0, 0, 0]);
  });

  it('that VPSCtrl froze buys nothing at Ghostealth', async () => {
    await grant(25);
    const freeze = (frozen: boolean) =>
      ok('vpsctrl', 'POST', '/api/v1/admin/credits/freeze', { email: store.email, frozen }, adminKey);
    await freeze(true);
    const refused = await call('ghostealth', 'POST', '/api/v1.0/resellers/subscriptions', WEEKLY);
    expect([refused.status, refused.body.code]).toEqual([403, 'CREDITS_FROZEN']);
    await freeze(false);
    await ok('ghostealth', 'POST', '/api/v1.0/resellers/subscriptions', WEEKLY);
  });
});

const READS: Record<DialectName, string> = {
  eclipseproxy: '/api/reseller/v1/bandwidth',
  infiniteproxies: '/v2/@me',
  vpsctrl: '/api/v1/me',
  ghostealth: '/api/v1.0/resellers',
};

const statuses = (key: string) =>
  Promise.all(
    DIALECTS.map(async (dialect) => (await call(dialect, 'GET', READS[dialect], undefined, key)).status),
  );

describe('a key', () => {
  it('with the scopes works in all four', async () => {
    expect(await statuses(store.key)).toEqual([200, 200, 200, 200]);
  });

  it('works where its scopes reach, and is refused elsewhere in that dialect’s way', async () => {
    expect(await statuses(await api.mintKey(store.accountId, ['reseller:read']))).toEqual([
      200, 200, 403, 200,
    ]);
    expect(await statuses(await api.mintKey(store.accountId, ['user:read']))).toEqual([403, 403, 200, 403]);
  });

  it('minted by VPSCtrl’s owner works in all four, and its successor too', async () => {
    const minted = await ok(
      'vpsctrl',
      'POST',
      '/api/admin/api-keys',
      { name: 'all', owner_email: store.email, scopes: RESELLER_SCOPES },
      adminKey,
    );
    expect(minted.secret).toMatch(/^vfc_live_/);
    expect(await statuses(minted.secret)).toEqual([200, 200, 200, 200]);
    const rotate = `/api/admin/api-keys/${minted.id}/rotate`;
    const successor = await ok('vpsctrl', 'POST', rotate, { overlap_ms: 0 }, adminKey);
    clock.advance(KEY_CACHE_MS);
    expect(await statuses(minted.secret)).toEqual([401, 401, 401, 401]);
    expect(await statuses(successor.secret)).toEqual([200, 200, 200, 200]);
  });

  it('that is revoked stops in all four', async () => {
    const { id, secret } = await api.core.keys.mint(api.operator, {
      accountId: store.accountId,
      name: 'soon gone',
      scopes: RESELLER_SCOPES,
    });
    expect(await statuses(secret)).toEqual([200, 200, 200, 200]);
    await ok('vpsctrl', 'DELETE', `/api/admin/api-keys/${id}`, undefined, adminKey);
    clock.advance(KEY_CACHE_MS);
    expect(await statuses(secret)).toEqual([401, 403, 401, 401]);
  });

  it('that expires stops in all four', async () => {
    const secret = await api.mintKey(
      store.accountId,
      [...RESELLER_SCOPES],
      new Date(clock.now().getTime() + 500),
    );
    expect(await statuses(secret)).toEqual([200, 200, 200, 200]);
    clock.advance(500);
    expect(await statuses(secret)).toEqual([401, 401, 401, 401]);
  });
});

it('an Idempotency-Key belongs to the account, not to a dialect', async () => {
  const headers = { 'idempotency-key': 'make-bob' };
  const make = (name: string) =>
    callDialect(
      api,
      'infiniteproxies',
      store.key,
      'POST',
      `/v2/customer/create?username=${name}`,
      undefined,
      headers,
    );
  expect((await make('bob')).status).toBe(200);
  const elsewhere = await callDialect(
    api,
    'eclipseproxy',
    store.key,
    'POST',
    '/api/reseller/v1/subusers',
    { username: 'carl', email: 'c@example.com', bandwidth: 10 },
    headers,
  );
  expect([elsewhere.status, elsewhere.body.messageCode]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  expect(await infinite.list()).toEqual([{ name: 'bob', balance: 0 }]);
});
