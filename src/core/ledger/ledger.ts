/**
 * Moves amounts between accounts, and knows nothing else. It decides; the database refuses whatever breaks a rule, whoever
 * asks (migrations/0001_ledger.sql). See README.md here.
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

/** No balance goes further from zero than this: room is left below 2^63 for a sum to be noticed before it overflows. */
const MAX_BALANCE = 9_000_000_000_000_000_000n;

const IDEMPOTENCY_LOCK_SEED = 7101;

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
  await book.write(tx, at);
  return results;
}

function assertWellFormed(group: TransferGroup): void {
  if (group.transfers.length === 0) throw new Error('a group of transfers must hold at least one');
  for (const { amount, debit, credit } of group.transfers) {
    if (amount <= 0n) throw new Error(`a transfer must move a positive amount, not ${amount}`);
    if (debit === credit) throw new Error('a transfer must join two accounts');
  }
}

interface LockedAccount {
  id: bigint;
  asset: string;
  is_source: boolean;
  closed: boolean;
  balance: bigint;
}

interface RecordedGroup {
  transfers: (PostedTransfer & Transfer)[];
}

/**
 * The accounts of one batch, locked, and what is about to be written about them. `postAll` is its three steps in a row; a
 * caller that has other questions for the database at the same time takes them one by one.
 */
export class Book {
  readonly #accounts: Map<bigint, LockedAccount>;
  readonly #changed = new Set<LockedAccount>();
  /** Groups posted before under keys that this batch brings; those of the batch itself join them. */
  readonly #byKey: Map<string, RecordedGroup>;
  /** Ids for new transfers, taken after the locks: within one account, their order is the order of its balances. */
  readonly #ids: bigint[];
  #used = 0;
  readonly #rows: (PostedTransfer & Transfer & { groupId: bigint; cause: string; key: string | null })[] = [];

  private constructor(accounts: readonly LockedAccount[], ids: bigint[], byKey: Map<string, RecordedGroup>) {
    this.#accounts = new Map(accounts.map((account) => [account.id, account]));
    this.#ids = ids;
    this.#byKey = byKey;
  }

  /** Takes locks in one order everywhere (keys, then accounts by id), so that two batches never wait for each other. */
  static async open(tx: Tx, groups: readonly TransferGroup[]): Promise<Book> {
    groups.forEach(assertWellFormed);
    const keys = [...new Set(groups.flatMap((group) => group.idempotencyKey ?? []))];
    if (keys.length > 0) {
      await tx`
        SELECT pg_advisory_xact_lock(hash) FROM (SELECT DISTINCT hashtextextended(key, ${IDEMPOTENCY_LOCK_SEED}) AS hash
          FROM unnest(${arrayOf(keys)}::text[]) AS item (key) ORDER BY hash) AS ordered`;
    }
    const ids = new Set<bigint>();
    let transfers = 0;
    for (const group of groups) {
      for (const { debit, credit } of group.transfers) ids.add(debit).add(credit);
      transfers += group.transfers.length;
    }
    // Sent together, answered one after the other.
    const [accounts, sequence, recorded] = await Promise.all([
      tx<LockedAccount[]>`
        SELECT id, asset, is_source, closed, balance FROM ledger_account WHERE id = ANY (${arrayOf([...ids])}::bigint[])
          ORDER BY id FOR NO KEY UPDATE`,
      tx<
        { id: bigint }[]
      >`SELECT nextval('ledger_transfer_id_seq') AS id FROM generate_series(1, ${transfers}::int)`,
      keys.length > 0 ? readRecorded(tx, keys) : new Map<string, RecordedGroup>(),
    ]);
    return new Book(
      accounts,
      sequence.map((row) => row.id),
      recorded,
    );
  }

  /** Decides one group against the balances as the groups before it left them. */
  decide(group: TransferGroup): PostResult {
    const recorded = group.idempotencyKey === undefined ? undefined : this.#byKey.get(group.idempotencyKey);
    if (recorded) {
      if (!sameTransfers(recorded.transfers, group.transfers)) {
        return { kind: 'refused', refusal: 'idempotency-mismatch', index: 0 };
      }
      return { kind: 'posted', replayed: true, transfers: recorded.transfers.map(pickPosted) };
    }
    const undo: [LockedAccount, bigint][] = [];
    const done: (PostedTransfer & Transfer)[] = [];
    for (const [index, transfer] of group.transfers.entries()) {
      const debit = this.#accounts.get(transfer.debit);
      const credit = this.#accounts.get(transfer.credit);
      const refusal = refusalOf(transfer.amount, debit, credit);
      if (refusal) {
        for (const [account, balance] of undo.reverse()) account.balance = balance;
        return { kind: 'refused', refusal, index };
      }
      undo.push([debit!, debit!.balance], [credit!, credit!.balance]);
      debit!.balance -= transfer.amount;
      credit!.balance += transfer.amount;
      done.push({ ...transfer, id: 0n, debitBalance: debit!.balance, creditBalance: credit!.balance });
    }
    for (const [account] of undo) this.#changed.add(account);
    for (const transfer of done) transfer.id = this.#ids[this.#used++]!;
    const groupId = done[0]!.id;
    for (const [index, transfer] of done.entries()) {
      const key = index === 0 ? (group.idempotencyKey ?? null) : null;
      this.#rows.push({ ...transfer, groupId, cause: group.cause, key });
    }
    if (group.idempotencyKey !== undefined) this.#byKey.set(group.idempotencyKey, { transfers: done });
    return { kind: 'posted', replayed: false, transfers: done.map(pickPosted) };
  }

  /** Writes what was decided: every account once, every transfer a row. */
  async write(tx: Tx, at: Date): Promise<void> {
    const rows = this.#rows;
    if (rows.length === 0) return;
    const accounts = [...this.#changed];
    await tx`
      WITH moved AS (
        UPDATE ledger_account a SET balance = item.balance
          FROM unnest(${arrayOf(accounts.map((account) => account.id))}::bigint[],
            ${arrayOf(accounts.map((account) => account.balance))}::bigint[]) AS item (id, balance) WHERE a.id = item.id)
      INSERT INTO ledger_transfer (id, group_id, debit_id, credit_id, amount, debit_balance, credit_balance, reason, cause,
          idempotency_key, at) OVERRIDING SYSTEM VALUE
        SELECT item.*, ${at}::timestamptz FROM unnest(${arrayOf(rows.map((row) => row.id))}::bigint[],
          ${arrayOf(rows.map((row) => row.groupId))}::bigint[], ${arrayOf(rows.map((row) => row.debit))}::bigint[],
          ${arrayOf(rows.map((row) => row.credit))}::bigint[], ${arrayOf(rows.map((row) => row.amount))}::bigint[],
          ${arrayOf(rows.map((row) => row.debitBalance))}::bigint[], ${arrayOf(rows.map((row) => row.creditBalance))}::bigint[],
          ${arrayOf(rows.map((row) => row.reason))}::text[], ${arrayOf(rows.map((row) => row.cause))}::text[],
          ${arrayOf(rows.map((row) => row.key))}::text[]) AS item`;
  }
}

function refusalOf(
  amount: bigint,
  debit: LockedAccount | undefined,
  credit: LockedAccount | undefined,
): Refusal | undefined {
  if (!debit || !credit) return 'no-such-account';
  if (debit.closed || credit.closed) return 'closed';
  if (debit.asset !== credit.asset) return 'other-asset';
  if (!debit.is_source && debit.balance < amount) return 'overdrawn';
  if (credit.balance + amount > MAX_BALANCE || debit.balance - amount < -MAX_BALANCE) return 'out-of-range';
  return undefined;
}

function sameTransfers(a: readonly Transfer[], b: readonly Transfer[]): boolean {
  const text = (transfers: readonly Transfer[]) =>
    transfers.map(({ debit, credit, amount, reason }) => `${debit} ${credit} ${amount} ${reason}`).join('\n');
  return text(a) === text(b);
}

function pickPosted({ id, debitBalance, creditBalance }: PostedTransfer): PostedTransfer {
  return { id, debitBalance, creditBalance };
}

/** The groups that were posted under these keys. */
async function readRecorded(tx: Tx, keys: readonly string[]): Promise<Map<string, RecordedGroup>> {
  const rows = await tx<(PostedTransfer & Transfer & { key: string })[]>`
    SELECT first.idempotency_key AS key, t.id, t.debit_id AS debit, t.credit_id AS credit, t.amount, t.reason,
        t.debit_balance AS "debitBalance", t.credit_balance AS "creditBalance"
      FROM ledger_transfer first CROSS JOIN LATERAL (
          SELECT first.* UNION ALL
          SELECT * FROM ledger_transfer other WHERE other.group_id = first.id AND other.id <> other.group_id) t
      WHERE first.idempotency_key = ANY (${arrayOf(keys)}::text[]) ORDER BY t.id`;
  const groups = new Map<string, RecordedGroup>();
  for (const { key, ...transfer } of rows) {
    const group = groups.get(key);
    if (group) group.transfers.push(transfer);
    else groups.set(key, { transfers: [transfer] });
  }
  return groups;
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
