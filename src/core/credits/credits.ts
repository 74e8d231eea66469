/** Money that accounts hold: what there is, what is given or taken by the provider, and whether it may be spent. See README.md here. */
import type { Queryable, Sql, Tx } from '../../db/client.ts';
import { holdingOf } from '../accounts/accounts.ts';
import type { Commands, Invocation } from '../command.ts';
import { DomainError, invalidField } from '../errors.ts';
import { post, rootLedgerAccount } from '../ledger/ledger.ts';
import { validEmail } from '../validate.ts';
import { MAX_CENTS } from './limits.ts';

export interface CreditBalance {
  cents: bigint;
  frozen: boolean;
}

/** What a movement of money left behind. */
export interface CreditMovement {
  balanceCents: bigint;
  /** The ledger's transfer. */
  transferId: bigint;
}

export type GrantSource = 'admin_add' | 'admin_remove';

const MAX_NOTE_LENGTH = 500;

export class Credits {
  readonly #sql: Sql;
  readonly #commands: Commands;

  constructor(sql: Sql, commands: Commands) {
    this.#sql = sql;
    this.#commands = commands;
  }

  async balance(accountId: bigint): Promise<CreditBalance> {
    const [row] = await this.#sql<CreditBalance[]>`
      SELECT l.balance AS cents, a.credits_frozen AS frozen
        FROM account a JOIN account_holding h ON h.account_id = a.id AND h.asset = 'usd'
          JOIN ledger_account l ON l.id = h.ledger_id
        WHERE a.id = ${accountId}`;
    if (!row) throw new Error(`account ${accountId} holds no money`);
    return row;
  }

  /**
   * Gives cents to an account, or takes them when negative. Goes through when the account is frozen; takes no more than is
   * there (InsufficientBalance).
   */
  async grant(invocation: Invocation, email: string, cents: bigint, note: string): Promise<CreditMovement> {
    if (cents === 0n || cents > MAX_CENTS || cents < -MAX_CENTS) {
      throw invalidField('amount_usd', `an amount other than zero, at most ${MAX_CENTS / 100n} either way`);
    }
    if (note.length > MAX_NOTE_LENGTH || !/^(?:[^\p{C}]|[\n\t])*$/u.test(note)) {
      throw invalidField('note', `a printable text of at most ${MAX_NOTE_LENGTH} characters`);
    }
    const source: GrantSource = cents > 0n ? 'admin_add' : 'admin_remove';
    return this.#commands.run(invocation, 'credits.grant', async ({ tx, now, cause, audit }) => {
      const account = await findByEmail(tx, email);
      const holding = await holdingOf(tx, account.id, 'usd');
      const granted = await rootLedgerAccount(tx, 'usd', 'granted');
      const reason = `credits.${source}`;
      const transfer =
        cents > 0n
          ? { debit: granted, credit: holding, amount: cents, reason }
          : { debit: holding, credit: granted, amount: -cents, reason };
      const result = await post(tx, { transfers: [transfer], cause }, now);
      if (result.kind === 'refused')
        throw new DomainError('InsufficientBalance', { holder: 'account' }, result.refusal);
      const { id, debitBalance, creditBalance } = result.transfers[0]!;
      const balanceCents = cents > 0n ? creditBalance : debitBalance;
      const before = { balanceCents: balanceCents - cents };
      audit(`account:${account.publicId}`, {
        source,
        cents,
        transferId: id,
        note,
        before,
        after: { balanceCents },
      });
      return { balanceCents, transferId: id };
    });
  }

  /** Freezes or unfreezes an account's money. What is being spent at that moment is spent first. */
  async setFrozen(invocation: Invocation, email: string, frozen: boolean): Promise<void> {
    await this.#commands.run(invocation, 'credits.freeze', async ({ tx, audit }) => {
      const account = await findByEmail(tx, email);
      const [before] = await tx<{ frozen: boolean }[]>`
        SELECT credits_frozen AS frozen FROM account WHERE id = ${account.id} FOR UPDATE`;
      await tx`UPDATE account SET credits_frozen = ${frozen} WHERE id = ${account.id}`;
      audit(`account:${account.publicId}`, { before: before!, after: { frozen } });
    });
  }
}

/** Throws CreditsFrozen; otherwise keeps the account from being frozen until the transaction ends. */
export async function refuseFrozen(tx: Tx, accountId: bigint): Promise<void> {
  if (await lockFrozen(tx, accountId)) throw new DomainError('CreditsFrozen', {});
}

/** Whether an account's money is frozen, which stays so until the transaction ends. */
export async function lockFrozen(tx: Tx, accountId: bigint): Promise<boolean> {
  const [row] = await tx<{ credits_frozen: boolean }[]>`
    SELECT credits_frozen FROM account WHERE id = ${accountId} FOR SHARE`;
  return row?.credits_frozen ?? false;
}

async function findByEmail(sql: Queryable, email: string): Promise<{ id: bigint; publicId: string }> {
  const [row] = await sql<{ id: bigint; publicId: string }[]>`
    SELECT id, public_id AS "publicId" FROM account WHERE email_key = lower(${validEmail(email)})`;
  if (!row) throw new DomainError('AccountNotFound', { reference: email });
  return row;
}
