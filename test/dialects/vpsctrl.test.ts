import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyPassword } from '../../src/core/secrets.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';

const NOW = '2026-03-14T09:26:53.589Z';
const HOUR_MS = 3600_000;
const OWNER = 'owner@example.com';
const clock = new ManualClock(NOW);

let api: TestApi;
let store: TestReseller;
let resellerKey: string;
let adminKey: string;
let made = 0;

beforeAll(async () => {
  api = await createTestApi({ clock });
  await api.core.accounts.ensureOwner(api.operator, OWNER, 'a-long-password');
  const owner = await api.core.accounts.find(OWNER);
  adminKey = await api.mintKey(owner.id, ['admin:read', 'admin:write']);
});
afterAll(async () => {
  await api.assertLedgerHolds();
  await api.close();
});
beforeEach(async () => {
  clock.set(NOW);
  store = await api.reseller();
  resellerKey = await api.mintKey(store.accountId, ['reseller:signup', 'reseller:credit']);
});

type Method = 'GET' | 'POST' | 'DELETE';

interface CallOptions {
  body?: unknown;
  /** Sent as it is. */
  text?: string;
  key?: string | null;
  headers?: Record<string, string>;
}

async function call(method: Method, url: string, options: CallOptions = {}) {
  const { body, text, key = resellerKey, headers = {} } = options;
  const response = await api.app.inject({
    method,
    url,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined && text === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined && text === undefined ? {} : { payload: text ?? JSON.stringify(body) }),
  });
  return {
    status: response.statusCode,
    body: response.json(),
    headers: response.headers,
    text: response.body,
  };
}

function failure(status: number, error: string, message: string | RegExp = /./) {
  const text = typeof message === 'string' ? message : expect.stringMatching(message);
  return { status, body: { ok: false, error, message: text } };
}

function newEmail(): string {
  made += 1;
  return `customer${made}@example.com`;
}

const signUp = (body: unknown, options: CallOptions = {}) =>
  call('POST', '/api/v1/reseller/signup', { body, ...options });
const report = (body: unknown, options: CallOptions = {}) =>
  call('POST', '/api/v1/reseller/credit-event', { body, ...options });
const grant = (body: unknown, options: CallOptions = {}) =>
  call('POST', '/api/v1/admin/credits/grant', { body, key: adminKey, ...options });
const makeVouchers = (body: unknown, options: CallOptions = {}) =>
  call('POST', '/api/v1/admin/vouchers', { body, key: adminKey, ...options });
const redeem = (code: unknown, key: string, options: CallOptions = {}) =>
  call('POST', '/api/v1/vouchers/redeem', { body: { code }, key, ...options });
const mint = (body: unknown, options: CallOptions = {}) =>
  call('POST', '/api/admin/api-keys', { body, key: adminKey, ...options });

/** A signed-up customer with a key of its own. */
async function customer(): Promise<{ email: string; accountId: bigint; key: string }> {
  const email = newEmail();
  const signed = await signUp({ email, name: 'A Customer', password: 'password' });
  const accountId = BigInt(signed.body.id);
  return { email, accountId, key: await api.mintKey(accountId, ['user:read', 'user:write']) };
}

async function rows<T extends object>(query: string): Promise<T[]> {
  return api.database.sql.unsafe<T[]>(query);
}

const CALLS: readonly (readonly [Method, string, string])[] = [
  ['POST', '/api/v1/reseller/signup', 'reseller:signup'],
  ['POST', '/api/v1/reseller/credit-event', 'reseller:credit'],
  ['GET', '/api/v1/me', 'user:read'],
  ['GET', '/api/v1/credits/balance', 'user:read'],
  ['POST', '/api/v1/vouchers/redeem', 'user:write'],
  ['GET', '/api/v1/admin/users', 'admin:read'],
  ['POST', '/api/v1/admin/credits/grant', 'admin:write'],
  ['POST', '/api/v1/admin/credits/freeze', 'admin:write'],
  ['POST', '/api/v1/admin/vouchers', 'admin:write'],
  ['POST', '/api/admin/api-keys', 'admin:write'],
  ['GET', '/api/admin/api-keys', 'admin:read'],
  ['POST', '/api/admin/api-keys/key_x/rotate', 'admin:write'],
  ['DELETE', '/api/admin/api-keys/key_x', 'admin:write'],
];

describe('authentication', () => {
  it.each(CALLS)('%s %s answers 401 without a valid key', async (method, url) => {
    for (const key of [null, 'vfc_live_nothing', 'k'.repeat(5000)]) {
      const answer = await call(method, url, { key });
      expect(answer.status).toBe(401);
      expect(answer.text).toBe('{"ok":false,"error":"unauthorized","message":"Unauthorized"}');
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    }
  });

  it.each(CALLS)('%s %s answers 403 to a key without %s', async (method, url, scope) => {
    const key = await api.mintKey(store.accountId, ['reseller:read']);
    expect(await call(method, url, { key })).toMatchObject(
      failure(403, 'insufficient_scope', `This key lacks the scope ${scope}`),
    );
  });

  it('takes the key in X-Api-Key too', async () => {
    const { key } = await customer();
    expect((await call('GET', '/api/v1/me', { key: null, headers: { 'x-api-key': key } })).status).toBe(200);
  });

  it('answers 401 to an expired and to a revoked key', async () => {
    const until = new Date(clock.now().getTime() + HOUR_MS);
    const expiring = await api.mintKey(store.accountId, ['user:read'], until);
    expect((await call('GET', '/api/v1/me', { key: expiring })).status).toBe(200);
    clock.advance(HOUR_MS);
    expect(await call('GET', '/api/v1/me', { key: expiring })).toMatchObject(failure(401, 'unauthorized'));
    const minted = (await mint({ name: 'panel', owner_email: store.email, scopes: ['user:read'] })).body;
    await call('DELETE', `/api/admin/api-keys/${minted.id}`, { key: adminKey });
    expect(await call('GET', '/api/v1/me', { key: minted.secret })).toMatchObject(
      failure(401, 'unauthorized'),
    );
  });
});

describe('POST /api/v1/reseller/signup', () => {
  it('makes a user and answers its whole-number id', async () => {
    const email = newEmail();
    const answer = await signUp({ email, name: 'Jane Roe', password: 'p4ssword' });
    expect(answer.status).toBe(200);
    expect(Number.isSafeInteger(answer.body.id)).toBe(true);
    expect(answer.text).toBe(JSON.stringify({ ok: true, id: answer.body.id, email }));
  });

  it('keeps the password as Argon2id and the key that signed up', async () => {
    const email = newEmail();
    const { id } = (await signUp({ email, name: 'Jane Roe', password: 'p4ssword' })).body;
    const [account] = await api.database.sql<
      { password_hash: string; tier: string; name: string; via: string; created_at: Date }[]
    >`
      SELECT a.password_hash, a.tier, a.name, k.hint AS via, a.created_at
        FROM account a JOIN api_key k ON k.id = a.signed_up_via WHERE a.id = ${id}`;
    expect(account).toMatchObject({ tier: 'STANDARD', name: 'Jane Roe', created_at: new Date(NOW) });
    expect(resellerKey.startsWith(account!.via)).toBe(true);
    expect(account!.password_hash).toMatch(/^\$argon2id\$/);
    expect(await verifyPassword('p4ssword', account!.password_hash)).toBe(true);
    const [entry] = await api.database.sql<{ actor: string; account_id: bigint; door: string }[]>`
      SELECT actor, account_id, door FROM audit_entry WHERE action = 'account.sign-up' ORDER BY id DESC LIMIT 1`;
    expect(entry).toMatchObject({ account_id: store.accountId, door: 'vpsctrl' });
    expect(entry!.actor).toMatch(/^key:key_/);
  });

  it('answers 409 when the user exists, whatever the case of the address', async () => {
    const email = newEmail();
    await signUp({ email, name: 'Jane Roe', password: 'p4ssword' });
    expect(await signUp({ email: email.toUpperCase(), name: 'X', password: 'p4ssword' })).toMatchObject(
      failure(409, 'user_exists'),
    );
    expect(await signUp({ email: store.email, name: 'X', password: 'p4ssword' })).toMatchObject(
      failure(409, 'user_exists'),
    );
  });

  it('makes one user of many sign-ups at once', async () => {
    const email = newEmail();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => signUp({ email, name: 'Jane Roe', password: 'p4ssword' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
  });

  it('answers the same again under the same Idempotency-Key', async () => {
    const body = { email: newEmail(), name: 'Jane Roe', password: 'p4ssword' };
    const options = { headers: { 'idempotency-key': 'sign-up-1' } };
    const first = await signUp(body, options);
    expect(first.status).toBe(200);
    const second = await signUp(body, options);
    expect(second).toMatchObject({ status: 200, text: first.text });
  });

  it.each([
    [{ name: 'J', password: 'p4ssword' }, 'missing_fields', /email/],
    [{ email: 'a@example.com', name: null, password: 'p4ssword' }, 'missing_fields', /name/],
    [{}, 'missing_fields', /email, name, password/],
    [{ email: 'nobody', name: 'J', password: 'p4ssword' }, 'invalid_field', /^email must be/],
    [{ email: 7, name: 'J', password: 'p4ssword' }, 'invalid_field', /^email must be/],
    [{ email: 'a\0@example.com', name: 'J', password: 'p4ssword' }, 'invalid_field', /^email must be/],
    [{ email: 'a@example.com', name: ' ', password: 'p4ssword' }, 'invalid_field', /^name must be/],
    [{ email: 'a@example.com', name: 'J', password: '7 chars' }, 'invalid_field', /^password must be/],
    [{ email: 'a@example.com', name: 'J', password: 12345678 }, 'invalid_field', /^password must be/],
  ])('answers 400 to %j', async (body, error, message) => {
    expect(await signUp(body)).toMatchObject(failure(400, error, message));
  });
});

describe('POST /api/v1/reseller/credit-event', () => {
  let refs = 0;
  const newRef = () => {
    refs += 1;
    return `txn_${refs}`;
  };

  async function stored(ref: string) {
    return api.database.sql<{ seq: bigint; cents: bigint; kind: string; meta: string | null; id: string }[]>`
      SELECT seq, amount_cents AS cents, kind, meta, public_id AS id FROM credit_event WHERE external_ref = ${ref}`;
  }

  it('records an event', async () => {
    const external_ref = newRef();
    const meta = { z: 1, downstream_user: 'customer@example.com', a: [1.5, 'é', null] };
    const answer = await report({ kind: 'topup', amount_usd: 25.0, external_ref, meta });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['ok', 'id', 'receipt']);
    expect(answer.body.id).toMatch(/^ev_[a-z0-9]+$/);
    expect(await stored(external_ref)).toEqual([
      {
        seq: expect.any(BigInt),
        cents: 2500n,
        kind: 'topup',
        id: answer.body.id,
        meta: '{"a":[1.5,"é",null],"downstream_user":"customer@example.com","z":1}',
      },
    ]);
    const [entry] = await api.database.sql<{ account_id: bigint; actor: string }[]>`
      SELECT account_id, actor FROM audit_entry WHERE subject = ${`credit-event:${answer.body.id}`}`;
    expect(entry!.account_id).toBe(store.accountId);
  });

  it('answers a repeated reference as a duplicate, and records nothing twice', async () => {
    const body = { kind: 'topup', amount_usd: 25, external_ref: newRef() };
    const first = await report(body);
    await report({ ...body, external_ref: newRef() });
    const again = await report(body);
    expect(again.status).toBe(200);
    expect(again.body).toEqual({ ok: true, duplicate: true, receipt: first.body.receipt });
    expect(await stored(body.external_ref)).toHaveLength(1);
  });

  it('lets two keys use the same reference', async () => {
    const body = { kind: 'topup', amount_usd: 25, external_ref: newRef() };
    const second = await api.mintKey(store.accountId, ['reseller:credit']);
    expect((await report(body)).body.id).toMatch(/^ev_/);
    expect((await report(body, { key: second })).body.id).toMatch(/^ev_/);
    expect(await stored(body.external_ref)).toHaveLength(2);
  });

  it('knows a reference through the rotation of its key', async () => {
    const body = { kind: 'topup', amount_usd: 25, external_ref: newRef() };
    const minted = await mint({ name: 'panel', owner_email: store.email, scopes: ['reseller:credit'] });
    const { receipt } = (await report(body, { key: minted.body.secret })).body;
    const first = await call('POST', `/api/admin/api-keys/${minted.body.id}/rotate`, { key: adminKey });
    const second = await call('POST', `/api/admin/api-keys/${first.body.id}/rotate`, { key: adminKey });
    const again = await report(body, { key: second.body.secret });
    expect(again.body).toEqual({ ok: true, duplicate: true, receipt });
  });

  it('keeps a duplicate that differs in kind or amount for review, once', async () => {
    const body = { kind: 'topup', amount_usd: 25, external_ref: newRef() };
    const { id, receipt } = (await report(body)).body;
    for (const changed of [{ amount_usd: 30 }, { amount_usd: 30 }, { kind: 'renewal' }]) {
      expect((await report({ ...body, ...changed })).text).toBe('{"ok":true,"duplicate":true}');
    }
    expect((await report({ ...body, meta: { note: 1 } })).body).toMatchObject({ duplicate: true, receipt });
    const mismatches = await api.database.sql<{ kind: string; amount_cents: bigint }[]>`
      SELECT m.kind, m.amount_cents FROM credit_event_mismatch m JOIN credit_event e ON e.seq = m.event_seq
        WHERE e.public_id = ${id} ORDER BY m.id`;
    expect(mismatches).toEqual([
      { kind: 'topup', amount_cents: 3000n },
      { kind: 'renewal', amount_cents: 2500n },
    ]);
    expect(await stored(body.external_ref)).toMatchObject([{ cents: 2500n, kind: 'topup' }]);
  });

  it.each([
    ['topup', '25', 2500n],
    ['purchase', '25.00', 2500n],
    ['renewal', '0.07', 7n],
    ['topup', '1.1', 110n],
    ['topup', '4.35', 435n],
    ['topup', '2.5e1', 2500n],
    ['topup', '1e3', 100_000n],
    ['topup', '999999999.99', 99_999_999_999n],
    ['refund', '-12.34', -1234n],
    ['refund', '12.34', 1234n],
    ['credit_note_2', '0', 0n],
  ])('reads %s of %s exactly', async (kind, amount, cents) => {
    const ref = newRef();
    const text = `{"kind":"${kind}","amount_usd":${amount},"external_ref":"${ref}"}`;
    expect((await report(undefined, { text })).status).toBe(200);
    expect(await stored(ref)).toMatchObject([{ cents, kind, meta: null }]);
  });

  it.each(['25.005', '1e999', '-1', '-0.01', '1000000000.01', '1e-3', '"25.00"', 'true', '[25]', '"NaN"'])(
    'refuses the amount %s and names the field',
    async (amount) => {
      const text = `{"kind":"topup","amount_usd":${amount},"external_ref":"${newRef()}"}`;
      expect(await report(undefined, { text })).toMatchObject(
        failure(400, 'invalid_field', /^amount_usd must be/),
      );
    },
  );

  it('refuses NaN as no JSON', async () => {
    const text = `{"kind":"topup","amount_usd":NaN,"external_ref":"x"}`;
    expect(await report(undefined, { text })).toMatchObject(failure(400, 'malformed_body'));
  });

  it.each([
    [{ amount_usd: 1, external_ref: 'x' }, 'missing_fields', /kind/],
    [{ kind: 'topup', external_ref: 'x' }, 'missing_fields', /amount_usd/],
    [{ kind: 'topup', amount_usd: null, external_ref: 'x' }, 'missing_fields', /amount_usd/],
    [{ kind: 'topup', amount_usd: 1 }, 'missing_fields', /external_ref/],
    [{ kind: 'TopUp', amount_usd: 1, external_ref: 'x' }, 'invalid_field', /^kind must be/],
    [{ kind: 'top-up', amount_usd: 1, external_ref: 'x' }, 'invalid_field', /^kind must be/],
    [{ kind: '', amount_usd: 1, external_ref: 'x' }, 'invalid_field', /^kind must be/],
    [{ kind: 'a'.repeat(65), amount_usd: 1, external_ref: 'x' }, 'invalid_field', /^kind must be/],
    [{ kind: 'topup', amount_usd: 1, external_ref: '' }, 'invalid_field', /^external_ref must be/],
    [{ kind: 'topup', amount_usd: 1, external_ref: 5 }, 'invalid_field', /^external_ref must be/],
    [{ kind: 'topup', amount_usd: 1, external_ref: 'a\0b' }, 'invalid_field', /^external_ref must be/],
    [
      { kind: 'topup', amount_usd: 1, external_ref: 'a'.repeat(256) },
      'invalid_field',
      /^external_ref must be/,
    ],
    [{ kind: 'topup', amount_usd: 1, external_ref: 'x', meta: 'text' }, 'invalid_field', /^meta must be/],
    [{ kind: 'topup', amount_usd: 1, external_ref: 'x', meta: [1] }, 'invalid_field', /^meta must be/],
    [
      { kind: 'topup', amount_usd: 1, external_ref: 'x', meta: { a: 'b'.repeat(16_384) } },
      'invalid_field',
      /^meta must be/,
    ],
  ])('answers 400 to %j', async (body, error, message) => {
    expect(await report(body)).toMatchObject(failure(400, error, message));
  });

  it('takes meta up to its limit, and refuses it when it is nested too deep', async () => {
    const fits = { a: 'b'.repeat(16_384 - '{"a":""}'.length) };
    const body = { kind: 'topup', amount_usd: 1, meta: fits };
    expect((await report({ ...body, external_ref: newRef() })).status).toBe(200);
    const text = `{"kind":"topup","amount_usd":1,"external_ref":"x","meta":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`;
    expect(await report(undefined, { text })).toMatchObject(failure(400, 'invalid_field', /^meta must be/));
    const odd = await report({ ...body, external_ref: newRef(), meta: { 'a\0': '\ud800', __proto__: 1 } });
    expect(odd.status).toBe(200);
  });

  it('numbers events without gaps, and the database refuses to change them', async () => {
    const key = await api.mintKey(store.accountId, ['reseller:credit']);
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        report({ kind: 'topup', amount_usd: 1, external_ref: `gap_${index % 20}` }, { key }),
      ),
    );
    const [log] = await rows<{ count: bigint; last: bigint }>(
      'SELECT count(*), max(seq) AS last FROM credit_event',
    );
    expect(log!.last).toBe(log!.count - 1n);
    const refused = { code: '23001' };
    const { sql } = api.database;
    await expect(sql`UPDATE credit_event SET amount_cents = 1`).rejects.toMatchObject(refused);
    await expect(sql`DELETE FROM credit_event`).rejects.toMatchObject(refused);
    await expect(sql`DELETE FROM credit_event_mismatch`).rejects.toMatchObject(refused);
    await expect(sql`TRUNCATE credit_event CASCADE`).rejects.toMatchObject(refused);
    await expect(sql`
      INSERT INTO credit_event (seq, public_id, key_id, key_lineage_id, account_id, kind, amount_cents, external_ref, at, salt,
          tree_hashes)
        SELECT seq + 7, 'ev_x', key_id, key_lineage_id, account_id, kind, amount_cents, 'x', at, salt, tree_hashes
          FROM credit_event WHERE seq = ${log!.last}`).rejects.toMatchObject(refused);
  });

  it('answers the first answer again under the same Idempotency-Key', async () => {
    const body = { kind: 'topup', amount_usd: 25, external_ref: newRef() };
    const options = { headers: { 'idempotency-key': 'event-1' } };
    const first = await report(body, options);
    expect((await report(body, options)).text).toBe(first.text);
    expect(await report({ ...body, amount_usd: 26 }, options)).toMatchObject(
      failure(422, 'idempotency_key_reused'),
    );
  });
});

describe('over a socket, many at once', () => {
  let url: string;
  beforeAll(async () => {
    url = await api.app.listen({ host: '127.0.0.1', port: 0 });
  });

  async function post(
    path: string,
    body: unknown,
    key: string,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('records one of fifty reports with one reference', async () => {
    const body = { kind: 'topup', amount_usd: 25, external_ref: 'txn_fifty' };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post('/api/v1/reseller/credit-event', body, resellerKey)),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(answers.filter((answer) => 'id' in answer.body)).toHaveLength(1);
    expect(answers.filter((answer) => answer.body.duplicate === true)).toHaveLength(49);
    const [row] = await rows<{ count: bigint }>(
      "SELECT count(*) FROM credit_event WHERE external_ref = 'txn_fifty'",
    );
    expect(row!.count).toBe(1n);
  });

  it('records once and without gaps also through two servers on one database', async () => {
    const second = await createTestApi({ clock, database: api.database });
    try {
      const answers = await Promise.all(
        Array.from({ length: 60 }, async (_, index) => {
          const { app } = index % 2 === 0 ? api : second;
          const response = await app.inject({
            method: 'POST',
            url: '/api/v1/reseller/credit-event',
            headers: { authorization: `Bearer ${resellerKey}` },
            payload: { kind: 'topup', amount_usd: 1, external_ref: `two_${index % 15}` },
          });
          return response.json();
        }),
      );
      expect(answers.every(({ ok }) => ok === true)).toBe(true);
      expect(answers.filter(({ id }) => id !== undefined)).toHaveLength(15);
      const [log] = await rows<{ count: bigint; last: bigint }>(
        'SELECT count(*), max(seq) AS last FROM credit_event',
      );
      expect(log!.last).toBe(log!.count - 1n);
    } finally {
      await second.close();
    }
  });

  it('makes one of fifty sign-ups with one address', async () => {
    const body = { email: newEmail(), name: 'Jane Roe', password: 'p4ssword' };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post('/api/v1/reseller/signup', body, resellerKey)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
  });

  it('redeems a voucher as often as it may be, and once for an account', async () => {
    const [code] = (await makeVouchers({ amount_usd: 5, count: 1, max_uses: 3 })).body.codes;
    const customers = await Promise.all(Array.from({ length: 5 }, () => customer()));
    const answers = await Promise.all(
      customers.flatMap(({ key }) =>
        Array.from({ length: 4 }, () => post('/api/v1/vouchers/redeem', { code }, key)),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    const balances = await Promise.all(
      customers.map(async ({ accountId }) => (await api.core.credits.balance(accountId)).cents),
    );
    expect(balances.sort()).toEqual([0n, 0n, 500n, 500n, 500n]);
  });

  it('takes back no more than there is', async () => {
    const { email, accountId } = await customer();
    await grant({ email, amount_usd: 10, note: '' });
    const answers = await Promise.all(
      Array.from({ length: 15 }, () =>
        post('/api/v1/admin/credits/grant', { email, amount_usd: -1, note: 'back' }, adminKey),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect((await api.core.credits.balance(accountId)).cents).toBe(0n);
  });
});

describe('what a user sees', () => {
  it('GET /api/v1/me', async () => {
    const { email, accountId, key } = await customer();
    await grant({ email, amount_usd: 12.5, note: 'welcome' });
    const answer = await call('GET', '/api/v1/me', { key });
    expect(answer.text).toBe(
      JSON.stringify({
        id: Number(accountId),
        email,
        name: 'A Customer',
        credits_usd: 12.5,
        credits_frozen: false,
        role: 'user',
      }),
    );
  });

  it('GET /api/v1/credits/balance', async () => {
    const { email, key } = await customer();
    expect((await call('GET', '/api/v1/credits/balance', { key })).text).toBe(
      '{"credits_usd":0,"frozen":false}',
    );
    await grant({ email, amount_usd: 0.07 });
    await call('POST', '/api/v1/admin/credits/freeze', { key: adminKey, body: { email, frozen: true } });
    expect((await call('GET', '/api/v1/credits/balance', { key })).text).toBe(
      '{"credits_usd":0.07,"frozen":true}',
    );
  });

  it('is reached by an admin key as the account that owns it, and by a reseller’s', async () => {
    const owner = await call('GET', '/api/v1/me', { key: adminKey });
    expect(owner.body).toMatchObject({ email: OWNER, credits_usd: 0, role: 'owner' });
    expect((await call('GET', '/api/v1/credits/balance', { key: adminKey })).body).toEqual({
      credits_usd: 0,
      frozen: false,
    });
    await api.core.accounts.topUp(api.operator, store.storeCode, 'usd', 100_00n);
    const key = await api.mintKey(store.accountId, ['user:read']);
    expect((await call('GET', '/api/v1/me', { key })).body).toMatchObject({
      email: store.email,
      credits_usd: 100,
      role: 'reseller',
    });
  });
});

describe('GET /api/v1/admin/users', () => {
  it('answers an array of all accounts', async () => {
    const { email, accountId } = await customer();
    const answer = await call('GET', '/api/v1/admin/users', { key: adminKey });
    expect(answer.status).toBe(200);
    const mine = answer.body.find((user: { email: string }) => user.email === email);
    expect(JSON.stringify(mine)).toBe(
      JSON.stringify({
        id: Number(accountId),
        email,
        name: 'A Customer',
        credits_usd: 0,
        credits_frozen: false,
        is_admin: false,
        is_owner: false,
        role: 'user',
        created_at: new Date(NOW).getTime(),
      }),
    );
    expect(answer.body).toContainEqual(
      expect.objectContaining({ email: OWNER, is_admin: true, is_owner: true, role: 'owner' }),
    );
  });

  it('answers a part when asked to', async () => {
    await customer();
    const all = (await call('GET', '/api/v1/admin/users', { key: adminKey })).body;
    const first = await call('GET', '/api/v1/admin/users?limit=2', { key: adminKey });
    expect(first.body).toEqual(all.slice(0, 2));
    const next = /<([^>]+)>; rel="next"/.exec(String(first.headers.link))![1]!;
    expect((await call('GET', next, { key: adminKey })).body).toEqual(all.slice(2, 4));
    expect(await call('GET', '/api/v1/admin/users?limit=0', { key: adminKey })).toMatchObject(
      failure(400, 'invalid_field', /^limit must be/),
    );
  });
});

describe('POST /api/v1/admin/credits/grant', () => {
  it('gives and takes, and says which in ledger and audit', async () => {
    const { email, accountId } = await customer();
    const given = await grant({ email: email.toUpperCase(), amount_usd: 40, note: 'sorry' });
    expect(given.status).toBe(200);
    expect(given.text).toBe(
      JSON.stringify({ ok: true, balance_after_usd: 40, ledger_id: given.body.ledger_id }),
    );
    expect(given.body.ledger_id).toMatch(/^led_\d+$/);
    const taken = await grant({ email, amount_usd: -2.5, note: 'too much' });
    expect(taken.body).toMatchObject({ ok: true, balance_after_usd: 37.5 });

    const transfers = await api.database.sql<{ reason: string; amount: bigint }[]>`
      SELECT reason, amount FROM ledger_transfer WHERE 'led_' || id IN ${api.database.sql([given.body.ledger_id, taken.body.ledger_id])} ORDER BY id`;
    expect(transfers).toEqual([
      { reason: 'credits.admin_add', amount: 4000n },
      { reason: 'credits.admin_remove', amount: 250n },
    ]);
    const [account] = await api.database.sql<{ public_id: string }[]>`
      SELECT public_id FROM account WHERE id = ${accountId}`;
    const entries = await api.database.sql<{ actor: string; details: Record<string, unknown> }[]>`
      SELECT actor, details FROM audit_entry
        WHERE action = 'credits.grant' AND subject = ${`account:${account!.public_id}`} ORDER BY id`;
    expect(entries.map(({ details }) => [details.source, details.cents, details.note])).toEqual([
      ['admin_add', '4000', 'sorry'],
      ['admin_remove', '-250', 'too much'],
    ]);
    expect(entries[0]!.actor).toMatch(/^key:key_/);
  });

  it('goes through when credits are frozen', async () => {
    const { email } = await customer();
    await call('POST', '/api/v1/admin/credits/freeze', { key: adminKey, body: { email, frozen: true } });
    expect((await grant({ email, amount_usd: 10, note: '' })).body.balance_after_usd).toBe(10);
    expect((await grant({ email, amount_usd: -4, note: '' })).body.balance_after_usd).toBe(6);
  });

  it('refuses to take more than there is', async () => {
    const { email, accountId } = await customer();
    await grant({ email, amount_usd: 10 });
    expect(await grant({ email, amount_usd: -10.01 })).toMatchObject(failure(400, 'insufficient_balance'));
    expect((await api.core.credits.balance(accountId)).cents).toBe(1000n);
  });

  it('gives once under one Idempotency-Key', async () => {
    const { email } = await customer();
    const options = { headers: { 'idempotency-key': 'grant-1' } };
    const first = await grant({ email, amount_usd: 10, note: 'x' }, options);
    expect((await grant({ email, amount_usd: 10, note: 'x' }, options)).text).toBe(first.text);
  });

  it.each([
    [{ amount_usd: 1 }, 400, 'missing_fields', /email/],
    [{ email: OWNER }, 400, 'missing_fields', /amount_usd/],
    [{ email: OWNER, amount_usd: 0 }, 400, 'invalid_field', /^amount_usd must be/],
    [{ email: OWNER, amount_usd: 1.005 }, 400, 'invalid_field', /^amount_usd must be/],
    [{ email: OWNER, amount_usd: 1e12 }, 400, 'invalid_field', /^amount_usd must be/],
    [{ email: OWNER, amount_usd: -1e12 }, 400, 'invalid_field', /^amount_usd must be/],
    [{ email: OWNER, amount_usd: 1, note: 'a\0' }, 400, 'invalid_field', /^note must be/],
    [{ email: OWNER, amount_usd: 1, note: 'a'.repeat(501) }, 400, 'invalid_field', /^note must be/],
    [{ email: 'a\0b@c', amount_usd: 1 }, 400, 'invalid_field', /^email must be/],
    [{ email: 'nobody@example.com', amount_usd: 1 }, 404, 'user_not_found', /nobody@example\.com/],
  ])('refuses %j', async (body, status, error, message) => {
    expect(await grant(body)).toMatchObject(failure(status, error, message));
  });
});

describe('vouchers', () => {
  it('makes as many codes as asked for, in the documented form', async () => {
    const answer = await makeVouchers({ amount_usd: 5, count: 50, max_uses: 1 });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['ok', 'codes']);
    expect(new Set(answer.body.codes).size).toBe(50);
    const form = /^VFC(-[ACDEFGHJKLMNPQRSTUVWXYZ23456789]{4}){3}$/;
    for (const code of answer.body.codes) expect(code).toMatch(form);
  });

  it('stores no code', async () => {
    const [code] = (await makeVouchers({ amount_usd: 5, count: 1, max_uses: 1 })).body.codes;
    const [found] = await api.database.sql<{ count: bigint }[]>`
      SELECT count(*) FROM voucher v WHERE v::text LIKE ${`%${code.slice(-4)}%`}`;
    const [noted] = await api.database.sql<{ count: bigint }[]>`
      SELECT count(*) FROM audit_entry e WHERE e::text LIKE ${`%${code}%`}`;
    expect([found!.count, noted!.count]).toEqual([0n, 0n]);
  });

  it('are redeemed for their amount', async () => {
    const { key } = await customer();
    const [code] = (await makeVouchers({ amount_usd: 7.25, count: 1, max_uses: 1 })).body.codes;
    const answer = await redeem(` ${code.toLowerCase()} `, key);
    expect(answer.text).toBe(
      JSON.stringify({
        ok: true,
        amount_usd: 7.25,
        balance_after_usd: 7.25,
        ledger_id: answer.body.ledger_id,
      }),
    );
    expect(answer.body.ledger_id).toMatch(/^led_\d+$/);
  });

  it('are redeemed once per account, and so many times in all', async () => {
    const [first, second, third] = await Promise.all([customer(), customer(), customer()]);
    const [code] = (await makeVouchers({ amount_usd: 5, count: 1, max_uses: 2 })).body.codes;
    expect((await redeem(code, first.key)).status).toBe(200);
    expect(await redeem(code, first.key)).toMatchObject(failure(409, 'voucher_already_redeemed'));
    expect((await redeem(code, second.key)).status).toBe(200);
    expect(await redeem(code, third.key)).toMatchObject(failure(409, 'voucher_used_up'));
  });

  it('end when they expire', async () => {
    const { key } = await customer();
    const expires_at = clock.now().getTime() + HOUR_MS;
    const { codes } = (await makeVouchers({ amount_usd: 5, count: 2, max_uses: 1, expires_at })).body;
    clock.advance(HOUR_MS - 1);
    expect((await redeem(codes[0], key)).status).toBe(200);
    clock.advance(1);
    expect(await redeem(codes[1], key)).toMatchObject(failure(409, 'voucher_expired'));
  });

  it('are not redeemed by a frozen account, until it is unfrozen', async () => {
    const { email, key, accountId } = await customer();
    const [code] = (await makeVouchers({ amount_usd: 5, count: 1, max_uses: 1 })).body.codes;
    const freeze = (frozen: boolean) =>
      call('POST', '/api/v1/admin/credits/freeze', { key: adminKey, body: { email, frozen } });
    expect((await freeze(true)).text).toBe(JSON.stringify({ ok: true, email, credits_frozen: true }));
    expect(await redeem(code, key)).toMatchObject(failure(403, 'credits_frozen'));
    expect((await api.core.credits.balance(accountId)).cents).toBe(0n);
    await freeze(false);
    expect((await redeem(code, key)).status).toBe(200);
  });

  it.each(['VFC-AAAA-AAAA-AAAA', '', 'x'.repeat(5000), 'a\0b'])('are unknown as %j', async (code) => {
    const { key } = await customer();
    expect(await redeem(code, key)).toMatchObject(failure(404, 'voucher_not_found'));
  });

  it('answer the same again under the same Idempotency-Key', async () => {
    const { key } = await customer();
    const make = { headers: { 'idempotency-key': 'vouchers-1' } };
    const first = await makeVouchers({ amount_usd: 5, count: 2, max_uses: 1 }, make);
    expect((await makeVouchers({ amount_usd: 5, count: 2, max_uses: 1 }, make)).text).toBe(first.text);
    const options = { headers: { 'idempotency-key': 'redeem-1' } };
    const redeemed = await redeem(first.body.codes[0], key, options);
    expect(redeemed.status).toBe(200);
    expect((await redeem(first.body.codes[0], key, options)).text).toBe(redeemed.text);
  });

  it.each([
    [{ count: 1, max_uses: 1 }, 'missing_fields', /amount_usd/],
    [{ amount_usd: 5, max_uses: 1 }, 'missing_fields', /count/],
    [{ amount_usd: 5, count: 1 }, 'missing_fields', /max_uses/],
    [{ amount_usd: 0, count: 1, max_uses: 1 }, 'invalid_field', /^amount_usd must be/],
    [{ amount_usd: -5, count: 1, max_uses: 1 }, 'invalid_field', /^amount_usd must be/],
    [{ amount_usd: 5.001, count: 1, max_uses: 1 }, 'invalid_field', /^amount_usd must be/],
    [{ amount_usd: 5, count: 0, max_uses: 1 }, 'invalid_field', /^count must be/],
    [{ amount_usd: 5, count: 1001, max_uses: 1 }, 'invalid_field', /^count must be/],
    [{ amount_usd: 5, count: 1.5, max_uses: 1 }, 'invalid_field', /^count must be/],
    [{ amount_usd: 5, count: 1, max_uses: 0 }, 'invalid_field', /^max_uses must be/],
    [{ amount_usd: 5, count: 1, max_uses: 1_000_001 }, 'invalid_field', /^max_uses must be/],
    [
      { amount_usd: 5, count: 1, max_uses: 1, expires_at: 1 },
      'invalid_field',
      /^expires_at must be in the future/,
    ],
    [{ amount_usd: 5, count: 1, max_uses: 1, expires_at: 1e30 }, 'invalid_field', /^expires_at must be/],
    [{ amount_usd: 5, count: 1, max_uses: 1, expires_at: '2030' }, 'invalid_field', /^expires_at must be/],
  ])('are refused as %j', async (body, error, message) => {
    expect(await makeVouchers(body)).toMatchObject(failure(400, error, message));
  });
});

describe('API keys', () => {
  it('are minted with their secret shown once', async () => {
    const expires_at = clock.now().getTime() + HOUR_MS;
    const scopes = ['reseller:signup', 'reseller:credit'];
    const answer = await mint({ name: 'panel', owner_email: store.email, scopes, expires_at });
    expect(answer.status).toBe(200);
    const { secret, id, hint } = answer.body;
    expect(answer.text).toBe(
      JSON.stringify({
        ok: true,
        id,
        name: 'panel',
        owner_email: store.email,
        hint,
        scopes,
        created_at: new Date(NOW).getTime(),
        expires_at,
        revoked_at: null,
        last_used_at: null,
        secret,
      }),
    );
    expect(secret).toMatch(/^vfc_live_[A-Za-z0-9]{44}$/);
    expect(id).toMatch(/^key_/);
    const listed = await call('GET', '/api/admin/api-keys', { key: adminKey });
    expect(listed.body[0]).toMatchObject({ id, owner_email: store.email });
    expect(listed.text).not.toContain(secret);

    const signed = await signUp({ email: newEmail(), name: 'J', password: 'p4ssword' }, { key: secret });
    expect(signed.status).toBe(200);
    clock.advance(HOUR_MS);
    expect(await report({}, { key: secret })).toMatchObject(failure(401, 'unauthorized'));
  });

  it('are rotated: the old one works on for a while, or not at all', async () => {
    const { id, secret } = (await mint({ name: 'panel', owner_email: store.email, scopes: ['user:read'] }))
      .body;
    const rotated = await call('POST', `/api/admin/api-keys/${id}/rotate`, { key: adminKey });
    expect(rotated.body).toMatchObject({ ok: true, name: 'panel', scopes: ['user:read'] });
    expect(rotated.body.secret).toMatch(/^vfc_live_/);
    expect((await call('GET', '/api/v1/me', { key: secret })).status).toBe(200);
    clock.advance(24 * HOUR_MS);
    expect((await call('GET', '/api/v1/me', { key: secret })).status).toBe(401);
    const again = await call('POST', `/api/admin/api-keys/${rotated.body.id}/rotate`, {
      key: adminKey,
      body: { overlap_ms: 0 },
    });
    expect((await call('GET', '/api/v1/me', { key: rotated.body.secret })).status).toBe(401);
    expect((await call('GET', '/api/v1/me', { key: again.body.secret })).status).toBe(200);
  });

  it('are revoked at once', async () => {
    const { id, secret } = (await mint({ name: 'panel', owner_email: store.email, scopes: ['user:read'] }))
      .body;
    const revoked = await call('DELETE', `/api/admin/api-keys/${id}`, { key: adminKey });
    expect(revoked.body).toMatchObject({ ok: true, id, revoked_at: new Date(NOW).getTime() });
    expect(revoked.body).not.toHaveProperty('secret');
    await expect
      .poll(async () => (await call('GET', '/api/v1/me', { key: secret })).status, { timeout: 2000 })
      .toBe(401);
  });

  it('of the provider are minted by the owner only, and end with the ownership', async () => {
    const later = await api.core.accounts.find(store.email);
    expect(await mint({ name: 'x', owner_email: store.email, scopes: ['admin:read'] })).toMatchObject(
      failure(400, 'invalid_field', /^scopes must be/),
    );
    const key = await api.mintKey((await api.core.accounts.find(OWNER)).id, ['admin:write', 'admin:read']);
    await api.database.sql`UPDATE account SET is_owner = false WHERE email = ${OWNER}`;
    try {
      const body = { name: 'x', owner_email: store.email, scopes: ['reseller:credit'] };
      expect(await mint(body, { key })).toMatchObject(failure(403, 'insufficient_scope'));
      expect(await call('GET', '/api/v1/admin/users', { key })).toMatchObject(
        failure(403, 'insufficient_scope'),
      );
    } finally {
      await api.database.sql`UPDATE account SET is_owner = true WHERE email = ${OWNER}`;
    }
    expect(await api.core.keys.list(later.id)).not.toContainEqual(expect.objectContaining({ name: 'x' }));
  });

  it.each([
    [{ owner_email: OWNER, scopes: ['user:read'] }, 400, 'missing_fields', /name/],
    [{ name: 'x', scopes: ['user:read'] }, 400, 'missing_fields', /owner_email/],
    [{ name: 'x', owner_email: OWNER }, 400, 'missing_fields', /scopes/],
    [{ name: '', owner_email: OWNER, scopes: ['user:read'] }, 400, 'invalid_field', /^name must be/],
    [{ name: 'x', owner_email: OWNER, scopes: [] }, 400, 'invalid_field', /^scopes must be/],
    [{ name: 'x', owner_email: OWNER, scopes: ['root'] }, 400, 'invalid_field', /^scopes must be/],
    [{ name: 'x', owner_email: OWNER, scopes: 'user:read' }, 400, 'invalid_field', /^scopes must be/],
    [{ name: 'x', owner_email: 'DEMO', scopes: ['user:read'] }, 400, 'invalid_field', /^owner_email must be/],
    [
      { name: 'x', owner_email: OWNER, scopes: ['user:read'], expires_at: 5 },
      400,
      'invalid_field',
      /^expires_at must be in the future/,
    ],
    [
      { name: 'x', owner_email: 'nobody@example.com', scopes: ['user:read'] },
      404,
      'user_not_found',
      /nobody@example\.com/,
    ],
  ])('are refused as %j', async (body, status, error, message) => {
    expect(await mint(body)).toMatchObject(failure(status, error, message));
  });

  it.each(['key_unknown', 'nothing', '%00'])('are unknown as %s', async (id) => {
    expect(await call('DELETE', `/api/admin/api-keys/${id}`, { key: adminKey })).toMatchObject(
      failure(404, 'key_not_found'),
    );
    expect(await call('POST', `/api/admin/api-keys/${id}/rotate`, { key: adminKey })).toMatchObject(
      failure(404, 'key_not_found'),
    );
  });
});

describe('every answer has the dialect’s envelope', () => {
  it.each([
    ['an unknown route', 'GET', '/api/v1/nothing', undefined, 404, 'not_found'],
    ['an unknown route of the owner’s', 'GET', '/api/admin/api-keys/no/thing', undefined, 404, 'not_found'],
    ['an address that cannot be decoded', 'GET', '/api/v1/%zz', undefined, 404, 'not_found'],
    ['broken JSON', 'POST', '/api/v1/reseller/signup', '{"email":', 400, 'malformed_body'],
    ['a list as the body', 'POST', '/api/v1/reseller/signup', '[]', 400, 'malformed_body'],
    [
      'a body that is too large',
      'POST',
      '/api/v1/reseller/credit-event',
      'x'.repeat(70_000),
      413,
      'body_too_large',
    ],
  ] as [string, Method, string, string | undefined, number, string][])(
    '%s',
    async (_name, method, url, text, status, error) => {
      const answer = await call(method, url, text === undefined ? {} : { text });
      expect(answer.status).toBe(status);
      expect(answer.body).toEqual({ ok: false, error, message: expect.any(String) });
    },
  );

  it('another kind of body', async () => {
    const answer = await signUp(undefined, {
      text: 'email=a',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer).toMatchObject(failure(400, 'unsupported_media_type'));
  });
});
