/** The migration that adds read models fills them from the rows there are. */
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
  folder = makeTempFolder('headgate-migrations-');
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

test('sums of use and the standing of subusers are those of the rows before it', async () => {
  const { sql } = database;
  const names = readdirSync(MIGRATIONS).sort();
  const upTo = names.findIndex((name) => name.endsWith('_read_models.sql'));
  for (const name of names.slice(0, upTo)) copyFileSync(path.join(MIGRATIONS, name), path.join(folder, name));
  await migrate(sql, { folder });
  await sql`
    INSERT INTO account (public_id, email, name, tier, store_code, store_name, created_at)
      SELECT 'acc_' || n, n || '@example.com', 'Store', 'RESELLER', 'S' || n, 'Store', now() FROM generate_series(1, 2) n`;
  await sql`
    INSERT INTO subuser (public_id, account_id, username, password_sealed, created_at, deleted_at)
      SELECT 'subuser-' || n, a.id, a.store_code || '_' || n, '', now(), CASE WHEN n = 3 THEN now() END
        FROM generate_series(1, 3) n, account a WHERE a.public_id = 'acc_' || (1 + n / 3)`;
  await sql.begin(async (tx) => {
    await tx`SET LOCAL session_replication_role = replica`;
    // Balance 100, leased 10, consumed 7 for each.
    await tx`
      INSERT INTO ledger_account (id, asset, kind, balance, created_at) OVERRIDING SYSTEM VALUE
        SELECT 1000 + s.id * 10 + k.n, 'residential', k.kind || s.id, k.balance, now()
          FROM subuser s, (VALUES (0, 'pool', 0), (1, 'balance', 100), (2, 'leased', 10), (3, 'consumed', 7)) AS k (n, kind, balance)`;
    await tx`
      INSERT INTO subuser_bandwidth (subuser_id, product, pool_id, balance_id, leased_id, consumed_id)
        SELECT id, 'residential', 1000 + id * 10, 1001 + id * 10, 1002 + id * 10, 1003 + id * 10 FROM subuser`;
  });
  await sql`
    INSERT INTO usage_series (subuser_id, product, resolution, start, up_bytes, down_bytes)
      SELECT s.id, 'residential', r, '2026-05-04T00:00:00Z', 1, s.id FROM subuser s, unnest(ARRAY['hour', 'day']) AS r`;
  await migrate(sql);

  const ids = await sql<{ id: bigint }[]>`SELECT id FROM subuser ORDER BY public_id`;
  const [first, second, third] = ids.map(({ id }) => id) as [bigint, bigint, bigint];
  const standings = await sql`
    SELECT s.public_id, p.product, p.used_bytes, p.remaining_bytes
      FROM subuser_standing p JOIN subuser s ON s.id = p.subuser_id ORDER BY 1`;
  const standing = { product: 'residential', used_bytes: 7n, remaining_bytes: 110n };
  expect([...standings]).toEqual([
    { public_id: 'subuser-1', ...standing },
    { public_id: 'subuser-2', ...standing },
  ]);
  // What a deleted one used stays in its reseller's sums.
  const sums = await sql`
    SELECT a.public_id, u.resolution, u.up_bytes, u.down_bytes FROM account_usage u JOIN account a ON a.id = u.account_id
      ORDER BY 1, 2`;
  const of = (public_id: string, up_bytes: bigint, down_bytes: bigint) =>
    ['day', 'hour'].map((resolution) => ({ public_id, resolution, up_bytes, down_bytes }));
  expect([...sums]).toEqual([...of('acc_1', 2n, first + second), ...of('acc_2', 1n, third)]);
});
