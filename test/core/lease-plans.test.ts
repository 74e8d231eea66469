/** A young database knows little of its tables: a gateway's report must find its leases by their keys all the same. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApi, type TestApi, type TestReseller } from '../support/api.ts';
import { addManySubusers } from '../support/many-subusers.ts';

const COUNT = 400;

let api: TestApi;
let store: TestReseller;
beforeAll(async () => {
  api = await createTestApi();
  store = await api.reseller({ mb: 1_000 });
});
afterAll(() => api?.close());

test('a report of many leases, before anything is known of the table', async () => {
  const { sql } = api.database;
  await sql`ALTER TABLE lease SET (autovacuum_enabled = false)`;
  await addManySubusers(sql, { ...store, count: COUNT });
  // On one connection: what it counts is read where it was counted.
  await sql.begin(async (tx) => {
    const [session] = await tx<{ id: bigint }[]>`
      INSERT INTO gateway_session (name, opened_at, heartbeat_at, usage_minute)
        VALUES ('young', now(), now(), date_trunc('minute', now(), 'UTC')) RETURNING id`;
    const leases = await tx<{ id: bigint }[]>`
      INSERT INTO lease (session_id, subuser_id, product, granted_bytes, settled_at, opened_at)
        SELECT ${session!.id}, subuser_id, product, 1000, now(), now() FROM subuser_bandwidth WHERE product = 'residential'
        RETURNING id`;
    expect(leases).toHaveLength(COUNT);
    const read = async () => {
      const rows = await tx<{ name: string; entries: bigint }[]>`
        SELECT indexrelname AS name, pg_stat_get_xact_tuples_returned(indexrelid) AS entries
          FROM pg_stat_user_indexes WHERE relname = 'lease'`;
      return Object.fromEntries(rows.map(({ name, entries }) => [name, Number(entries)]));
    };
    const before = await read();
    const ids = `{${leases.map(({ id }) => id).join(',')}}`;
    const figures = `{${leases.map(() => 7).join(',')}}`;
    const [row] = await tx<{ unusual: bigint[] | null }[]>`
      SELECT lease_count(${session!.id}, ${ids}::text::bigint[], ${figures}::text::bigint[], ${figures}::text::bigint[], now() - interval '1 minute') AS unusual`;
    expect(row!.unusual).toBeNull();
    const after = await read();
    const grown = Object.fromEntries(
      Object.entries(after).map(([name, entries]) => [name, entries - before[name]!]),
    );
    expect(grown).toEqual({ lease_pkey: COUNT, lease_open: 0, lease_session: 0 });
  });
});
