/** What the provider does with accounts: looks them up, changes who they are, adds to what they hold and takes back. */
import type { Sql, Tx } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { MAX_BANDWIDTH_BYTES } from '../../shared/units.ts';
import type { Commands, Invocation } from '../command.ts';
import { MAX_CENTS } from '../credits/limits.ts';
import { DomainError, invalidField } from '../errors.ts';
import { post, rootLedgerAccount } from '../ledger/ledger.ts';
import type { Page, PageRequest } from '../paging.ts';
import { setOwnPassword } from '../people/people.ts';
import { validDisplayName, validEmail, validStoreCode } from '../validate.ts';
import { type Asset, holdingOf, lockAccountMaking, openHoldings, refuseTaken } from './accounts.ts';
import {
  type AccountEntry,
  type AccountKey,
  type AccountQuery,
  listAccounts,
  readAccount,
} from './resellers.ts';

export interface AccountChanges {
  email?: string | undefined;
  /** What people read. A reseller's is its store's. */
  name?: string | undefined;
}

export interface StockMovement {
  asset: Asset;
  /** Held now. */
  balance: bigint;
  /** The ledger's transfer. */
  transferId: bigint;
}

const MAX_NOTE_LENGTH = 500;

export class AccountAdministration {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #commands: Commands;

  constructor(sql: Sql, clock: Clock, commands: Commands) {
    this.#sql = sql;
    this.#clock = clock;
    this.#commands = commands;
  }

  async page(query: AccountQuery, request: PageRequest<AccountKey>): Promise<Page<AccountEntry, AccountKey>> {
    return listAccounts(this.#sql, query, request, this.#clock.now());
  }

  /** One account by its id; not the owner's. Throws AccountNotFound. */
  async get(id: string): Promise<AccountEntry & { internalId: bigint }> {
    const account = isAccountId(id) ? await readAccount(this.#sql, id, this.#clock.now()) : undefined;
    if (!account) throw new DomainError('AccountNotFound', { reference: id });
    return account;
  }

  /** Changes who an account is. Throws AccountNotFound, EmailTaken, InvalidField. */
  async update(invocation: Invocation, id: string, changes: AccountChanges): Promise<void> {
    const email = changes.email === undefined ? undefined : validEmail(changes.email);
    const name = changes.name === undefined ? undefined : validDisplayName(changes.name, 'name');
    await this.#commands.run(invocation, 'account.update', async ({ tx, audit }) => {
      await lockAccountMaking(tx);
      const before = await lockAccount(tx, id);
      if (email !== undefined && email.toLowerCase() !== before.email.toLowerCase()) {
        await refuseTaken(tx, email, null);
      }
      if (email !== undefined) await moveOwnPerson(tx, before, email);
      await tx`
        UPDATE account SET email = coalesce(${email ?? null}, email), name = coalesce(${name ?? null}, name),
            store_name = CASE WHEN tier = 'RESELLER' THEN coalesce(${name ?? null}, store_name) END
          WHERE id = ${before.internalId}`;
      audit(`account:${id}`, {
        before: { email: before.email, name: before.name },
        after: { email: email ?? before.email, name: name ?? before.name },
      });
    });
  }

  /**
   * Makes a customer a reseller, with empty pools. There is no way back: its store code is for good. Throws AccountNotFound,
   * StoreCodeTaken; InvalidField for one that is a reseller.
   */
  async promote(invocation: Invocation, id: string, storeCode: string, storeName: string): Promise<void> {
    const code = validStoreCode(storeCode);
    const name = validDisplayName(storeName, 'storeName');
    await this.#commands.run(invocation, 'account.promote', async (step) => {
      await lockAccountMaking(step.tx);
      const before = await lockAccount(step.tx, id);
      if (before.tier === 'RESELLER') throw invalidField('account', 'one that is not a reseller');
      await refuseTaken(step.tx, '', code);
      await step.tx`
        UPDATE account SET tier = 'RESELLER', store_code = ${code}, store_name = ${name}, password_hash = NULL
          WHERE id = ${before.internalId}`;
      await openHoldings(step, before.internalId, ['residential', 'mobile']);
      // From now on it signs in as a person, with the password it had.
      if (before.passwordHash !== null) {
        const own = { id: before.internalId, email: before.email, name, isOwner: false };
        await setOwnPassword(step, own, before.passwordHash);
      }
      step.audit(`account:${id}`, {
        before: { tier: before.tier },
        after: { tier: 'RESELLER', storeCode: code, storeName: name },
      });
      step.send({ kind: 'keys-changed' });
    });
  }

  /**
   * Adds to what an account holds, or takes back when the amount is below zero: bytes from and to `issued`, cents from and to
   * `received`. Takes no more than is there. Throws AccountNotFound, InsufficientBalance, InvalidField.
   */
  async moveStock(
    invocation: Invocation,
    id: string,
    asset: Asset,
    amount: bigint,
    note: string | null,
  ): Promise<StockMovement> {
    const most = asset === 'usd' ? MAX_CENTS : MAX_BANDWIDTH_BYTES;
    if (amount === 0n || amount > most || amount < -most) throw invalidField('amount', `from 1 to ${most}`);
    if (note !== null && (note.length > MAX_NOTE_LENGTH || !/^(?:[^\p{C}]|[\n\t])*$/u.test(note))) {
      throw invalidField('note', `a printable text of at most ${MAX_NOTE_LENGTH} characters`);
    }
    const adds = amount > 0n;
    const action = adds ? 'reseller.topup' : 'reseller.take-back';
    return this.#commands.run(invocation, action, async ({ tx, now, cause, audit }) => {
      const account = await lockAccount(tx, id);
      if (asset !== 'usd' && account.tier !== 'RESELLER') {
        throw invalidField('asset', 'usd: only a reseller has pools of bytes');
      }
      const holding = await holdingOf(tx, account.internalId, asset);
      const source = await rootLedgerAccount(tx, asset, asset === 'usd' ? 'received' : 'issued');
      const transfer = adds
        ? { debit: source, credit: holding, amount, reason: action }
        : { debit: holding, credit: source, amount: -amount, reason: action };
      const result = await post(tx, { transfers: [transfer], cause }, now);
      if (result.kind === 'refused') {
        const holder = asset === 'usd' ? 'account' : 'pool';
        throw new DomainError('InsufficientBalance', { holder }, result.refusal);
      }
      const { id: transferId, debitBalance, creditBalance } = result.transfers[0]!;
      const balance = adds ? creditBalance : debitBalance;
      audit(`account:${id}`, {
        asset,
        amount,
        transferId,
        ...(note === null ? {} : { note }),
        before: { balance: balance - amount },
        after: { balance },
      });
      return { asset, balance, transferId };
    });
  }
}

function isAccountId(id: string): boolean {
  return /^acc_[a-z0-9]{1,64}$/.test(id);
}

interface LockedAccount {
  internalId: bigint;
  email: string;
  name: string;
  tier: 'STANDARD' | 'RESELLER';
  passwordHash: string | null;
}

/** An account's own person signs in with the account's address: it goes along. Throws EmailTaken. */
async function moveOwnPerson(tx: Tx, account: LockedAccount, email: string): Promise<void> {
  const [other] = await tx`
    SELECT 1 FROM person WHERE email_key = lower(${email}) AND email_key <> lower(${account.email})`;
  if (other) throw new DomainError('EmailTaken', { email });
  await tx`
    UPDATE person SET email = ${email}
      WHERE account_id = ${account.internalId} AND email_key = lower(${account.email})`;
}

async function lockAccount(tx: Tx, id: string): Promise<LockedAccount> {
  const [row] = isAccountId(id)
    ? await tx<LockedAccount[]>`
        SELECT id AS "internalId", email, coalesce(store_name, name) AS name, tier,
            password_hash AS "passwordHash" FROM account
          WHERE public_id = ${id} AND NOT is_owner FOR NO KEY UPDATE`
    : [];
  if (!row) throw new DomainError('AccountNotFound', { reference: id });
  return row;
}
