/** The audit: every door's changes are in it, with who, from where, before and after; it is found again, and cannot be rewritten. */
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireSubscriptions } from '../../src/jobs/expire-subscriptions.ts';
import { Outgoing } from '../../src/outgoing/outgoing.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';
import { keyHeader } from '../support/dialect-calls.ts';
import { Browser } from '../support/person-browser.ts';
import type { DialectName } from '../support/routes.ts';

const PASSWORD = 'a-good-password';
let api: TestApi;
let base: string;
let store: TestReseller;
let keyId: string;
let owner: Browser;
let ownerId: string;
let adminKey: string;

beforeAll(async () => {
  api = await createTestApi();
  await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', PASSWORD);
  // As a server does when it starts: it makes the log's first key.
  await api.core.creditLog.sign();
  const scopes = ['reseller:read', 'reseller:write', 'reseller:signup', 'reseller:credit', 'user:write'];
  store = await api.reseller({ storeCode: 'MYSTORE', mb: 100_000, scopes });
  await api.core.accounts.topUp(api.operator, 'MYSTORE', 'usd', 100_000n);
  adminKey = await api.mintKey(await api.core.accounts.ownerId(), ['admin:read', 'admin:write']);
  keyId = (await api.core.keys.authenticate(store.key))!.keyPublicId;
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  base = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
  owner = new Browser(base, '127.9.8.7');
  await owner.signIn('owner@example.com', PASSWORD);
  ownerId = (await owner.who()).body.id;
});
afterAll(() => api.close());

interface Entry {
  actor: string;
  door: string;
  address: string | null;
  action: string;
  subject: string;
  details: Record<string, unknown>;
}

/** What the audit has been given by some work. */
async function entriesOf(work: () => Promise<unknown>): Promise<Entry[]> {
  const [{ last }] = (await api.database
    .sql`SELECT coalesce(max(id), 0) AS last FROM audit_entry`) as unknown as [{ last: bigint }];
  await work();
  return api.database.sql<Entry[]>`
    SELECT actor, door, host(address) AS address, action, subject, details FROM audit_entry WHERE id > ${last} ORDER BY id`;
}

async function call(dialect: DialectName, key: string, method: string, url: string, body?: object) {
  const answer = await api.app.inject({
    method: method as 'POST',
    url,
    remoteAddress: '198.51.100.9',
    headers: { ...keyHeader(dialect, key), ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { payload: JSON.stringify(body) } : {}),
  });
  expect(answer.statusCode, `${method} ${url}: ${answer.body}`).toBeLessThan(300);
  return answer.json();
}

describe('every door', () => {
  it.each<[DialectName, string, string, object | undefined, string, string, string]>([
    [
      'eclipseproxy',
      'POST',
      '/api/reseller/v1/subusers',
      { username: 'a1', email: 'a@example.com', bandwidth: 1 },
      'eclipseproxy',
      'subuser.create',
      'reseller',
    ],
    [
      'infiniteproxies',
      'POST',
      '/v2/customer/create?username=a2',
      undefined,
      'infiniteproxies',
      'subuser.create',
      'reseller',
    ],
    [
      'vpsctrl',
      'POST',
      '/api/v1/reseller/signup',
      { email: 'c@example.com', name: 'C', password: PASSWORD },
      'vpsctrl',
      'account.sign-up',
      'reseller',
    ],
    [
      'vpsctrl',
      'POST',
      '/api/v1/reseller/credit-event',
      { kind: 'topup', amount_usd: 1, external_ref: 't1' },
      'vpsctrl',
      'credit-event.record',
      'reseller',
    ],
    [
      'vpsctrl',
      'POST',
      '/api/v1/admin/credits/freeze',
      { email: 'c@example.com', frozen: true },
      'vpsctrl',
      'credits.freeze',
      'admin',
    ],
    [
      'vpsctrl',
      'POST',
      '/api/v1/admin/vouchers',
      { amount_usd: 1, count: 1, max_uses: 1 },
      'vpsctrl',
      'voucher.create',
      'admin',
    ],
    [
      'vpsctrl',
      'POST',
      '/api/admin/api-keys',
      { name: 'k', owner_email: 'c@example.com', scopes: ['user:read'] },
      'vpsctrl',
      'key.mint',
      'admin',
    ],
    [
      'ghostealth',
      'POST',
      '/api/v1.0/resellers/subscriptions',
      { billingCycle: 'WEEKLY', connections: 100, authentications: 1 },
      'ghostealth',
      'subscription.create',
      'reseller',
    ],
  ])('%s %s %s', async (dialect, method, url, body, door, action, who) => {
    const key = who === 'admin' ? adminKey : store.key;
    const id = (await api.core.keys.authenticate(key))!.keyPublicId;
    const entries = await entriesOf(() => call(dialect, key, method, url, body));
    expect(entries).not.toEqual([]);
    for (const entry of entries) {
      expect(entry).toMatchObject({ actor: `key:${id}`, door, address: '198.51.100.9' });
    }
    expect(entries.map((entry) => entry.action)).toContain(action);
  });

  it('the admin and the account API, by key', async () => {
    const byAdmin = await entriesOf(() =>
      call('vpsctrl', adminKey, 'POST', '/api/admin/keys', {
        owner: 'MYSTORE',
        name: 'k',
        scopes: ['reseller:read'],
      }),
    );
    expect(byAdmin).toMatchObject([
      { door: 'admin-api', action: 'key.mint', details: { before: null, after: { name: 'k' } } },
    ]);
    const id = byAdmin[0]!.subject.replace('key:', '');
    const byReseller = await entriesOf(() => call('vpsctrl', store.key, 'DELETE', `/api/account/keys/${id}`));
    expect(byReseller).toMatchObject([
      {
        door: 'account-api',
        actor: `key:${keyId}`,
        action: 'key.revoke',
        details: { before: { revokedAt: null } },
      },
    ]);
  });

  it('the console, by the person', async () => {
    const entries = await entriesOf(() =>
      owner.ask('POST', '/api/admin/people', { email: 'ann@example.com', name: 'Ann', role: 'viewer' }),
    );
    expect(entries).toMatchObject([
      {
        actor: `person:${ownerId}`,
        door: 'console',
        address: '127.9.8.7',
        action: 'person.invite',
        details: { before: null, after: { email: 'ann@example.com', role: 'viewer' } },
      },
    ]);
  });

  it('signing in and out', async () => {
    const browser = new Browser(base, '127.9.8.6');
    const entries = await entriesOf(async () => {
      await browser.signIn('owner@example.com', PASSWORD);
      await browser.ask('DELETE', '/api/session');
    });
    const who = { actor: `person:${ownerId}`, door: 'console', address: '127.9.8.6' };
    expect(entries).toMatchObject([
      { ...who, action: 'session.sign-in' },
      { ...who, action: 'session.end' },
    ]);
  });

  it('the command line, for the installation itself', async () => {
    const entries = await entriesOf(() => api.core.accounts.topUp(api.operator, 'MYSTORE', 'usd', 500n));
    expect(entries).toMatchObject([
      { actor: 'command-line', door: 'command-line', address: null, action: 'reseller.topup' },
    ]);
    const { before, after } = entries[0]!.details as Record<'before' | 'after', { balance: string }>;
    expect(BigInt(after.balance) - BigInt(before.balance)).toBe(500n);
  });

  it('the user API, by the account that signs in', async () => {
    const entries = await entriesOf(() =>
      call('eclipseproxy', '', 'POST', '/api/user-api/auth', { email: 'c@example.com', password: PASSWORD }),
    );
    const account = await api.core.accounts.find('c@example.com');
    expect(entries).toMatchObject([
      {
        actor: `account:${account.publicId}`,
        door: 'user-api',
        address: '198.51.100.9',
        action: 'user-token.issue',
        details: { before: null, after: { token: expect.stringMatching(/^key_/) } },
      },
    ]);
  });

  it('an invitation, by whoever holds it', async () => {
    const ann = await api.core.people.find('ann@example.com');
    const { body } = await owner.ask('POST', `/api/admin/people/${ann.id}/invitation`);
    const [entry] = await entriesOf(() =>
      new Browser(base, '127.9.8.5').ask('POST', '/api/session/invitation', {
        token: body.token,
        password: PASSWORD,
      }),
    );
    expect(entry).toMatchObject({
      actor: 'invitation',
      door: 'console',
      address: '127.9.8.5',
      action: 'person.take-up-invitation',
      subject: `person:${ann.id}`,
      details: { before: { state: 'invited' }, after: { state: 'active' } },
    });
  });

  it('jobs, by the system', async () => {
    const { accountId } = store;
    const plan = { billingCycle: 'WEEKLY', connections: 100, authentications: 1 } as const;
    const { id } = await api.core.subscriptions.create(api.operator, accountId, plan);
    await api.database.sql`UPDATE subscription SET period_end = now() WHERE public_id = ${id}`;
    const entries = await entriesOf(() =>
      expireSubscriptions.run(api.core, { outgoing: new Outgoing([]), ending: new AbortController().signal }),
    );
    expect(entries).toMatchObject([
      {
        actor: 'system',
        door: 'job',
        address: null,
        action: 'subscription.expire',
        subject: `subscription:${id}`,
        details: { before: { status: 'ACTIVE' }, after: { status: 'STOPPED' } },
      },
    ]);
  });

  it('writes no secret', async () => {
    const rows = JSON.stringify(await api.database.sql`SELECT details::text FROM audit_entry`);
    for (const secret of [PASSWORD, store.key, adminKey]) expect(rows).not.toContain(secret);
  });
});

it('cannot be rewritten', async () => {
  const { sql } = api.database;
  for (const attempt of [
    'UPDATE audit_entry SET actor = $$nobody$$',
    'DELETE FROM audit_entry',
    'TRUNCATE audit_entry',
  ]) {
    await expect(sql.unsafe(attempt), attempt).rejects.toMatchObject({ code: '23001' });
  }
});

describe('searching', () => {
  const find = async (filter: Record<string, string>, ask = owner, path = '/api/admin/audit') =>
    (await ask.ask('GET', `${path}?${new URLSearchParams(filter)}`)).body;

  it('is by actor, action, subject, door, address, time and text', async () => {
    const all = (await find({ limit: '1000' })).data as (Entry & { at: string; actorEmail: string })[];
    expect(all.length).toBeGreaterThan(15);
    const expectFound = async (
      filter: Record<string, string>,
      fits: (entry: (typeof all)[number]) => boolean,
    ) => {
      const { data } = await find({ ...filter, limit: '1000' });
      expect(data.length, JSON.stringify(filter)).toBeGreaterThan(0);
      expect(data, JSON.stringify(filter)).toEqual(all.filter(fits));
    };
    await expectFound({ actor: `key:${keyId}` }, ({ actor }) => actor === `key:${keyId}`);
    await expectFound({ actor: 'OWNER@example.com' }, ({ actor }) => actor === `person:${ownerId}`);
    await expectFound({ action: 'key.mint' }, ({ action }) => action === 'key.mint');
    await expectFound({ action: 'key.' }, ({ action }) => action.startsWith('key.'));
    await expectFound({ subject: 'voucher:' }, ({ subject }) => subject.startsWith('voucher:'));
    await expectFound({ door: 'console' }, ({ door }) => door === 'console');
    await expectFound({ address: '127.9.8.6' }, ({ address }) => address === '127.9.8.6');
    await expectFound({ text: 'ANN@EXAMPLE' }, ({ details }) => /ann@example/.test(JSON.stringify(details)));
    const middle = all[5]!.at;
    await expectFound({ from: middle }, ({ at }) => at >= middle);
    await expectFound({ to: middle }, ({ at }) => at < middle);
    expect((await find({ text: '100%' })).data).toEqual([]);
    expect((await find({ from: '2027-02-30T00:00:00Z' })).errors[0].field).toBe('from');
  });

  it('goes page by page without a gap', async () => {
    const ids: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await find({ limit: '7', ...(cursor ? { cursor } : {}) });
      ids.push(...page.data.map(({ id }: { id: number }) => id));
      cursor = page.nextCursor;
    }
    const rows = await api.database.sql<{ id: bigint }[]>`SELECT id FROM audit_entry ORDER BY id DESC`;
    expect(ids).toEqual(rows.map(({ id }) => Number(id)));
  });

  it('shows a reseller what concerns it, and of the provider only what it did', async () => {
    await api.core.accounts.setPassword(api.operator, store.email, PASSWORD);
    const theirs = new Browser(base);
    await theirs.signIn(store.email, PASSWORD);
    const { data } = await find({ limit: '1000' }, theirs, '/api/account/audit');
    const own = await api.core.accounts.find('MYSTORE');
    expect(data.map(({ account }: { account: string }) => account)).toEqual(
      data.map(({ actor }: { actor: string }) => (actor === 'provider' ? null : own.publicId)),
    );
    expect(data).toContainEqual(
      expect.objectContaining({
        actor: 'provider',
        door: 'provider',
        address: null,
        action: 'reseller.topup',
      }),
    );
    expect(JSON.stringify(data)).not.toContain('owner@example.com');
  });

  it('is exported whole, as CSV and a line an entry', async () => {
    const headers = { authorization: `Bearer ${adminKey}` };
    const [{ count }] = (await api.database
      .sql`SELECT count(*)::int AS count FROM audit_entry`) as unknown as [{ count: number }];
    const lines = await api.app.inject({ url: '/api/admin/audit.ndjson', headers });
    expect(lines.headers['content-type']).toBe('application/x-ndjson');
    const entries = lines.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries).toHaveLength(count);
    expect(entries[0].id).toBeGreaterThan(entries.at(-1).id);
    const csv = await api.app.inject({ url: '/api/admin/audit.csv?action=person.', headers });
    expect(csv.body).toMatch(/^id,at,actor,actorEmail,account,door,address,action,subject,details\r\n\d+,/);
    const refused = await api.app.inject({ url: '/api/admin/audit.csv?account=NOBODY', headers });
    expect(refused.json()).toMatchObject({ code: 'account_not_found' });
  });
});
