/** One batch of transfers: the accounts it touches, what is decided about it, and how it is written. */
import { arrayOf } from '../../db/array.ts';
import type { Statement, Tx } from '../../db/client.ts';
import type { PostedTransfer, PostResult, Refusal, Transfer, TransferGroup } from './ledger.ts';

/** No balance goes further from zero than this: room is left below 2^63 for a sum to be noticed before it overflows. */
const MAX_BALANCE = 9_000_000_000_000_000_000n;

const IDEMPOTENCY_LOCK_SEED = 7101;

/** @throws on what no caller may ask for: a group without transfers, or a transfer of nothing or to itself. */
export function assertWellFormed(group: TransferGroup): void {
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
    const transfers = groups.flatMap((group) => group.transfers);
    const accounts = new Set(transfers.flatMap(({ debit, credit }) => [debit, credit]));
    // Sent at once and together: what the caller sends next finds the accounts locked.
    const locked = locking(tx, [...accounts]).execute();
    const numbered = tx<{ ids: bigint[] }[]>`
      SELECT array_agg(nextval('ledger_transfer_id_seq')) AS ids FROM generate_series(1, ${transfers.length}::int)`.execute();
    const [rows, sequence, recorded] = await Promise.all([
      locked,
      numbered,
      keys.length > 0 ? readRecorded(tx, keys) : new Map<string, RecordedGroup>(),
    ]);
    return new Book(rows, sequence[0]?.ids ?? [], recorded);
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

  /**
   * The statement that writes what was decided: every account once, every transfer a row. Undefined when nothing is to be
   * written.
   */
  writing(tx: Tx, at: Date): Statement | undefined {
    const rows = this.#rows;
    if (rows.length === 0) return undefined;
    const accounts = [...this.#changed];
    return tx`
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

function locking(tx: Tx, ids: readonly bigint[]) {
  return tx<LockedAccount[]>`
    SELECT id, asset, is_source, closed, balance FROM ledger_account WHERE id = ANY (${arrayOf(ids)}::bigint[])
      ORDER BY id FOR NO KEY UPDATE`;
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
