/** One batch of transfers: the accounts it touches, what is decided about it, and how it is written. */
import { arrayOf } from '../../db/array.ts';
import type { Statement, Tx } from '../../db/client.ts';
import type { PostedTransfer, PostResult, Refusal, Transfer, TransferGroup } from './ledger.ts';

/** No balance goes further from zero than this: room is left below 2^63 for a sum to be noticed before it overflows. */
const MAX_BALANCE = 9_000_000_000_000_000_000n;

const IDEMPOTENCY_LOCK_SEED = 7101;

export type BookMode = 'locked' | 'optimistic';

/** Not every transfer of an optimistic batch can be made. The transaction is lost; the batch is to be run again, locked. */
export class AssumptionFailed extends Error {
  override name = 'AssumptionFailed';
}

/**
 * How the database refuses a balance below zero, value out of nothing (an account is missing), and what is out of range; and
 * how a statement that was sent together with the refused one fails, which may be told first.
 */
const REFUSED_BY_THE_DATABASE = new Set(['23514', '23001', '22003', '25P02']);

/** Batches run locked after an assumption failed, before the next is tried optimistically: refusals come in swarms. */
const CAUTIOUS_BATCHES = 32;

/** Runs batches optimistically as long as that goes well. */
export class Optimism {
  #cautiousFor = 0;

  async run<T>(attempt: (mode: BookMode) => Promise<T>): Promise<T> {
    if (this.#cautiousFor > 0) {
      this.#cautiousFor -= 1;
      return attempt('locked');
    }
    try {
      return await attempt('optimistic');
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (!(error instanceof AssumptionFailed || REFUSED_BY_THE_DATABASE.has(code))) throw error;
      this.#cautiousFor = CAUTIOUS_BATCHES;
      return attempt('locked');
    }
  }
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
 *
 * `locked`: locks and reads the accounts, decides, writes. `optimistic`: assumes that every transfer of the batch will be
 * made, and moves the balances at once, which locks and answers them in the same step; only the transfers are left to be
 * written. It costs a third less, and where the assumption fails, the whole transaction does, with AssumptionFailed.
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

  readonly #mode: BookMode;
  readonly #groupCount: number;
  #postedGroups = 0;

  private constructor(
    mode: BookMode,
    groupCount: number,
    accounts: readonly LockedAccount[],
    ids: bigint[],
    byKey: Map<string, RecordedGroup>,
  ) {
    this.#mode = mode;
    this.#groupCount = groupCount;
    this.#accounts = new Map(accounts.map((account) => [account.id, account]));
    this.#ids = ids;
    this.#byKey = byKey;
  }

  /** Takes locks in one order everywhere (keys, then accounts by id), so that two batches never wait for each other. */
  static async open(tx: Tx, groups: readonly TransferGroup[], mode: BookMode): Promise<Book> {
    groups.forEach(assertWellFormed);
    const keys = [...new Set(groups.flatMap((group) => group.idempotencyKey ?? []))];
    // A group that was posted before would be moved again.
    if (keys.length > 0 && mode === 'optimistic') throw new AssumptionFailed();
    if (keys.length > 0) {
      await tx`
        SELECT pg_advisory_xact_lock(hash) FROM (SELECT DISTINCT hashtextextended(key, ${IDEMPOTENCY_LOCK_SEED}) AS hash
          FROM unnest(${arrayOf(keys)}::text[]) AS item (key) ORDER BY hash) AS ordered`;
    }
    const transfers = groups.flatMap((group) => group.transfers);
    const net = netByAccount(transfers);
    // Sent at once and together: what the caller sends next finds the balances moved. Answered one after the other: what the
    // first is refused with is told before the others' failure.
    const moved = mode === 'optimistic' ? moving(tx, net).execute() : undefined;
    const locked = mode === 'locked' ? locking(tx, [...net.keys()]).execute() : undefined;
    const numbered = tx<{ ids: bigint[] }[]>`
      SELECT array_agg(nextval('ledger_transfer_id_seq')) AS ids FROM generate_series(1, ${transfers.length}::int)`.execute();
    const [after, accounts, sequence, recorded] = await Promise.all([
      moved,
      locked,
      numbered,
      keys.length > 0 ? readRecorded(tx, keys) : new Map<string, RecordedGroup>(),
    ]);
    return new Book(
      mode,
      groups.length,
      accounts ?? beforeMoving(after![0]!, net),
      sequence[0]?.ids ?? [],
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
    this.#postedGroups += 1;
    return { kind: 'posted', replayed: false, transfers: done.map(pickPosted) };
  }

  /**
   * The statement that writes what was decided: every account once, every transfer a row. Undefined when nothing is to be
   * written. Throws AssumptionFailed when the balances were moved for more than that.
   */
  writing(tx: Tx, at: Date): Statement | undefined {
    if (this.#mode === 'optimistic' && this.#postedGroups < this.#groupCount) throw new AssumptionFailed();
    const rows = this.#rows;
    if (rows.length === 0) return undefined;
    const transfers = tx`
      INSERT INTO ledger_transfer (id, group_id, debit_id, credit_id, amount, debit_balance, credit_balance, reason, cause,
          idempotency_key, at) OVERRIDING SYSTEM VALUE
        SELECT item.*, ${at}::timestamptz FROM unnest(${arrayOf(rows.map((row) => row.id))}::bigint[],
          ${arrayOf(rows.map((row) => row.groupId))}::bigint[], ${arrayOf(rows.map((row) => row.debit))}::bigint[],
          ${arrayOf(rows.map((row) => row.credit))}::bigint[], ${arrayOf(rows.map((row) => row.amount))}::bigint[],
          ${arrayOf(rows.map((row) => row.debitBalance))}::bigint[], ${arrayOf(rows.map((row) => row.creditBalance))}::bigint[],
          ${arrayOf(rows.map((row) => row.reason))}::text[], ${arrayOf(rows.map((row) => row.cause))}::text[],
          ${arrayOf(rows.map((row) => row.key))}::text[]) AS item`;
    if (this.#mode === 'optimistic') return transfers;
    const accounts = [...this.#changed];
    return tx`
      WITH moved AS (
        UPDATE ledger_account a SET balance = item.balance
          FROM unnest(${arrayOf(accounts.map((account) => account.id))}::bigint[],
            ${arrayOf(accounts.map((account) => account.balance))}::bigint[]) AS item (id, balance) WHERE a.id = item.id)
      ${transfers}`;
  }
}

/** By how much each account moves if all of these are made, in the order of the accounts' ids. */
function netByAccount(transfers: readonly Transfer[]): Map<bigint, bigint> {
  const net = new Map<bigint, bigint>();
  for (const { debit, credit, amount } of transfers) {
    net.set(debit, (net.get(debit) ?? 0n) - amount);
    net.set(credit, (net.get(credit) ?? 0n) + amount);
  }
  return new Map([...net].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function locking(tx: Tx, ids: readonly bigint[]) {
  return tx<LockedAccount[]>`
    SELECT id, asset, is_source, closed, balance FROM ledger_account WHERE id = ANY (${arrayOf(ids)}::bigint[])
      ORDER BY id FOR NO KEY UPDATE`;
}

interface MovedAccounts {
  ids: bigint[] | null;
  balances: bigint[];
  sources: bigint[] | null;
  asset: string;
  is_one_asset: boolean;
  is_any_closed: boolean;
}

/** Moves every account by its net, and answers them as they are after: in one row, which costs less than one for each. */
function moving(tx: Tx, net: Map<bigint, bigint>) {
  return tx<MovedAccounts[]>`
    WITH moved AS (
      UPDATE ledger_account a SET balance = a.balance + item.net
        FROM unnest(${arrayOf([...net.keys()])}::bigint[], ${arrayOf([...net.values()])}::bigint[]) AS item (id, net)
        WHERE a.id = item.id RETURNING a.id, a.asset, a.is_source, a.closed, a.balance)
    SELECT array_agg(id) AS ids, array_agg(balance) AS balances, array_agg(id) FILTER (WHERE is_source) AS sources,
      min(asset) AS asset, min(asset) = max(asset) AS is_one_asset, bool_or(closed) AS is_any_closed FROM moved`;
}

/** The accounts of a batch as they were before it moved them. */
function beforeMoving(moved: MovedAccounts, net: Map<bigint, bigint>): LockedAccount[] {
  // What is rare is left to a batch that looks at each account by itself.
  if (!moved.ids || !moved.is_one_asset || moved.is_any_closed) throw new AssumptionFailed();
  const sources = new Set(moved.sources);
  return moved.ids.map((id, index) => ({
    id,
    asset: moved.asset,
    is_source: sources.has(id),
    closed: false,
    balance: moved.balances[index]! - net.get(id)!,
  }));
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
