/** The migration after which leases say themselves that their subuser was deleted finds some whose subuser was deleted before. */
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

test('a report leaves alone what belongs to the deleted, whether they were deleted before or after', async () => {
  const { sql, drop } = await createTestDatabase({ empty: true });
  const folder = makeTempFolder('headgate-migrations-');
  try {
    const names = readdirSync(MIGRATIONS).sort();
    const upTo = names.findIndex((name) => name.endsWith('_lease_of_deleted.sql'));
    for (const name of names.slice(0, upTo))
      copyFileSync(path.join(MIGRATIONS, name), path.join(folder, name));
    await migrate(sql, { folder });
    await sql`
      INSERT INTO account (public_id, email, name, tier, store_code, store_name, created_at)
        VALUES ('acc', 'r@example.com', 'Store', 'RESELLER', 'S', 'Store', now())`;
    await sql`
      INSERT INTO subuser (public_id, account_id, username, password_sealed, created_at, deleted_at)
        SELECT who, id, 'S_' || who, '', now(), CASE WHEN who = 'before' THEN now() END
          FROM account, unnest(ARRAY['before', 'after', 'never']) AS who WHERE public_id = 'acc'`;
    const [session] = await sql<{ id: bigint }[]>`
      INSERT INTO gateway_session (name, opened_at, heartbeat_at, usage_minute)
        VALUES ('gw', now(), now(), date_trunc('minute', now(), 'UTC')) RETURNING id`;
    await sql.begin(async (tx) => {
      await tx`SET LOCAL session_replication_role = replica`;
      await tx`
        INSERT INTO lease (session_id, subuser_id, product, granted_bytes, settled_at, opened_at)
          SELECT ${session!.id}, id, 'residential', 1000, now(), now() FROM subuser ORDER BY id`;
    });
    await migrate(sql);

    await sql`UPDATE subuser SET deleted_at = now() WHERE username = 'S_after'`;
    const [counted] = await sql<{ names: string[] }[]>`
      SELECT array_agg(s.public_id) AS names FROM unnest((
          SELECT lease_count(${session!.id}, array_agg(id), array_agg(7::bigint), array_agg(7::bigint), now() - interval '1 hour')
            FROM lease)) AS item (id) JOIN lease l USING (id) JOIN subuser s ON s.id = l.subuser_id`;
    expect(counted!.names).toEqual(['never']);
  } finally {
    await drop();
    rmSync(folder, { recursive: true, force: true });
  }
});
