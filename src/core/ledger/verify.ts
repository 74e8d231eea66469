/** Proves the ledger from its rows. What is stored as a balance is never trusted here, only compared. */
import type { Sql } from '../../db/client.ts';

export interface LedgerProblem {
  /** Which promise is broken. */
  check: 'zero-sum' | 'balance' | 'chain' | 'asset' | 'overdrawn' | 'leased' | 'group';
  /** The account that is wrong, where it is one. */
  ledgerAccount?: bigint;
  detail: string;
}

export interface LedgerVerification {
  accounts: bigint;
  transfers: bigint;
  problems: LedgerProblem[];
}

/** Most problems listed of one kind: one broken row can be seen from many accounts. */
const MAX_LISTED = 50;

/**
 * Reads every account and transfer in one consistent snapshot, while the server goes on working.
 * An empty list of problems means: all sums are zero, every balance equals its transfers, every running balance follows
 * from the one before, no account that stands for a possession is below zero, and what is leased equals the open leases.
 */
export async function verifyLedger(sql: Sql): Promise<LedgerVerification> {
  return sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (tx) => {
    await tx`SET LOCAL statement_timeout = 0`;
    const [totals] = await tx<{ accounts: bigint; transfers: bigint }[]>`
      SELECT (SELECT count(*) FROM ledger_account) AS accounts, (SELECT count(*) FROM ledger_transfer) AS transfers`;
    const problems: LedgerProblem[] = [];

    const sums = await tx<{ asset: string; sum: string }[]>`
      SELECT asset, sum(balance)::text AS sum FROM ledger_account GROUP BY asset HAVING sum(balance) <> 0`;
    for (const row of sums) {
      problems.push({ check: 'zero-sum', detail: `the balances of ${row.asset} sum to ${row.sum}, not 0` });
    }

    const balances = await tx<{ id: bigint; kind: string; asset: string; balance: bigint; moved: string }[]>`
      SELECT a.id, a.kind, a.asset, a.balance, coalesce(m.moved, 0)::text AS moved FROM ledger_account a LEFT JOIN (
        SELECT account, sum(amount) AS moved FROM (
          SELECT debit_id AS account, -amount AS amount FROM ledger_transfer
          UNION ALL SELECT credit_id, amount FROM ledger_transfer) leg GROUP BY account) m ON m.account = a.id
      WHERE a.balance <> coalesce(m.moved, 0) ORDER BY a.id LIMIT ${MAX_LISTED}`;
    for (const row of balances) {
      problems.push({
        check: 'balance',
        ledgerAccount: row.id,
        detail: `account ${row.id} (${row.kind} of ${row.asset}) stores ${row.balance}, its transfers sum to ${row.moved}`,
      });
    }

    const overdrawn = await tx<{ id: bigint; balance: bigint }[]>`
      SELECT id, balance FROM ledger_account WHERE NOT is_source AND balance < 0 ORDER BY id LIMIT ${MAX_LISTED}`;
    for (const row of overdrawn) {
      problems.push({
        check: 'overdrawn',
        ledgerAccount: row.id,
        detail: `account ${row.id} stands at ${row.balance}`,
      });
    }

    const chains = await tx<{ account: bigint; id: bigint; stored: bigint; expected: string }[]>`
      SELECT account, id, stored, expected::text FROM (
        SELECT account, id, balance AS stored, sum(amount) OVER (PARTITION BY account ORDER BY id) AS expected FROM (
          SELECT debit_id AS account, id, -amount AS amount, debit_balance AS balance FROM ledger_transfer
          UNION ALL SELECT credit_id, id, amount, credit_balance FROM ledger_transfer) leg) chain
      WHERE stored <> expected ORDER BY id LIMIT ${MAX_LISTED}`;
    for (const row of chains) {
      problems.push({
        check: 'chain',
        ledgerAccount: row.account,
        detail: `transfer ${row.id} left account ${row.account} at ${row.stored}; the transfers up to it sum to ${row.expected}`,
      });
    }

    const assets = await tx<{ id: bigint }[]>`
      SELECT t.id FROM ledger_transfer t LEFT JOIN ledger_account d ON d.id = t.debit_id
        LEFT JOIN ledger_account c ON c.id = t.credit_id WHERE d.asset IS DISTINCT FROM c.asset OR d.id IS NULL
        ORDER BY t.id LIMIT ${MAX_LISTED}`;
    for (const row of assets) {
      problems.push({
        check: 'asset',
        detail: `transfer ${row.id} joins accounts of two assets, or one that does not exist`,
      });
    }

    const groups = await tx<{ group_id: bigint }[]>`
      SELECT group_id FROM ledger_transfer GROUP BY group_id HAVING min(id) <> group_id ORDER BY group_id LIMIT ${MAX_LISTED}`;
    for (const row of groups) {
      problems.push({
        check: 'group',
        detail: `transfer ${row.group_id}, the first of its group, is missing`,
      });
    }

    const leased = await tx<
      { leased_id: bigint; stored: bigint; open: string; username: string; product: string }[]
    >`
      SELECT b.leased_id, a.balance AS stored, coalesce(sum(l.granted_bytes - l.settled_bytes), 0)::text AS open,
          s.username, b.product
        FROM subuser_bandwidth b JOIN ledger_account a ON a.id = b.leased_id JOIN subuser s ON s.id = b.subuser_id
          LEFT JOIN lease l ON l.subuser_id = b.subuser_id AND l.product = b.product AND l.closed_at IS NULL
        GROUP BY b.leased_id, a.balance, s.username, b.product
        HAVING a.balance <> coalesce(sum(l.granted_bytes - l.settled_bytes), 0) ORDER BY b.leased_id LIMIT ${MAX_LISTED}`;
    for (const row of leased) {
      problems.push({
        check: 'leased',
        ledgerAccount: row.leased_id,
        detail: `${row.username} (${row.product}): account ${row.leased_id} holds ${row.stored} leased bytes, its open leases ${row.open}`,
      });
    }
    return { accounts: totals!.accounts, transfers: totals!.transfers, problems };
  }) as Promise<LedgerVerification>;
}
