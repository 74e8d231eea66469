import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../../src/db/client.ts';
import { migrate, schemaVersion } from '../../src/db/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
  folder = mkdtempSync(path.join(os.tmpdir(), 'headgate-migrations-'));
  write('0001_one.sql', 'create table one (id int); insert into one values (1);');
  write('0002_two.sql', 'create table two (id int);\ninsert into two select id from one;\n');
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

function write(name: string, text: string): void {
  writeFileSync(path.join(folder, name), text);
}

test('applies what is missing, in order, once', async () => {
  const { sql } = database;
  expect(await schemaVersion(sql)).toBe(0);
  expect(await migrate(sql, { folder })).toEqual({ applied: [1, 2], version: 2 });
  expect(await migrate(sql, { folder })).toEqual({ applied: [], version: 2 });
  write('0003_three.sql', 'insert into two values (3)');
  expect(await migrate(sql, { folder })).toEqual({ applied: [3], version: 3 });
  expect(await schemaVersion(sql)).toBe(3);
  expect(await sql`select id from two order by id`).toEqual([{ id: 1 }, { id: 3 }]);
  const rows = await sql`select number, name, applied_at from schema_migration order by number`;
  expect(rows[2]).toEqual({ number: 3, name: '0003_three', applied_at: expect.any(Date) });
});

test('many that start at once migrate once', async () => {
  write('0003_slow.sql', 'select pg_sleep(0.2); create table three (id int)');
  const clients = Array.from({ length: 5 }, () => connect(database.target, { maxConnections: 1 }));
  const results = await Promise.all(clients.map((sql) => migrate(sql, { folder })));
  await Promise.all(clients.map((sql) => sql.end()));
  expect(results.flatMap((result) => result.applied).sort()).toEqual([1, 2, 3]);
  expect(results.map((result) => result.version)).toEqual([3, 3, 3, 3, 3]);
  expect(await database.sql`select id from one`).toHaveLength(1);
});

test('a migration that fails leaves the one before it, and is named', async () => {
  write('0003_bad.sql', 'create table three (id int); select 1/0;');
  await expect(migrate(database.sql, { folder })).rejects.toThrow('migration 0003_bad: division by zero');
  expect(await schemaVersion(database.sql)).toBe(2);
  const [row] = await database.sql`select to_regclass('three') as three`;
  expect(row).toEqual({ three: null });
});

test('a schema newer than the program is refused', async () => {
  await migrate(database.sql, { folder });
  rmSync(path.join(folder, '0002_two.sql'));
  await expect(migrate(database.sql, { folder })).rejects.toThrow(
    "the database's schema is at version 2 (0002_two), and this program knows versions up to 1",
  );
});

test('an applied migration that was changed is refused; other line ends are no change', async () => {
  await migrate(database.sql, { folder });
  write('0002_two.sql', 'create table two (id int);\r\ninsert into two select id from one;\r\n');
  await migrate(database.sql, { folder });
  write('0001_one.sql', 'create table one (id bigint)');
  await expect(migrate(database.sql, { folder })).rejects.toThrow('0001_one.sql was changed after');
});

test.each([
  ['a gap', '0004_four.sql', 'expected number 3 here'],
  ['a number used twice', '0002_zwei.sql', 'expected number 3 here'],
  ['a name without a number', 'three.sql', 'expected a name like 0001_name.sql'],
])('%s in the files is refused, and nothing is applied', async (_what, name, message) => {
  write(name, 'select 1');
  await expect(migrate(database.sql, { folder })).rejects.toThrow(message);
  expect(await schemaVersion(database.sql)).toBe(0);
});
