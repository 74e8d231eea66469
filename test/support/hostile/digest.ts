/** Whether a database has changed: one text for all it holds, but for what may change with every call. */
import type { Sql } from '../../../src/db/client.ts';

/** The audit, the counters of calls, and answers that are remembered, refusals too. */
const NOT_COUNTED = ['audit_entry', 'rate_window', 'idempotency'];
/** Notes of when a key was used, written beside the calls. */
const NOT_COUNTED_COLUMNS = ['last_used_at', 'last_used_from'];

/**
 * Makes the digest once, for the tables there are. They are read only when a statement has been at one of them since the last time,
 * which a sequence tells that triggers count up: also for what was taken back, as sequences are outside of transactions.
 */
export async function databaseDigest(sql: Sql): Promise<() => Promise<string>> {
  const tables = await sql<{ name: string; columns: string[] }[]>`
    SELECT t.table_name AS name, array_agg(c.column_name::text) AS columns
      FROM information_schema.tables t JOIN information_schema.columns c USING (table_schema, table_name)
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> ALL (${NOT_COUNTED}::text[])
      GROUP BY t.table_name ORDER BY t.table_name`;
  await sql.unsafe(`
    CREATE SCHEMA digest;
    CREATE SEQUENCE digest.statements;
    CREATE FUNCTION digest.count() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM nextval('digest.statements'); RETURN NULL; END $$;
    ${tables
      .map(({ name, columns }) => {
        const counted = columns.filter((column) => !NOT_COUNTED_COLUMNS.includes(column));
        const of = counted.map((column) => `"${column}"`).join();
        return `CREATE TRIGGER digest AFTER INSERT OR DELETE OR UPDATE OF ${of} ON "${name}" EXECUTE FUNCTION digest.count();`;
      })
      .join('\n')}`);

  // Put in order: of many tables, the parts may be done side by side and come in any.
  const parts = tables
    .map(({ name }) => {
      const row =
        name === 'api_key' ? `(to_jsonb(t) - '{${NOT_COUNTED_COLUMNS.join()}}'::text[])::text` : 't::text';
      return `SELECT '${name}' AS name, count(*), md5(string_agg(md5(${row}), '' ORDER BY md5(${row}))) AS rows FROM "${name}" t`;
    })
    .join(' UNION ALL ');
  const query = `${parts} ORDER BY name`;

  let seen: bigint | undefined;
  let text = '';
  return async () => {
    const [statements] = await sql<{ count: bigint }[]>`SELECT last_value AS count FROM digest.statements`;
    if (statements!.count !== seen) {
      seen = statements!.count;
      text = JSON.stringify(await sql.unsafe(query), (_key, value) =>
        typeof value === 'bigint' ? String(value) : value,
      );
    }
    return text;
  };
}
