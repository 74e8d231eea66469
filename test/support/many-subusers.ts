/** Subusers in great numbers, written straight into the tables: for tests of how lists find their rows. */
import type { Sql } from '../../src/db/client.ts';

/**
 * Gives an account `count` subusers (`many000001`, …), each with some residential bandwidth, some of it used. The ledger's
 * transfers are left out, so it does not verify.
 */
export async function addManySubusers(
  sql: Sql,
  { accountId, storeCode, count }: { accountId: bigint; storeCode: string; count: number },
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`SET LOCAL session_replication_role = replica`;
    await tx`SET LOCAL statement_timeout = 0`;
    await tx`
      CREATE TEMPORARY TABLE many ON COMMIT DROP AS
        SELECT g AS n, nextval('subuser_id_seq') AS id, (random() * 1e9)::bigint AS used, (random() * 1e9)::bigint AS remaining
          FROM generate_series(1, ${count}::int) g`;
    await tx`
      INSERT INTO subuser (id, public_id, account_id, username, email, password_sealed, created_at)
        OVERRIDING SYSTEM VALUE
        SELECT id, 'subuser-many' || id, ${accountId}, ${storeCode}::text || '_many' || lpad(n::text, 6, '0'),
            'person' || n || '@example.com', ''::bytea, now()
          FROM many`;
    for (const product of ['residential', 'mobile']) {
      const isFirst = product === 'residential';
      const kind = (name: string, amount: string) => tx`
        SELECT n, nextval('ledger_account_id_seq') AS id, ${name}::text AS kind,
            CASE WHEN ${isFirst} THEN ${tx.unsafe(amount)} ELSE 0 END AS balance FROM many`;
      await tx`
        CREATE TEMPORARY TABLE many_account ON COMMIT DROP AS
          ${kind('balance', 'remaining')} UNION ALL ${kind('leased', '0')} UNION ALL ${kind('consumed', 'used')}`;
      await tx`
        INSERT INTO ledger_account (id, parent_id, asset, kind, balance, created_at) OVERRIDING SYSTEM VALUE
          SELECT m.id, h.ledger_id, ${product}, m.kind, m.balance, now()
            FROM many_account m JOIN account_holding h ON h.account_id = ${accountId} AND h.asset = ${product}`;
      await tx`
        INSERT INTO subuser_bandwidth (subuser_id, product, pool_id, balance_id, leased_id, consumed_id)
          SELECT m.id, ${product}, h.ledger_id, b.id, l.id, c.id
            FROM many m JOIN many_account b ON b.n = m.n AND b.kind = 'balance'
              JOIN many_account l ON l.n = m.n AND l.kind = 'leased' JOIN many_account c ON c.n = m.n AND c.kind = 'consumed'
              JOIN account_holding h ON h.account_id = ${accountId} AND h.asset = ${product}`;
      await tx`
        INSERT INTO subuser_standing (subuser_id, product, account_id, used_bytes, remaining_bytes)
          SELECT id, ${product}, ${accountId}, CASE WHEN ${isFirst} THEN used ELSE 0 END,
              CASE WHEN ${isFirst} THEN remaining ELSE 0 END FROM many`;
      await tx`DROP TABLE many_account`;
    }
  });
  await sql`ANALYZE`;
}
