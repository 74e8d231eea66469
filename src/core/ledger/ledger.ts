/**
 * Moves amounts between accounts, and knows nothing else. It decides; the database refuses whatever breaks a rule, whoever
 * asks (migrations/0001_ledger.sql). See README.md here.
 */
import { arrayOf } from '../../db/array.ts';
import type { Sql, Tx } from '../../db/client.ts';
import { inTransaction, retried } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { gather } from '../../shared/gather.ts';
import { Book } from './book.ts';
import { moveAll, Optimism } from './move.ts';

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

/** Most transfers in one call of the database. */
const MAX_BATCH_GROUPS = 512;

/**
 * Posts many groups, inside the caller's transaction, so that state that goes with them commits with them. Each group succeeds
 * or fails by itself, decided one after the other in the order given. Locks the accounts until the transaction ends.
 *
 * Three steps: lock and read the accounts, decide here, write all in one statement. What is decided here the database checks
 * again: no balance below zero, no value out of nothing.
 */
export async function postAll(tx: Tx, groups: readonly TransferGroup[], at: Date): Promise<PostResult[]> {
  if (groups.length === 0) return [];
  const book = await Book.open(tx, groups);
  const results = groups.map((group) => book.decide(group));
  await book.writing(tx, at);
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
  readonly #sql: Sql;

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    const optimism = new Optimism();
    this.post = gather(
      (groups) =>
        optimism.run((approach) =>
          approach === 'move'
            ? retried(() => moveAll(sql, groups, clock.now()))
            : inTransaction(sql, (tx) => postAll(tx, groups, clock.now())),
        ),
      {
        maxBatch: MAX_BATCH_GROUPS,
        // While one batch is being committed, the next is on its way as far as it touches other accounts.
        lanes: 2,
        touches: (group) => group.transfers.flatMap(({ debit, credit }) => [debit, credit]),
      },
    );
  }

  /** The id of the transfer that was posted last; 0 when there is none. */
  async newestTransfer(): Promise<bigint> {
    const [row] = await this.#sql<
      { id: bigint }[]
    >`SELECT coalesce(max(id), 0)::bigint AS id FROM ledger_transfer`;
    return row!.id;
  }
}
