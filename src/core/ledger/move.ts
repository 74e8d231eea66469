/**
 * Batches of transfers as they usually are, with nothing to refuse: one call of the database locks the accounts, moves the
 * balances and writes the transfers (migrations/0005_ledger_move.sql). What is rare (a refusal, an idempotency key, two
 * assets) is left to a book that looks at each transfer by itself.
 */
import { arrayOf } from '../../db/array.ts';
import type { Queryable } from '../../db/client.ts';
import { assertWellFormed } from './book.ts';
import type { PostedTransfer, PostResult, TransferGroup } from './ledger.ts';

/** Not every transfer of a batch can be made by a move. Nothing of it was done, and the transaction is lost. */
export class MoveFailed extends Error {
  override name = 'MoveFailed';
}

/**
 * How the database refuses a balance below zero, a move that is not fine, value out of nothing (an account is missing), and
 * what is out of range; and how a statement that was sent together with the refused one fails, which may be told first.
 */
const REFUSED_BY_THE_DATABASE = new Set(['23514', 'HG001', '23001', '22003', '25P02']);

/** Batches looked at one by one after a move failed, before the next is moved again: refusals come in swarms. */
const CAUTIOUS_BATCHES = 32;

export type Approach = 'move' | 'decide';

/** Moves batches as long as that goes well. */
export class Optimism {
  #cautiousFor = 0;

  async run<T>(attempt: (approach: Approach) => Promise<T>): Promise<T> {
    if (this.#cautiousFor > 0) {
      this.#cautiousFor -= 1;
      return attempt('decide');
    }
    try {
      return await attempt('move');
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (!(error instanceof MoveFailed || REFUSED_BY_THE_DATABASE.has(code))) throw error;
      this.#cautiousFor = CAUTIOUS_BATCHES;
      return attempt('decide');
    }
  }
}

interface MovingAccount {
  id: bigint;
  /** What the transfers so far moved it by. */
  moved: bigint;
  /** The least it must have in the end for none of the transfers to have found it empty. */
  low: bigint;
  /** Place in the arrays the database is given, from 1. */
  position: bigint;
}

/**
 * Posts all groups or none, in the order given, in one statement: in the transaction of `sql`, or as one of its own.
 *
 * @throws MoveFailed, or what the database refuses it with (see Optimism), when any of it cannot be made.
 */
export async function moveAll(
  sql: Queryable,
  groups: readonly TransferGroup[],
  at: Date,
): Promise<PostResult[]> {
  const accounts = new Map<bigint, MovingAccount>();
  const accountOf = (id: bigint) => {
    let account = accounts.get(id);
    if (!account) {
      account = { id, moved: 0n, low: 0n, position: 0n };
      accounts.set(id, account);
    }
    return account;
  };
  const debits: MovingAccount[] = [];
  const credits: MovingAccount[] = [];
  const debitMoved: bigint[] = [];
  const creditMoved: bigint[] = [];
  const amounts: bigint[] = [];
  const firsts: bigint[] = [];
  const reasons: string[] = [];
  const causes: string[] = [];
  for (const group of groups) {
    // One that was posted before would be moved again.
    if (group.idempotencyKey !== undefined) throw new MoveFailed();
    assertWellFormed(group);
    const first = BigInt(amounts.length + 1);
    for (const { debit, credit, amount, reason } of group.transfers) {
      const giver = accountOf(debit);
      const taker = accountOf(credit);
      giver.moved -= amount;
      taker.moved += amount;
      debits.push(giver);
      credits.push(taker);
      debitMoved.push(giver.moved);
      creditMoved.push(taker.moved);
      amounts.push(amount);
      firsts.push(first);
      reasons.push(reason);
      causes.push(group.cause);
    }
  }
  const ordered = [...accounts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  ordered.forEach((account, index) => {
    account.position = BigInt(index + 1);
  });
  const debitRests = debits.map((account, index) => account.moved - debitMoved[index]!);
  const creditRests = credits.map((account, index) => account.moved - creditMoved[index]!);
  debits.forEach((account, index) => {
    if (debitRests[index]! > account.low) account.low = debitRests[index]!;
  });
  const [row] = await sql<{ ids: bigint[]; balances: bigint[] }[]>`
    SELECT * FROM ledger_move(${arrayOf(ordered.map((account) => account.id))}::bigint[],
      ${arrayOf(ordered.map((account) => account.moved))}::bigint[], ${arrayOf(ordered.map((account) => account.low))}::bigint[],
      ${arrayOf(debits.map((account) => account.position))}::bigint[],
      ${arrayOf(credits.map((account) => account.position))}::bigint[], ${arrayOf(debitRests)}::bigint[],
      ${arrayOf(creditRests)}::bigint[], ${arrayOf(amounts)}::bigint[], ${arrayOf(firsts)}::bigint[],
      ${arrayOf(reasons)}::text[], ${arrayOf(causes)}::text[], ${at}::timestamptz)`;
  const { ids, balances } = row!;
  const balanceOf = (account: MovingAccount) => balances[Number(account.position) - 1]!;
  let next = 0;
  return groups.map(
    (group): PostResult => ({
      kind: 'posted',
      replayed: false,
      transfers: group.transfers.map((): PostedTransfer => {
        const index = next++;
        return {
          id: ids[index]!,
          debitBalance: balanceOf(debits[index]!) - debitRests[index]!,
          creditBalance: balanceOf(credits[index]!) - creditRests[index]!,
        };
      }),
    }),
  );
}
