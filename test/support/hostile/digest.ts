/** Whether a database has changed: one text for all it holds, but for what may change with every call. */
import type { Sql } from '../../../src/db/client.ts';

/** The audit, the counters of calls, and answers that are remembered, refusals too. */
const NOT_COUNTED = ['audit_entry', 'rate_window', 'idempotency'];
/** Notes of when a key was used, written beside the calls. */
const NOT_COUNTED_COLUMNS = ['last_used_at', 'last_used_from'];

/** Makes the digest's query once, for the tables there are. */
export async function databaseDigest(sql: Sql): Promise<() => Promise<string>> {
  const tables = await sql<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> ALL (${NOT_COUNTED}::text[])
      ORDER BY table_name`;
  const columns = `'{${NOT_COUNTED_COLUMNS.join()}}'::text[]`;
  // Put in order: of many tables, the parts may be done side by side and come in any.
  const parts = tables
    .map(({ name }) => {
      const row = name === 'api_key' ? `(to_jsonb(t) - ${columns})::text` : 't::text';
      return `SELECT '${name}' AS name, count(*), md5(string_agg(md5(${row}), '' ORDER BY md5(${row}))) AS rows FROM "${name}" t`;
    })
    .join(' UNION ALL ');
  const query = `${parts} ORDER BY name`;
  return async () =>
    JSON.stringify(await sql.unsafe(query), (_key, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
}
