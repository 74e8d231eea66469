/**
 * Moves amounts between accounts, and knows nothing else. The rules are in the database (`ledger_post`): this is its one
 * caller. See README.md here.
 */
import { arrayOf } from '../../db/array.ts';
import type { Sql, Tx } from '../../db/client.ts';
import { inTransaction } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { gather } from '../../shared/gather.ts';

export interface Transfer {
  /** Ledger account that gives. */
  debit: bigint;
  /** Ledger account that receives; of the same asset. */
  credit: bigint;
  /** Bytes or cents, above zero. */
  amount: bigint;
  /** What it is for, as a stable word such as `subuser.allocate`. Statements are read by it. */
  reason: string;
}

/** Transfers that happen together or not at all. */
export interface TransferGroup {
  transfers: Transfer[];
  /** The key, person or job that caused it. */
  cause: string;
  /** The same key again, with the same transfers, moves nothing and answers what was moved the first time. */
  idempotencyKey?: string | undefined;
}

export interface PostedTransfer {
  id: bigint;
  /** Balance of the debited account right after. */
  debitBalance: bigint;
  creditBalance: bigint;
}

export type Refusal =
  | 'overdrawn'
  | 'no-such-account'
  | 'closed'
  | 'other-asset'
  | 'out-of-range'
  | 'idempotency-mismatch';

export type PostResult =
  | { kind: 'posted'; transfers: PostedTransfer[]; replayed: boolean }
  /** Nothing of the group was moved. `index` is the transfer that could not be. */
  | { kind: 'refused'; refusal: Refusal; index: number };

const REFUSALS: Record<string, Refusal> = {
  '-1': 'overdrawn',
  '-2': 'no-such-account',
  '-3': 'closed',
  '-4': 'other-asset',
  '-5': 'out-of-range',
  '-7': 'idempotency-mismatch',
};
const ANOTHER_OF_THE_GROUP = -6n;

/** Most transfers in one call of the database. */
const MAX_BATCH_GROUPS = 512;

/**
 * Posts many groups in one call, inside the caller's transaction, so that state that goes with them commits with them.
 * Each group succeeds or fails by itself. Locks the accounts until the transaction ends.
 */
export async function postAll(tx: Tx, groups: readonly TransferGroup[], at: Date): Promise<PostResult[]> {
  const group: number[] = [];
  const debit: bigint[] = [];
  const credit: bigint[] = [];
  const amount: bigint[] = [];
  const reason: string[] = [];
  const cause: string[] = [];
  const key: (string | null)[] = [];
  groups.forEach((entry, groupIndex) => {
    if (entry.transfers.length === 0) throw new Error('a group of transfers must hold at least one');
    entry.transfers.forEach((transfer, index) => {
      if (transfer.amount <= 0n)
        throw new Error(`a transfer must move a positive amount, not ${transfer.amount}`);
      if (transfer.debit === transfer.credit) throw new Error('a transfer must join two accounts');
      group.push(groupIndex);
      debit.push(transfer.debit);
      credit.push(transfer.credit);
      amount.push(transfer.amount);
      reason.push(transfer.reason);
      cause.push(entry.cause);
      key.push(index === 0 ? (entry.idempotencyKey ?? null) : null);
    });
  });
  if (group.length === 0) return [];
  const rows = await tx<{ id: bigint; replayed: boolean; debit_balance: bigint; credit_balance: bigint }[]>`
    SELECT * FROM ledger_post(${at}, ${group}::int[], ${arrayOf(debit)}::bigint[], ${arrayOf(credit)}::bigint[], ${arrayOf(amount)}::bigint[],
      ${arrayOf(reason)}::text[], ${arrayOf(cause)}::text[], ${arrayOf(key)}::text[])`;

  const results: PostResult[] = [];
  let next = 0;
  for (const entry of groups) {
    const own = rows.slice(next, next + entry.transfers.length);
    next += entry.transfers.length;
    const failed = own.findIndex((row) => row.id < 0n && row.id !== ANOTHER_OF_THE_GROUP);
    if (failed >= 0) {
      const refusal = REFUSALS[String(own[failed]!.id)];
      if (!refusal) throw new Error(`ledger_post answered ${own[failed]!.id}`);
      results.push({ kind: 'refused', refusal, index: failed });
    } else {
      results.push({
        kind: 'posted',
        replayed: own[0]!.replayed,
        transfers: own.map((row) => ({
          id: row.id,
          debitBalance: row.debit_balance,
          creditBalance: row.credit_balance,
        })),
      });
    }
  }
  return results;
}

/** Posts one group inside the caller's transaction. */
export async function post(tx: Tx, group: TransferGroup, at: Date): Promise<PostResult> {
  const [result] = await postAll(tx, [group], at);
  return result!;
}

export interface NewLedgerAccount {
  parent: bigint | null;
  asset: string;
  kind: string;
}

/** Opens accounts, empty. Answers their ids in the order asked. */
export async function openLedgerAccounts(
  tx: Tx,
  accounts: readonly NewLedgerAccount[],
  at: Date,
): Promise<bigint[]> {
  const rows = await tx<{ id: bigint }[]>`
    INSERT INTO ledger_account (parent_id, asset, kind, created_at)
      SELECT parent, asset, kind, ${at} FROM unnest(${arrayOf(accounts.map((account) => account.parent))}::bigint[],
        ${arrayOf(accounts.map((account) => account.asset))}::text[], ${arrayOf(accounts.map((account) => account.kind))}::text[])
        WITH ORDINALITY AS item (parent, asset, kind, n) ORDER BY n
      RETURNING id`;
  // Identity values are handed out in the order of the rows inserted.
  return rows.map((row) => row.id).sort((a, b) => (a < b ? -1 : 1));
}

/** Closes an account for good. It must be empty. */
export async function closeLedgerAccount(tx: Tx, id: bigint): Promise<void> {
  await tx`UPDATE ledger_account SET closed = true WHERE id = ${id}`;
}

/** One of the provider's own accounts (`issued`, `received`, `revenue`, `tax`). */
export async function rootLedgerAccount(tx: Tx | Sql, asset: string, kind: string): Promise<bigint> {
  const [row] = await tx<{ id: bigint }[]>`
    SELECT id FROM ledger_account WHERE asset = ${asset} AND kind = ${kind} AND parent_id IS NULL`;
  if (!row) throw new Error(`the ledger has no root account ${kind} of ${asset}`);
  return row.id;
}

/** The ledger for callers that move amounts and nothing else: concurrent calls are committed together. */
export class Ledger {
  /** Posts one group durably. Refusals are answers, not errors. */
  readonly post: (group: TransferGroup) => Promise<PostResult>;

  constructor(sql: Sql, clock: Clock) {
    this.post = gather((groups) => inTransaction(sql, (tx) => postAll(tx, groups, clock.now())), {
      maxBatch: MAX_BATCH_GROUPS,
    });
  }
}
