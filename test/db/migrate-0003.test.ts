import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyLedger } from '../../src/core/ledger/verify.ts';
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

function migrationsUpTo(last: string): string {
  for (const name of readdirSync(MIGRATIONS).filter((file) => file.slice(0, 4) <= last)) {
    copyFileSync(path.join(MIGRATIONS, name), path.join(folder, name));
  }
  return folder;
}

test('every account there was gets a place for its money, and keeps what it had', async () => {
  const { sql } = database;
  await migrate(sql, { folder: migrationsUpTo('0002') });
  await sql`
    INSERT INTO account (public_id, email, name, is_owner, tier, store_code, store_name, created_at) VALUES
      ('acc_owner', 'owner@example.com', 'Owner', true, 'STANDARD', NULL, NULL, now()),
      ('acc_store', 'store@example.com', 'Store', false, 'RESELLER', 'STORE', 'Store', now())`;
  await sql`
    WITH opened AS (
      INSERT INTO ledger_account (parent_id, asset, kind, created_at)
        SELECT id, 'usd', 'balance', now() FROM ledger_account WHERE asset = 'usd' AND kind = 'received' RETURNING id)
    INSERT INTO account_holding (account_id, asset, ledger_id)
      SELECT a.id, 'usd', opened.id FROM account a, opened WHERE a.public_id = 'acc_store'`;
  await sql`
    INSERT INTO subuser (public_id, account_id, username, email, password_sealed, created_at)
      SELECT 'subuser-1', id, 'STORE_bob', 'bob@example.com', '\\x00', now() FROM account WHERE public_id = 'acc_store'`;
  const before = await sql`SELECT ledger_id FROM account_holding`;

  await migrate(sql, { folder: migrationsUpTo('0003') });

  const holdings = await sql<{ owner: string; kind: string; root: string; ledger_id: bigint }[]>`
    SELECT a.public_id AS owner, l.kind, r.kind AS root, h.ledger_id FROM account_holding h JOIN account a ON a.id = h.account_id
      JOIN ledger_account l ON l.id = h.ledger_id JOIN ledger_account r ON r.id = l.parent_id ORDER BY a.id`;
  expect(holdings).toMatchObject([
    { owner: 'acc_owner', kind: 'balance', root: 'received' },
    { owner: 'acc_store', kind: 'balance', root: 'received', ledger_id: before[0]!.ledger_id },
  ]);
  expect(await sql`SELECT credits_frozen, signed_up_via FROM account`).toEqual(
    Array(2).fill({ credits_frozen: false, signed_up_via: null }),
  );
  expect(await sql`SELECT email, short_login_digest FROM subuser`).toEqual([
    { email: 'bob@example.com', short_login_digest: null },
  ]);
  expect((await verifyLedger(sql)).problems).toEqual([]);
});
