import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrayOf } from '../../src/db/array.ts';
import { inPipeline, inTransaction, type Tx } from '../../src/db/client.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
  await database.sql`create table item (id int primary key, amount bigint not null)`;
});
afterAll(() => database.drop());

test('bigint columns and parameters are bigints, alone and in arrays', async () => {
  const { sql } = database;
  const largest = 9_223_372_036_854_775_807n;
  const [row] = await sql`
    select ${largest}::bigint as one, ${arrayOf([1n, largest, null])}::bigint[] as many,
      ${arrayOf([])}::bigint[] as none, count(*) as counted from item`;
  expect(row).toEqual({ one: largest, many: [1n, largest, null], none: [], counted: 0n });
});

test('texts arrive in arrays as they are', async () => {
  const texts = [
    '',
    ' ',
    'plain',
    'null',
    'NULL',
    null,
    '{a,b}',
    '"',
    '\\',
    "it's",
    'a\nb',
    'ünïcödé 🚰',
    '\\"}',
    'a,b',
  ];
  const [row] =
    await database.sql`select to_json(${arrayOf(texts)}::text[]) as many, to_json(${arrayOf([])}::text[]) as none`;
  expect(row).toEqual({ many: texts, none: [] });
});

test('the session is in UTC, named headgate, READ COMMITTED, and no statement runs for ever', async () => {
  const [row] = await database.sql`
    select current_setting('TimeZone') as zone, current_setting('application_name') as name,
      current_setting('statement_timeout') as timeout, current_setting('transaction_isolation') as isolation`;
  expect(row).toEqual({ zone: 'UTC', name: 'headgate', timeout: '30s', isolation: 'read committed' });
});

test('a transaction whose function rejects leaves nothing, and an array result is handed through', async () => {
  const { sql } = database;
  const failing = inTransaction(sql, async (tx) => {
    await tx`insert into item values (1, 1)`;
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await inTransaction(sql, async (tx) => await tx`select * from item`)).toHaveLength(0);
});

test('a query that failed ends the transaction even when its error was caught', async () => {
  const { sql } = database;
  const careless = inTransaction(sql, async (tx) => {
    await tx`insert into item values (2, 1)`;
    await tx`insert into item values (2, 1)`.catch(() => {});
  });
  await expect(careless).rejects.toMatchObject({ code: '23505' });
  expect(await sql`select from item where id = 2`).toHaveLength(0);
});

test('of two that deadlock, the one PostgreSQL ends runs again and both commit', async () => {
  const { sql } = database;
  await sql`insert into item values (10, 0), (11, 0)`;
  let runs = 0;
  const holding: (() => void)[] = [];
  /** Resolves when both have locked their first row. */
  const bothHold = () =>
    new Promise<void>((resolve) => {
      holding.push(resolve);
      if (holding.length >= 2) for (const go of holding) go();
    });
  const add = (first: number, second: number) =>
    inTransaction(sql, async (tx) => {
      runs += 1;
      await tx`update item set amount = amount + 1 where id = ${first}`;
      await bothHold();
      await tx`update item set amount = amount + 1 where id = ${second}`;
    });
  await Promise.all([add(10, 11), add(11, 10)]);
  expect(runs).toBe(3);
  expect(await sql`select amount from item where id in (10, 11)`).toEqual([{ amount: 2n }, { amount: 2n }]);
});

test('attempts are bounded', async () => {
  const { sql } = database;
  let runs = 0;
  const hopeless = inTransaction(sql, async (tx) => {
    runs += 1;
    await tx`do $$ begin raise exception 'always' using errcode = '40001'; end $$`;
  });
  await expect(hopeless).rejects.toMatchObject({ code: '40001' });
  expect(runs).toBe(8);
});

test('a pool does not pass for a transaction: the compiler refuses', async () => {
  const lockRow = (tx: Tx) => tx`select id from item where id = 10 for update`;
  // @ts-expect-error -- nothing stays locked on a pool
  await lockRow(database.sql);
  await inTransaction(database.sql, async (tx) => await lockRow(tx));
});

test('a pipelined transaction commits everything, and nothing when any statement fails, the last one included', async () => {
  const { sql } = database;
  const count = async () => (await sql`select * from item where id >= 100`).length;
  const value = await inPipeline(sql, async (tx) => {
    const [first] = await tx`insert into item values (100, 1) returning id`;
    return {
      value: first!.id,
      last: [tx`insert into item values (101, 1)`, tx`insert into item values (102, 1)`],
    };
  });
  expect([Number(value), await count()]).toEqual([100, 3]);
  const failing = inPipeline(sql, async (tx) => {
    await tx`insert into item values (103, 1)`;
    return { value: 1, last: [tx`insert into item values (100, 1)`, tx`insert into item values (104, 1)`] };
  });
  await expect(failing).rejects.toMatchObject({ code: '23505' });
  const thrown = inPipeline(sql, async (tx) => {
    await tx`insert into item values (105, 1)`;
    throw new Error('no');
  });
  await expect(thrown).rejects.toThrow('no');
  expect(await count()).toBe(3);
  // The connections that failed are good for another.
  expect(
    await Promise.all(
      Array.from({ length: 20 }, () => inPipeline(sql, async () => ({ value: 7, last: [] }))),
    ),
  ).toEqual(Array(20).fill(7));
});
