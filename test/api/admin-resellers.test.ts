/** The provider's calls on resellers: who they are, what they hold, and every movement of it. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOwnApis, type OwnApis } from '../support/own-api.ts';

let apis: OwnApis;
beforeAll(async () => {
  apis = await createOwnApis();
});
afterAll(async () => {
  await apis.api.assertLedgerHolds();
  await apis.close();
});

const MB = 1_000_000;

describe('a reseller', () => {
  it('is made, shown, changed, and found by what people know of it', async () => {
    const { owner } = apis;
    const made = await owner.post('/resellers', {
      storeCode: 'FRESH',
      storeName: 'Fresh Proxies',
      email: 'fresh@example.com',
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      email: 'fresh@example.com',
      tier: 'RESELLER',
      storeCode: 'FRESH',
      balances: { residential: 0, mobile: 0, usd: 0 },
      subuserCount: 0,
    });
    const { id } = made.body;
    expect(await owner.ok('GET', `/resellers/${id}`)).toEqual(made.body);

    const changed = await owner.ok('PATCH', `/resellers/${id}`, { name: 'Fresher', email: 'f2@example.com' });
    expect(changed).toEqual({ ...made.body, name: 'Fresher', storeName: 'Fresher', email: 'f2@example.com' });
    for (const search of ['RESHER', 'f2@exam', 'fres', id]) {
      const { rows } = await owner.all(`/resellers?search=${encodeURIComponent(search)}`);
      expect(
        rows.map((row) => row.id),
        search,
      ).toEqual([id]);
    }
    expect((await owner.all('/resellers?search=100%25')).rows).toEqual([]);
  });

  it('cannot have what another has, nor what no reseller can have', async () => {
    const { owner, mine } = apis;
    const body = { storeCode: 'NEXT', storeName: 'Next', email: 'next@example.com' };
    const refused = async (change: object) => (await owner.post('/resellers', { ...body, ...change })).body;
    expect(await refused({ email: mine.email.toUpperCase() })).toMatchObject({
      status: 409,
      code: 'email_taken',
    });
    expect(await refused({ storeCode: 'MINE' })).toMatchObject({ status: 409, code: 'store_code_taken' });
    expect(await refused({ storeCode: 'a b' })).toMatchObject({ code: 'invalid_field' });
    expect(await refused({ nonsense: 1 })).toMatchObject({ status: 400, errors: [{ field: 'nonsense' }] });
    expect(await refused({ email: undefined })).toMatchObject({
      code: 'missing_fields',
      errors: [{ field: 'email' }],
    });
    const patched = await owner.call({
      method: 'PATCH',
      path: `/resellers/${mine.id}`,
      body: { email: 'other@example.com' },
    });
    expect(patched.body).toMatchObject({ code: 'email_taken' });
    expect((await owner.all('/resellers?search=next')).rows).toEqual([]);
  });

  it.each(['acc_nobody', 'MINE', '%00', 'acc_%00', '%F0%9F%8E%89', 'x'.repeat(190)])(
    'that does not exist is 404: %s',
    async (id) => {
      for (const path of ['', '/statement?asset=usd', '/statement.csv?asset=usd']) {
        const answer = await apis.owner.get(`/resellers/${id}${path}`);
        expect([answer.status, answer.body.code], path).toEqual([404, 'account_not_found']);
      }
    },
  );

  it('is a customer before it is promoted', async () => {
    const { owner, api } = apis;
    const [key] = await api.core.keys.list();
    const [{ id: keyId }] = (await api.database
      .sql`SELECT id FROM api_key WHERE public_id = ${key!.id}`) as unknown as [{ id: bigint }];
    const person = { email: 'customer@example.com', name: 'Carla', password: 'a-long-password' };
    await api.core.accounts.signUp(api.operator, person, keyId);
    const { rows } = await owner.all('/resellers?tier=STANDARD');
    expect(rows).toMatchObject([{ email: 'customer@example.com', tier: 'STANDARD', storeCode: null }]);
    const { id } = rows[0];
    const early = await owner.post(`/resellers/${id}/top-up`, { asset: 'mobile', amount: 5 });
    expect(early.body).toMatchObject({ status: 400, errors: [{ field: 'asset' }] });
    await owner.ok('POST', `/resellers/${id}/promote`, { storeCode: 'CARLA', storeName: 'Carla & Co' });
    const again = await owner.post(`/resellers/${id}/promote`, { storeCode: 'CARLB', storeName: 'Carla' });
    expect(again.status).toBe(400);
    await owner.ok('POST', `/resellers/${id}/top-up`, { asset: 'mobile', amount: 5 });
    expect(await owner.ok('GET', `/resellers/${id}`)).toMatchObject({
      tier: 'RESELLER',
      storeCode: 'CARLA',
      balances: { mobile: 5 },
    });
    // It signs in as before.
    const token = await api.core.accounts.issueUserToken(api.operator, person.email, person.password);
    expect(token?.secret).toMatch(/^hg_/);
  });

  it('has its money frozen and let go', async () => {
    const { owner, mine } = apis;
    expect(await owner.ok('POST', `/resellers/${mine.id}/freeze`)).toMatchObject({ creditsFrozen: true });
    expect((await owner.all('/resellers?frozen=true')).rows.map((row) => row.id)).toEqual([mine.id]);
    expect(await mine.client.ok('GET', '/overview')).toMatchObject({ creditsFrozen: true, standing: 'good' });
    expect((await owner.all('/resellers?standing=under_review')).rows).toEqual([]);
    expect(await owner.ok('POST', `/resellers/${mine.id}/unfreeze`)).toMatchObject({ creditsFrozen: false });
  });
});

describe('what a reseller holds', () => {
  it('grows by a top-up and shrinks by what is taken back, no further than there is', async () => {
    const { owner, other } = apis;
    const path = `/resellers/${other.id}`;
    expect(
      await owner.ok('POST', `${path}/top-up`, { asset: 'usd', amount: 25_000, note: 'Invoice 7' }),
    ).toMatchObject({ asset: 'usd', balance: 25_000 });
    expect(await owner.ok('POST', `${path}/take-back`, { asset: 'usd', amount: 5_000 })).toMatchObject({
      balance: 20_000,
    });
    const tooMuch = await owner.post(`${path}/take-back`, { asset: 'usd', amount: 20_001 });
    expect(tooMuch.body).toMatchObject({ status: 409, code: 'insufficient_balance' });
    await owner.ok('POST', `${path}/top-up`, { asset: 'mobile', amount: 7 * MB });
    expect(await owner.ok('GET', path)).toMatchObject({
      balances: { residential: 1000 * MB, mobile: 7 * MB, usd: 20_000 },
    });
  });

  it.each([0, -1, 1.5, 1e300, '5', null, 1e15 + 1])('is not moved by an amount of %s', async (amount) => {
    const { owner, other } = apis;
    const answer = await owner.post(`/resellers/${other.id}/top-up`, { asset: 'residential', amount });
    expect(answer.body).toMatchObject({ status: 400, errors: [{ field: 'amount' }] });
  });

  it('moves once under one idempotency key, however often it is asked', async () => {
    const { owner, mine } = apis;
    const call = () =>
      owner.post(`/resellers/${mine.id}/top-up`, { asset: 'usd', amount: 100 }, 'one-top-up');
    const first = await call();
    const many = await Promise.all([call(), call(), call()]);
    for (const answer of many.filter(({ status }) => status !== 409)) expect(answer.text).toBe(first.text);
    expect((await call()).text).toBe(first.text);
    const otherBody = await owner.post(
      `/resellers/${mine.id}/top-up`,
      { asset: 'usd', amount: 101 },
      'one-top-up',
    );
    expect(otherBody.status).toBe(422);
    expect(await owner.ok('GET', `/resellers/${mine.id}`)).toMatchObject({ balances: { usd: 100 } });
  });

  it('is changed by nobody who may only read', async () => {
    const { reader, mine } = apis;
    expect((await reader.get(`/resellers/${mine.id}`)).status).toBe(200);
    const answer = await reader.post(`/resellers/${mine.id}/top-up`, { asset: 'usd', amount: 100 });
    expect(answer.body).toMatchObject({ status: 403, code: 'insufficient_scope' });
  });
});

describe('a statement', () => {
  it('has every movement with what was held after it, in pages and as CSV', async () => {
    const { owner, api } = apis;
    const { id } = await owner.ok('POST', '/resellers', {
      storeCode: 'STATE',
      storeName: '=SUM(A1)',
      email: 's@example.com',
    });
    const { id: accountId } = await api.core.accounts.find('STATE');
    for (let n = 1; n <= 7; n += 1)
      await owner.ok('POST', `/resellers/${id}/top-up`, { asset: 'residential', amount: n * MB });
    const made = await api.core.subusers.create(api.operator, accountId, {
      username: 'anna',
      email: null,
      bytes: 2_000_000n,
      product: 'residential',
    });
    const path = `/resellers/${id}/statement?asset=residential`;
    const { rows, pages } = await owner.all(`${path}&limit=3`);
    expect(pages).toBe(3);
    expect(rows.map((row) => row.amount)).toEqual([-2, 7, 6, 5, 4, 3, 2, 1].map((n) => n * MB));
    expect(rows[0]).toMatchObject({
      reason: 'subuser.allocate',
      balance: 26 * MB,
      counterparty: { kind: 'balance', name: 'STATE_anna', id: made.id },
      cause: 'command-line',
    });
    expect(rows[1]).toMatchObject({
      reason: 'reseller.topup',
      balance: 28 * MB,
      counterparty: { kind: 'issued', name: null, id: null },
    });
    expect(rows[1].cause).toMatch(/^key:key_/);
    // Every balance follows from the one before.
    rows.reduceRight((balance, row) => {
      expect(row.balance).toBe(balance + row.amount);
      return row.balance;
    }, 0);
    expect((await owner.all(`${path}&order=asc`)).rows).toEqual([...rows].reverse());
    expect((await owner.all(`${path}&reason=subuser.allocate`)).rows).toEqual([rows[0]]);
    expect((await owner.all(`${path}&to=2020-01-01T00:00:00Z`)).rows).toEqual([]);

    const csv = await owner.get(`/resellers/${id}/statement.csv?asset=residential`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="statement.csv"');
    const records = parse(csv.text, { columns: true }) as Record<string, string>[];
    expect(
      records.map((record) => [Number(record.id), Number(record.amount), Number(record.balance)]),
    ).toEqual([...rows].reverse().map((row) => [row.id, row.amount, row.balance]));
    expect(records.at(-1)).toMatchObject({ amount: String(-2 * MB), counterparty: 'STATE_anna' });
  });

  it('of the provider’s own accounts tells whom it was with', async () => {
    const { owner, mine } = apis;
    const { rows } = await owner.all('/ledger/statement?asset=usd&account=received');
    expect(rows.filter((row) => row.counterparty.id === mine.id)).toMatchObject([
      { amount: -100, counterparty: { kind: 'balance', name: 'MINE' } },
    ]);
    expect((await owner.get('/ledger/statement?asset=usd&account=fees')).status).toBe(404);
    expect(
      (await owner.get('/ledger/statement.csv?asset=usd&account=received')).text.split('\r\n')[0],
    ).toMatch(/^id,at,reason/);
  });

  it.each([
    'asset=gold',
    '',
    'asset=usd&limit=0',
    'asset=usd&cursor=abc',
    'asset=usd&from=yesterday',
    'asset=usd&from=2027-02-30T00:00:00Z',
  ])('is refused for ?%s', async (query) => {
    const answer = await apis.owner.get(`/resellers/${apis.mine.id}/statement?${query}`);
    expect(answer.body).toMatchObject({ status: 400 });
  });
});

describe('the list', () => {
  it.each(['created', 'name', 'storeCode', 'subusers', 'residential', 'mobile', 'usd', 'used'])(
    'is in the order of %s, page by page, both ways',
    async (sort) => {
      const { owner } = apis;
      const down = await owner.all(`/resellers?sort=${sort}&limit=2`);
      const up = await owner.all(`/resellers?sort=${sort}&order=asc&limit=2`);
      expect(down.rows.length).toBeGreaterThan(4);
      expect(up.rows.map((row) => row.id)).toEqual(down.rows.map((row) => row.id).reverse());
      expect(new Set(down.rows.map((row) => row.id)).size).toBe(down.rows.length);
    },
  );

  it('refuses a cursor of another order', async () => {
    const { owner } = apis;
    const { nextCursor } = (await owner.get('/resellers?limit=1&sort=usd')).body;
    const answer = await owner.get(`/resellers?limit=1&sort=mobile&cursor=${nextCursor}`);
    expect(answer.body).toMatchObject({ status: 400, errors: [{ field: 'cursor' }] });
  });
});

describe('the subusers of one reseller', () => {
  it('are listed and exported without those of others', async () => {
    const { owner, mine, other } = apis;
    await mine.client.ok('POST', '/subusers', { username: 'listed' });
    await other.client.ok('POST', '/subusers', { username: 'listed' });
    const { rows } = await owner.all(`/subusers?search=listed&resellerId=${mine.id}`);
    expect(rows.map(({ username }) => username)).toEqual(['MINE_listed']);
    const file = await owner.get(`/subusers/export?search=listed&resellerId=${mine.id}`);
    expect(file.text).toContain('MINE_listed');
    expect(file.text).not.toContain('OTHER_listed');
    expect((await owner.get('/subusers?resellerId=acc_nobody')).status).toBe(404);
    // A reseller cannot look at another's by it.
    expect((await mine.client.get(`/subusers?resellerId=${other.id}`)).status).toBe(400);
  });
});
