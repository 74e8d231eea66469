/** The migration that leaves use in its lease until the minute is over finds sessions and leases that are open. */
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { Leases } from '../../src/core/leases/leases.ts';
import { migrate } from '../../src/db/migrate.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

test('a session that was open goes on, and nothing counts twice or not at all', async () => {
  const { sql, drop } = await createTestDatabase({ empty: true });
  const folder = makeTempFolder('headgate-migrations-');
  try {
    const names = readdirSync(MIGRATIONS).sort();
    const upTo = names.findIndex((name) => name.endsWith('_usage_minutes.sql'));
    for (const name of names.slice(0, upTo))
      copyFileSync(path.join(MIGRATIONS, name), path.join(folder, name));
    await migrate(sql, { folder });
    await sql`
      INSERT INTO account (public_id, email, name, tier, store_code, store_name, created_at)
        VALUES ('acc', 'r@example.com', 'Store', 'RESELLER', 'S', 'Store', now())`;
    await sql`
      INSERT INTO subuser (public_id, account_id, username, password_sealed, created_at)
        SELECT 'subuser-1', id, 'S_1', '', now() FROM account WHERE public_id = 'acc'`;
    const [session] = await sql<{ id: bigint }[]>`
      INSERT INTO gateway_session (name, opened_at, heartbeat_at)
        VALUES ('gw', '2026-05-04T10:00:00Z', '2026-05-04T10:30:20Z') RETURNING id`;
    const [lease] = await sql.begin(async (tx) => {
      await tx`SET LOCAL session_replication_role = replica`;
      await tx`
        INSERT INTO ledger_account (id, asset, kind, balance, created_at) OVERRIDING SYSTEM VALUE
          VALUES (1001, 'residential', 'pool', 0, now()), (1002, 'residential', 'balance', 0, now()),
            (1003, 'residential', 'leased', 1000, now()), (1004, 'residential', 'consumed', 0, now())`;
      await tx`
        INSERT INTO subuser_bandwidth (subuser_id, product, pool_id, balance_id, leased_id, consumed_id)
          SELECT id, 'residential', 1001, 1002, 1003, 1004 FROM subuser`;
      return tx<{ id: bigint }[]>`
        INSERT INTO lease (session_id, subuser_id, product, granted_bytes, reported_up_bytes, reported_down_bytes, settled_at, opened_at)
          SELECT ${session!.id}, id, 'residential', 1000, 10, 90, '2026-05-04T10:00:00Z', '2026-05-04T10:00:00Z'
            FROM subuser RETURNING id`;
    });
    await sql`
      INSERT INTO usage_series (subuser_id, product, resolution, start, up_bytes, down_bytes)
        SELECT id, 'residential', r, date_trunc(r, '2026-05-04T10:30:00Z'::timestamptz, 'UTC'), 10, 90
          FROM subuser, unnest(ARRAY['minute', 'hour', 'day']) AS r`;
    await migrate(sql);

    const used = async () =>
      sql<{ start: string; up: bigint; down: bigint }[]>`
        SELECT resolution || to_char(start, ' HH24:MI') AS start, sum(up_bytes)::bigint AS up, sum(down_bytes)::bigint AS down
          FROM usage_until_now GROUP BY 1 ORDER BY 1`;
    const row = (start: string, up: bigint, down: bigint) => ({ start, up, down });
    expect([...(await used())]).toEqual([
      row('day 00:00', 10n, 90n),
      row('hour 10:00', 10n, 90n),
      row('minute 10:30', 10n, 90n),
    ]);
    const clock = new ManualClock('2026-05-04T10:30:40Z');
    const leases = new Leases(sql, clock);
    const report = (down: bigint) => [
      { leaseId: lease!.id, usedUpBytes: 10n, usedDownBytes: down, close: false },
    ];
    await leases.report(session!.id, report(100n));
    clock.advance(30_000);
    await leases.report(session!.id, report(300n));
    expect([...(await used())]).toEqual([
      row('day 00:00', 10n, 300n),
      row('hour 10:00', 10n, 300n),
      row('minute 10:30', 10n, 100n),
      row('minute 10:31', 0n, 200n),
    ]);
  } finally {
    await drop();
    rmSync(folder, { recursive: true, force: true });
  }
});
