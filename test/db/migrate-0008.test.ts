/** Events that were there before the log become its leaves, as the program itself would have hashed them. */
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCore } from '../../src/core/core.ts';
import { verifyCreditLog } from '../../src/core/credits/log/verify-database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { TEST_MASTER_KEY } from '../support/api.ts';
import { judgeReceipt, openNote } from '../support/credit-log.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
const EVENTS = 37;

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

test('every event gets the hash that the program computes, and a receipt', async () => {
  const { sql } = database;
  await migrate(sql, { folder: migrationsUpTo('0007') });
  await sql`
    INSERT INTO account (public_id, email, name, is_owner, tier, store_code, store_name, created_at) VALUES
      ('acc_store', 'store@example.com', 'Store', false, 'RESELLER', 'STORE', 'Store', now())`;
  await sql`
    INSERT INTO api_key (public_id, account_id, name, purpose, hint, secret_hash, scopes, created_at)
      SELECT 'key_store', id, 'key', 'key', 'hg_live_', '\\x00', '{}', now() FROM account`;
  for (let seq = 0; seq < EVENTS; seq++) {
    // What JSON escapes, and what it need not.
    const reference = ['txn', 'quo"te', 'back\\slash', 'é€😀', '\u2028line', 'a/b'][seq % 6]! + seq;
    const meta = seq % 3 === 0 ? null : '{"a":[1.5,"é\\u0000\\ud800",null],"z":{"q\\"":1e+21}}';
    const at = new Date(1_771_597_320_000 + seq * 7919);
    await sql`
      INSERT INTO credit_event (seq, public_id, key_id, key_lineage_id, account_id, kind, amount_cents, external_ref, meta, at)
        SELECT ${seq}, ${`ev_${seq}`}, k.id, k.id, k.account_id, 'refund', ${seq * 100 - 500}, ${reference}, ${meta}, ${at}
          FROM api_key k`;
  }
  const before = await sql`SELECT * FROM credit_event ORDER BY seq`;

  await migrate(sql, { folder: migrationsUpTo('0008') });

  const after = await sql`SELECT * FROM credit_event ORDER BY seq`;
  expect(after.map(({ salt: _salt, tree_hashes: _hashes, ...event }) => event)).toEqual([...before]);
  expect(await verifyCreditLog(sql)).toEqual({ leaves: EVENTS, checkpoints: 0, problems: [] });
  expect(new Set(after.map(({ salt }) => Buffer.from(salt).toString('hex'))).size).toBe(EVENTS);

  await migrate(sql);
  const { creditLog } = await createCore(sql, systemClock, TEST_MASTER_KEY);
  const [key] = await creditLog.keys();
  expect(openNote(await creditLog.checkpoint(), key!.vkey).size).toBe(EVENTS);
  for (let seq = 0; seq < EVENTS; seq++) {
    const receipt = await creditLog.receipt(`ev_${seq}`, null);
    expect(judgeReceipt(receipt, key!.vkey).size).toBe(EVENTS);
  }
  await expect(sql`UPDATE credit_event SET kind = 'topup'`).rejects.toMatchObject({ code: '23001' });
});
