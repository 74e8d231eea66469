/** A hundred thousand subusers: every page of a list, searched or not, is found along an index, and never by reading all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEW_MATCHES, placesQuery, SUBUSER_SORTS, type SubuserKey } from '../../src/core/subusers/list.ts';
import { addManySubusers } from '../support/many-subusers.ts';
import { createOwnApis, type OwnApis } from '../support/own-api.ts';

let apis: OwnApis;
beforeAll(async () => {
  apis = await createOwnApis();
  const { sql } = apis.api.database;
  await addManySubusers(sql, { ...apis.mine, count: 80_000 });
  await addManySubusers(sql, { ...apis.other, count: 20_000 });
  await sql`VACUUM ANALYZE`;
}, 300_000);
afterAll(() => apis.close());

const SEARCHES = [undefined, 'many00', '_many0123', 'person77777', 'nobody-at-all'];

async function planOf(query: ReturnType<typeof placesQuery>): Promise<string> {
  const rows = await apis.api.database.sql<{ 'QUERY PLAN': string }[]>`EXPLAIN ${query}`;
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

describe.each(SUBUSER_SORTS)('by %s', (sort) => {
  it.each([
    ['one reseller', (): bigint | null => apis.mine.accountId],
    ['the provider', (): bigint | null => null],
  ])('for %s', async (_who, accountId) => {
    const { sql } = apis.api.database;
    const isByFigure = sort === 'used' || sort === 'remaining';
    for (const search of SEARCHES) {
      const query = {
        accountId: accountId(),
        sort,
        descending: true,
        product: 'residential' as const,
        search,
      };
      const byName = placesQuery(sql, { ...query, sort: 'name' }, FEW_MATCHES + 1, undefined);
      const matches = (await byName).map((match) => match.id);
      // As the list itself chooses: few that match are put in order, many are met on the way along it.
      const among =
        isByFigure && search !== undefined && matches.length <= FEW_MATCHES ? [matches] : [undefined];
      const middle: SubuserKey = sort === 'name' ? ['mine_many050000', 50_000n] : [50_000n, 50_000n];
      for (const descending of [true, false]) {
        for (const after of [undefined, middle]) {
          const plan = await planOf(placesQuery(sql, { ...query, descending }, 51, after, among[0]));
          expect(plan, `${search}, descending ${descending}`).not.toContain('Seq Scan');
        }
      }
    }
  });
});

it('a reseller’s search does not touch the index that holds everybody’s names', async () => {
  const { sql } = apis.api.database;
  const search = 'person77777';
  for (const { accountId } of [apis.mine, apis.other]) {
    for (const sort of SUBUSER_SORTS) {
      const query = { accountId, sort, descending: false, product: 'residential' as const, search };
      expect(await planOf(placesQuery(sql, query, 51, undefined)), sort).not.toContain('subuser_search');
    }
  }
  const all = { accountId: null, sort: 'name' as const, descending: false, product: 'residential' as const };
  expect(await planOf(placesQuery(sql, { ...all, search }, 51, undefined))).toContain('subuser_search');
});

it('the pages and figures are right', async () => {
  const { mine, owner } = apis;
  const counted = await mine.client.ok('GET', '/overview');
  expect(counted.subusers).toBe(80_000);
  const found = await mine.client.all('/subusers?search=_many07777&sort=used&limit=3');
  expect(found.rows.map((row) => row.username).sort()).toEqual(
    Array.from({ length: 10 }, (_, n) => `MINE_many07777${n}`),
  );
  const used = found.rows.map((row) => row.bandwidth.residential.usedBytes);
  expect(used).toEqual([...used].sort((a, b) => b - a));
  // More than are put in order one by one.
  const many = (await mine.client.get('/subusers?search=many0&sort=remaining&limit=1000')).body;
  const remaining = many.data.map(
    (row: { bandwidth: { residential: { remainingBytes: number } } }) =>
      row.bandwidth.residential.remainingBytes,
  );
  expect(remaining).toEqual([...remaining].sort((a, b) => b - a));
  expect(many.nextCursor).not.toBeNull();
  expect((await owner.all('/subusers?search=person15000@')).rows).toHaveLength(2);
  expect((await mine.client.all('/subusers?search=other_many')).rows).toEqual([]);
});
