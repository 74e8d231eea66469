/**
 * For every endpoint that takes an id: another reseller's is answered byte for byte like one that does not exist. The
 * endpoints are the server's own list, so that a new one is tried too.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';
import { keyHeader } from '../support/dialect-calls.ts';
import { type DialectName, dialectRoutes, type Route } from '../support/routes.ts';

const WEEKLY = { billingCycle: 'WEEKLY', connections: 100, authentications: 1 };
const SCOPES = ['reseller:read', 'reseller:write', 'reseller:signup', 'reseller:credit'];
const RATE_WINDOW_MS = 60_000;
const clock = new ManualClock('2026-05-04T10:00:00.000Z');

let api: TestApi;
let me: TestReseller;
let other: TestReseller;
/** Ids of the other's, and such as nobody has. */
let pairs: Record<DialectName, { theirs: string; nobodys: string }[]>;
let routes: Route[];

beforeAll(async () => {
  api = await createTestApi({ clock });
  const { core, operator } = api;
  me = await api.reseller({ storeCode: 'MINE', mb: 1000, scopes: SCOPES });
  other = await api.reseller({ storeCode: 'THEIRS', mb: 1000 });
  for (const { accountId, storeCode } of [me, other]) {
    await core.accounts.topUp(operator, storeCode, 'usd', 10_000n);
    // My own, so that an id that is looked for among mine finds something else.
    await makeSubuser(accountId, storeCode === 'MINE' ? 'amy' : 'bob');
  }
  const { id: subuserId } = await core.subusers.get(other.accountId, 'THEIRS_bob', 'residential');
  const subscription = await core.subscriptions.create(operator, other.accountId, {
    ...WEEKLY,
    billingCycle: 'WEEKLY',
    connections: 100,
  });
  const key = await core.keys.mint(operator, { accountId: other.accountId, name: 'k', scopes: SCOPES });
  pairs = {
    eclipseproxy: [
      { theirs: 'THEIRS_bob', nobodys: 'THEIRS_abc' },
      { theirs: 'theirs_BOB', nobodys: 'theirs_ABC' },
      { theirs: subuserId, nobodys: 'subuser-aaaaaaaaaaaaaaaa' },
    ],
    infiniteproxies: [
      { theirs: 'bob', nobodys: 'abc' },
      { theirs: 'theirs_bob', nobodys: 'theirs_abc' },
    ],
    ghostealth: [{ theirs: subscription.id, nobodys: `su_${'0'.repeat(24)}` }],
    vpsctrl: [{ theirs: key.id, nobodys: 'key_aaaaaaaaaaaaaaaa' }],
  };
  routes = await dialectRoutes(core);
});
afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});

async function makeSubuser(accountId: bigint, username: string): Promise<void> {
  const { core, operator } = api;
  const made = await core.subusers.create(operator, accountId, {
    username,
    email: 'a@example.com',
    bytes: 100_000_000n,
    product: 'residential',
  });
  await core.subusers.addAddress(
    operator,
    accountId,
    made.username,
    `203.0.113.${username.length}${accountId}`,
  );
}

/** A good body for every call that takes one and names something in its path, by the path's end. */
const BODIES: Record<string, object> = {
  password: { newPassword: 'aNewSecret42' },
  whitelist: { ip: '198.51.100.7' },
  blacklist: { ip: '198.51.100.7' },
  bandwidth: { action: 'REMOVE', amountMb: 10 },
  autorenewal: { autoRenewal: true },
  rotate: { overlap_ms: 0 },
  ':id': WEEKLY,
};

async function ask(route: Route, url: string, body: unknown) {
  // Every call finds the whole of its rate left: what is left is told in headers, which are compared.
  clock.advance(RATE_WINDOW_MS);
  const response = await api.app.inject({
    method: route.method as 'GET',
    url,
    headers: { ...keyHeader(route.dialect, me.key), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  const { date: _, ...headers } = response.headers;
  return { status: response.statusCode, headers, text: response.body };
}

/** What the other has, whole. */
async function theirState() {
  const { core } = api;
  const { accountId } = other;
  return {
    subuser: await core.subusers.get(accountId, 'THEIRS_bob', 'residential'),
    mobile: await core.subusers.get(accountId, 'THEIRS_bob', 'mobile'),
    subscriptions: await core.subscriptions.list(accountId, {
      page: 0,
      size: 100,
      sortBy: 'id',
      direction: 'ASC',
    }),
    usd: await core.accounts.balance(accountId, 'usd'),
    keys: (await core.keys.list(accountId)).map(({ id, revokedAt, expiresAt }) => ({
      id,
      revokedAt,
      expiresAt,
    })),
  };
}

/** Answers the status, which a good body got. */
async function expectAlike(
  route: Route,
  pair: { theirs: string; nobodys: string },
  urlOf: (id: string) => string,
): Promise<number> {
  const good = route.body && BODIES[route.url.split('/').at(-1)!];
  const bodies = route.body
    ? [good, {}, { ip: 5, newPassword: '', amountMb: -1, connections: '1' }]
    : [undefined];
  const statuses: number[] = [];
  for (const body of bodies) {
    const theirs = await ask(route, urlOf(pair.theirs), body);
    const nobodys = await ask(route, urlOf(pair.nobodys), body);
    expect(theirs.status).toBeGreaterThanOrEqual(400);
    // Only what was sent is different: the answers may repeat it.
    const { text, ...rest } = theirs;
    expect({ ...rest, text: text.replaceAll(pair.theirs, pair.nobodys) }).toEqual(nobodys);
    statuses.push(theirs.status);
  }
  return statuses[0]!;
}

it('in the path', async () => {
  const before = await theirState();
  const withId = routes.filter(({ url }) => url.includes(':'));
  expect(withId.length).toBeGreaterThan(30);
  for (const route of withId) {
    for (const pair of pairs[route.dialect]) {
      const status = await expectAlike(route, pair, (id) => route.url.replace(/:\w+/, id));
      // Ids of keys are the owner's to name: a reseller may not even ask.
      expect(status).toBe(route.dialect === 'vpsctrl' ? 403 : 404);
    }
  }
  expect(await theirState()).toEqual(before);
});

it('in a parameter', async () => {
  const before = await theirState();
  const byName = routes.filter(
    ({ dialect, url, querystring }) =>
      dialect === 'infiniteproxies' && querystring?.properties?.username && !url.endsWith('/create'),
  );
  expect(byName.map(({ url }) => url).sort()).toEqual([
    '/v2/customer/add_balance',
    '/v2/customer/remove_balance',
    '/v2/customer/reset_password',
  ]);
  for (const route of byName) {
    for (const pair of pairs.infiniteproxies) {
      await expectAlike(route, pair, (id) => `${route.url}?username=${id}&balance=10`);
      const inBody = async (username: string) => ask(route, route.url, { username, balance: 10 });
      expect(await inBody(pair.theirs)).toEqual(await inBody(pair.nobodys));
    }
  }
  const list = routes.find(({ method, url }) => method === 'GET' && url === '/api/reseller/v1/subusers')!;
  for (const pair of pairs.eclipseproxy) {
    await expectAlike(list, pair, (cursor) => `${list.url}?limit=1&cursor=${cursor}`);
  }
  expect(await theirState()).toEqual(before);
});
