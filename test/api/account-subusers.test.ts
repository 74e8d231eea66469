/** A reseller's subusers: made one by one and in bulk, changed, listed, exported; another's are not there. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOwnApis, type OwnAnswer, type OwnApis } from '../support/own-api.ts';

let apis: OwnApis;
beforeAll(async () => {
  apis = await createOwnApis();
});
afterAll(async () => {
  await apis.api.assertLedgerHolds();
  await apis.close();
});

const MB = 1_000_000;
let named = 0;
function newName(): string {
  named += 1;
  return `person${String(named).padStart(4, '0')}`;
}

async function make(bytes: object = {}) {
  return apis.mine.client.ok('POST', '/subusers', { username: newName(), bytes });
}

async function auditOf(subject: string): Promise<{ action: string; actor: string; door: string }[]> {
  return apis.api.database.sql`
    SELECT action, actor, door FROM audit_entry WHERE subject = ${subject} ORDER BY id`;
}

describe('a subuser', () => {
  it('is made with bytes of both products, and works at the gateway at once', async () => {
    const { client, id: resellerId } = apis.mine;
    await apis.owner.ok('POST', `/resellers/${resellerId}/top-up`, { asset: 'mobile', amount: 50 * MB });
    const answer = await client.post('/subusers', {
      username: 'anna',
      email: 'anna@example.com',
      bytes: { residential: 5 * MB, mobile: 2 * MB },
    });
    expect(answer.status).toBe(201);
    const { id, password } = answer.body;
    expect(answer.body).toMatchObject({
      username: 'MINE_anna',
      email: 'anna@example.com',
      bytes: { residential: 5 * MB, mobile: 2 * MB },
    });
    expect(await apis.api.core.access.byPassword('MINE_anna', password)).toMatchObject({
      username: 'MINE_anna',
    });
    expect(await client.ok('GET', `/subusers/${id}`)).toEqual({
      id,
      username: 'MINE_anna',
      email: 'anna@example.com',
      reseller: { id: resellerId, storeCode: 'MINE' },
      createdAt: answer.body.createdAt,
      bandwidth: {
        residential: { allocatedBytes: 5 * MB, usedBytes: 0, remainingBytes: 5 * MB },
        mobile: { allocatedBytes: 2 * MB, usedBytes: 0, remainingBytes: 2 * MB },
      },
      whitelist: [],
    });
  });

  it('is given bandwidth and has it taken back, no further than there is', async () => {
    const { client } = apis.mine;
    const { id } = await make({ residential: 10 * MB });
    const path = `/subusers/${id}`;
    const given = await client.ok('POST', `${path}/allocate`, { product: 'residential', bytes: 5 * MB });
    expect(given.bandwidth.residential.remainingBytes).toBe(15 * MB);
    const taken = await client.ok('POST', `${path}/take-back`, { product: 'residential', bytes: 12 * MB });
    expect(taken.bandwidth.residential).toEqual({
      allocatedBytes: 3 * MB,
      usedBytes: 0,
      remainingBytes: 3 * MB,
    });
    expect(
      (await client.post(`${path}/take-back`, { product: 'residential', bytes: 3 * MB + 1 })).body,
    ).toMatchObject({ code: 'insufficient_balance' });
    expect(
      (await client.post(`${path}/allocate`, { product: 'residential', bytes: 1e15 })).body,
    ).toMatchObject({ code: 'insufficient_balance' });
    const once = () =>
      client.post(`${path}/allocate`, { product: 'residential', bytes: MB }, 'allocate-once');
    await once();
    expect((await once()).body.bandwidth.residential.remainingBytes).toBe(4 * MB);
    const { rows } = await client.all(`${path}/statement?limit=2`);
    expect(rows.every((row) => row.cause.startsWith('key:key_'))).toBe(true);
    expect(rows.map((row) => [row.reason, row.amount])).toEqual([
      ['subuser.allocate', MB],
      ['subuser.withdraw', -12 * MB],
      ['subuser.allocate', 5 * MB],
      ['subuser.allocate', 10 * MB],
    ]);
    expect((await client.get(`${path}/statement.csv?product=mobile`)).text.split('\r\n')).toHaveLength(2);
  });

  it.each([0, -5, 1.5, '5', null, 1e16, 1e300])('is not given %s bytes', async (bytes) => {
    const { id } = await make();
    const answer = await apis.mine.client.post(`/subusers/${id}/allocate`, { product: 'residential', bytes });
    expect(answer.body).toMatchObject({ status: 400, errors: [{ field: 'bytes' }] });
  });

  it('has its password shown, which is written down, and reset', async () => {
    const { client } = apis.mine;
    const made = await make();
    const path = `/subusers/${made.id}`;
    expect(await client.ok('GET', `${path}/credentials`)).toEqual({
      username: made.username,
      password: made.password,
    });
    const reset = await client.ok('POST', `${path}/reset-password`, {});
    expect(reset.password).not.toBe(made.password);
    expect(await client.ok('POST', `${path}/reset-password`, { password: 'chosen-by-me-1' })).toEqual({
      username: made.username,
      password: 'chosen-by-me-1',
    });
    expect((await client.post(`${path}/reset-password`, { password: 'short' })).status).toBe(400);
    expect(await client.ok('GET', `${path}/credentials`)).toMatchObject({ password: 'chosen-by-me-1' });
    const audit = await auditOf(`subuser:${made.id}`);
    expect(audit.map((entry) => entry.action)).toEqual([
      'subuser.create',
      'subuser.show-credentials',
      'subuser.set-password',
      'subuser.set-password',
      'subuser.show-credentials',
    ]);
    expect(new Set(audit.map((entry) => entry.door))).toEqual(new Set(['account-api']));
    expect(JSON.stringify(audit)).not.toContain('chosen-by-me-1');
  });

  it('has addresses let in and taken off', async () => {
    const { client } = apis.mine;
    const { id } = await make();
    const path = `/subusers/${id}/whitelist`;
    expect(await client.ok('POST', path, { address: '198.51.100.7' })).toEqual({
      whitelist: ['198.51.100.7'],
    });
    expect(await client.ok('POST', path, { address: '2001:DB8:0::/48' })).toEqual({
      whitelist: ['198.51.100.7', '2001:db8::/48'],
    });
    const { id: second } = await make();
    expect(
      (await client.post(`/subusers/${second}/whitelist`, { address: '198.51.100.7' })).body,
    ).toMatchObject({ code: 'address_in_use' });
    expect(await client.ok('POST', `${path}/remove`, { address: '198.51.100.7' })).toEqual({
      whitelist: ['2001:db8::/48'],
    });
    expect((await client.post(path, { address: 'nonsense' })).status).toBe(400);
  });

  it('is deleted, and what it had returns', async () => {
    const { client } = apis.mine;
    const pool = async () => (await client.ok('GET', '/overview')).pools[0].pooledBytes;
    const before = await pool();
    const { id } = await make({ residential: 7 * MB });
    expect(await pool()).toBe(before - 7 * MB);
    const remove = () =>
      client.call({ method: 'DELETE', path: `/subusers/${id}`, idempotencyKey: 'delete-once' });
    const removed = await remove();
    expect(removed.body.returnedBytes).toEqual({ residential: 7 * MB, mobile: 0 });
    // The answer may have been lost on its way.
    expect((await remove()).text).toBe(removed.text);
    expect(await pool()).toBe(before);
    expect((await client.get(`/subusers/${id}`)).status).toBe(404);
    expect((await client.call({ method: 'DELETE', path: `/subusers/${id}` })).status).toBe(404);
    for (const sort of ['name', 'created', 'used', 'remaining']) {
      expect((await client.all(`/subusers?sort=${sort}`)).rows.map((row) => row.id)).not.toContain(id);
    }
  });

  it('of another reseller is not there: every call answers as for one that never was', async () => {
    const { id } = await apis.other.client.ok('POST', '/subusers', {
      username: 'theirs',
      bytes: { residential: MB },
    });
    const body = { residential: { product: 'residential', bytes: 1 }, address: { address: '198.51.100.99' } };
    const range = 'resolution=day&from=2026-05-01T00:00:00Z&to=2026-05-02T00:00:00Z';
    for (const [method, path, sent] of [
      ['GET', '', undefined],
      ['DELETE', '', undefined],
      ['GET', '/credentials', undefined],
      ['GET', `/usage?${range}`, undefined],
      ['GET', '/statement', undefined],
      ['GET', '/statement.csv', undefined],
      ['POST', '/allocate', body.residential],
      ['POST', '/take-back', body.residential],
      ['POST', '/reset-password', {}],
      ['POST', '/whitelist', body.address],
      ['POST', '/whitelist/remove', body.address],
    ] as const) {
      const ask = (whose: string) =>
        apis.mine.client.call({ method, path: `/subusers/${whose}${path}`, body: sent });
      const [theirs, nobodys, byName] = await Promise.all([
        ask(id),
        ask('subuser-aaaaaaaaaaaaaaaa'),
        ask('OTHER_theirs'),
      ]);
      expect([theirs.status, theirs.text], path).toEqual([404, nobodys.text]);
      expect(byName.text, path).toBe(nobodys.text);
    }
    for (const search of ['theirs', 'OTHER', id]) {
      expect((await apis.mine.client.all(`/subusers?search=${search}`)).rows, search).toEqual([]);
    }
    expect((await apis.mine.client.get('/subusers/export')).text).not.toContain('theirs');
    // It is as it was.
    expect(await apis.other.client.ok('GET', `/subusers/${id}`)).toMatchObject({
      bandwidth: { residential: { remainingBytes: MB } },
      whitelist: [],
    });
  });

  it('is seen and handled by the provider, whosever it is', async () => {
    const { owner, other } = apis;
    const made = await owner.post('/subusers', {
      resellerId: other.id,
      username: 'byowner',
      bytes: { residential: MB },
    });
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect((await owner.all('/subusers?search=byowner')).rows).toMatchObject([
      { id, reseller: { id: other.id, storeCode: 'OTHER' } },
    ]);
    expect(
      await owner.ok('POST', `/subusers/${id}/allocate`, { product: 'residential', bytes: MB }),
    ).toMatchObject({ bandwidth: { residential: { remainingBytes: 2 * MB } } });
    const { rows } = await other.client.all(`/subusers/${id}/statement`);
    expect(rows.map((row) => row.cause)).toEqual(['provider', 'provider']);
    expect(await owner.ok('GET', `/subusers/${id}/credentials`)).toEqual({
      username: made.body.username,
      password: made.body.password,
    });
    expect((await apis.reader.get(`/subusers/${id}/credentials`)).status).toBe(403);
    await owner.ok('DELETE', `/subusers/${id}`);
    expect((await owner.post('/subusers', { resellerId: 'acc_nobody', username: 'x' })).body).toMatchObject({
      code: 'account_not_found',
    });
    expect((await owner.post('/subusers', { username: 'x' })).body).toMatchObject({ code: 'missing_fields' });
  });
});

describe('many at once', () => {
  const bulk = (subusers: unknown[], key?: string) =>
    apis.mine.client.post('/subusers/bulk', { subusers }, key);

  it('are made or refused each by itself, with the reason', async () => {
    const { client } = apis.mine;
    const pool = async () =>
      (await client.ok('GET', '/overview')).pools.map((entry: { pooledBytes: number }) => entry.pooledBytes);
    const [residential, mobile] = await pool();
    await client.ok('POST', '/subusers', { username: 'taken' });
    const answer = await bulk([
      { username: 'bulk1', bytes: { residential: 3 * MB, mobile: MB }, password: 'given-by-me-1' },
      { username: 'Taken' },
      { username: 'bad-name' },
      { username: 'BULK1' },
      { username: 'toomuch', bytes: { residential: 1e15 } },
      { username: 'badmail', email: 'nonsense' },
      { username: 'bulk2', email: 'b2@example.com' },
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ made: 2, refused: 5 });
    expect(
      answer.body.results.map((result: { problem?: { code: string; field: string } }) => [
        result.problem?.code,
        result.problem?.field,
      ]),
    ).toEqual([
      [undefined, undefined],
      ['username_taken', null],
      ['invalid_field', 'username'],
      ['username_taken', null],
      ['insufficient_balance', null],
      ['invalid_field', 'email'],
      [undefined, undefined],
    ]);
    expect(answer.body.results[0].subuser).toMatchObject({
      username: 'MINE_bulk1',
      password: 'given-by-me-1',
    });
    expect(await apis.api.core.access.byPassword('MINE_bulk1', 'given-by-me-1')).toBeDefined();
    // By the name without its store code, too.
    expect(await apis.api.core.access.byPassword('bulk1', 'given-by-me-1')).toBeDefined();
    expect(await pool()).toEqual([residential - 3 * MB, mobile - MB]);
    expect(await client.ok('GET', `/subusers/${answer.body.results[0].subuser.id}`)).toMatchObject({
      bandwidth: { residential: { remainingBytes: 3 * MB }, mobile: { remainingBytes: MB } },
    });
    expect((await client.all('/subusers?search=toomuch')).rows).toEqual([]);
  });

  it('serve the first where the pool does not suffice for all', async () => {
    const [{ pooledBytes }] = (await apis.mine.client.ok('GET', '/overview')).pools;
    const half = Math.ceil(pooledBytes / 2) + 1;
    const answer = await bulk([
      { username: 'half1', bytes: { residential: half } },
      { username: 'half2', bytes: { residential: half } },
      { username: 'rest', bytes: { residential: pooledBytes - half } },
    ]);
    expect(answer.body.results.map((result: { status: string }) => result.status)).toEqual([
      'made',
      'refused',
      'made',
    ]);
    expect((await apis.mine.client.ok('GET', '/overview')).pools[0].pooledBytes).toBe(0);
    await apis.owner.ok('POST', `/resellers/${apis.mine.id}/top-up`, {
      asset: 'residential',
      amount: pooledBytes,
    });
  });

  it('are a thousand in one call, and the same thousand under the same key', async () => {
    const subusers = Array.from({ length: 1000 }, (_, index) => ({
      username: `kilo${index}`,
      bytes: { residential: 1000 },
    }));
    const first = await bulk(subusers, 'a-thousand');
    expect(first.body).toMatchObject({ made: 1000, refused: 0 });
    expect(
      first.body.results.map((result: { subuser: { username: string } }) => result.subuser.username),
    ).toEqual(subusers.map(({ username }) => `MINE_${username}`));
    expect((await bulk(subusers, 'a-thousand')).text).toBe(first.text);
    expect((await bulk(subusers)).body).toMatchObject({ made: 0, refused: 1000 });
    expect((await bulk([...subusers, { username: 'one' }])).body).toMatchObject({
      status: 400,
      errors: [{ field: 'subusers' }],
    });
    expect((await bulk([])).status).toBe(400);
    expect((await bulk([{ username: 5 }])).status).toBe(400);
    const huge = await bulk([{ username: 'a', password: 'x'.repeat(1_100_000) }]);
    expect(huge.body).toMatchObject({
      status: 413,
      code: 'body_too_large',
      detail: 'The request body is larger than 1048576 bytes',
    });
  });

  it('of two lists that share names are made once', async () => {
    const names = Array.from({ length: 40 }, (_, index) => ({ username: `race${index}` }));
    const lists = [names, [...names].reverse(), names];
    const answers = await Promise.all(lists.map((list) => bulk(list)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.reduce((sum, { body }) => sum + body.made, 0)).toBe(40);
    expect((await apis.mine.client.all('/subusers?search=race')).rows).toHaveLength(40);
  });
});

describe('the list', () => {
  it.each(['name', 'created', 'used', 'remaining'])(
    'by %s has everybody once, both ways, found or not',
    async (sort) => {
      const { client } = apis.mine;
      await apis.api.core.usageRollUp.run();
      for (const filter of ['', '&search=kilo1', '&product=mobile']) {
        const down = (await client.all(`/subusers?sort=${sort}&limit=300${filter}`)).rows.map(
          (row) => row.id,
        );
        const up = (await client.all(`/subusers?sort=${sort}&order=asc&limit=1000${filter}`)).rows.map(
          (row) => row.id,
        );
        expect(new Set(down).size).toBe(down.length);
        expect(up).toEqual([...down].reverse());
        expect(down.length).toBeGreaterThan(100);
      }
    },
  );

  it('goes on to its end while others are made and deleted', async () => {
    const { client } = apis.mine;
    const before = (await client.all('/subusers?order=asc&sort=created&limit=1000')).rows.map(
      (row) => row.id,
    );
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let page = 0; cursor !== null; page += 1) {
      const answer: OwnAnswer<{ data: { id: string }[]; nextCursor: string | null }> = await client.get(
        `/subusers?order=asc&sort=created&limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...answer.body.data.map((row: { id: string }) => row.id));
      cursor = answer.body.nextCursor;
      const link = answer.headers.get('link');
      expect(link === null).toBe(cursor === null);
      if (page < 5) {
        await make();
        // One that was seen goes; it does not shift the rest.
        await client.ok('DELETE', `/subusers/${seen[page * 100]}`);
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(before.every((id) => seen.includes(id))).toBe(true);
    expect(seen.length).toBe(before.length + 5);
  });

  it('follows the link that comes with it', async () => {
    const { client } = apis.mine;
    const first = await client.get('/subusers?limit=2&search=kilo&sort=name');
    const link = /^<\/api\/account([^>]+)>; rel="next"$/.exec(first.headers.get('link')!)![1]!;
    const second = await client.get(link);
    expect(second.body.data.map((row: { username: string }) => row.username)).not.toEqual(
      first.body.data.map((row: { username: string }) => row.username),
    );
    expect(second.body.data).toHaveLength(2);
  });

  it('finds what is searched for literally, in any case', async () => {
    const { client } = apis.mine;
    await client.ok('POST', '/subusers', { username: 'odd_name.x', email: 'Odd+tag@Example.com' });
    for (const search of ['ODD_NAME', 'd_name.x', 'odd+TAG@', 'mine_odd']) {
      expect((await client.all(`/subusers?search=${encodeURIComponent(search)}`)).rows, search).toHaveLength(
        1,
      );
    }
    for (const search of ['oddXname', '%', 'odd\\', '\u{1F389}']) {
      expect((await client.all(`/subusers?search=${encodeURIComponent(search)}`)).rows, search).toEqual([]);
    }
    for (const bad of [
      'search=',
      'search=%00',
      'sort=password',
      'order=up',
      'limit=1001',
      'limit=-1',
      'cursor=%20',
      'page=2',
      `search=${'x'.repeat(101)}`,
    ]) {
      expect((await client.get(`/subusers?${bad}`)).status, bad).toBe(400);
    }
  });

  it('is exported whole, safe to open in a spreadsheet', async () => {
    const { client } = apis.mine;
    await client.ok('POST', '/subusers', { username: 'formula', email: "=cmd|'/c@example.com" });
    await client.ok('POST', '/subusers', { username: 'plus', email: '+1@example.com' });
    const answer = await client.get('/subusers/export?sort=name&order=asc');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const records = parse(answer.text, { columns: true }) as Record<string, string>[];
    const { rows } = await client.all('/subusers?sort=name&order=asc&limit=1000');
    expect(records.map((record) => record.username)).toEqual(rows.map((row) => row.username));
    const emails = records.map((record) => record.email!).filter((email) => email !== '');
    expect(emails).toContain("'=cmd|'/c@example.com");
    expect(emails.filter((email) => /^[=+\-@]/.test(email))).toEqual([]);
    expect(records.find((record) => record.username === 'MINE_kilo7')).toMatchObject({
      residentialRemainingBytes: '1000',
    });
    expect(answer.text).not.toContain('assword');
  });
});
