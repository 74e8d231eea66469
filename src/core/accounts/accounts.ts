/** Accounts and the stocks they hold: the owner, resellers with their pools and money. See README.md here. */
import { arrayOf } from '../../db/array.ts';
import type { Queryable, Sql, Tx } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { PRODUCTS, type Product } from '../../shared/products.ts';
import { ANOTHER_SECRET, SECRET } from '../audit/audit.ts';
import type { CommandStep, Commands, Invocation } from '../command.ts';
import { DomainError } from '../errors.ts';
import { insertKey } from '../keys/keys.ts';
import { openLedgerAccounts, post, rootLedgerAccount } from '../ledger/ledger.ts';
import { takeRate } from '../limits/rate.ts';
import { setOwnPassword } from '../people/people.ts';
import { hashPassword, newPublicId, verifyPassword } from '../secrets.ts';
import { validDisplayName, validEmail, validPersonPassword, validStoreCode } from '../validate.ts';
import { type Profile, type ProfilePage, readProfile, readProfiles } from './profiles.ts';

/** What an account can hold a stock of: bytes of each product, US cents. */
export type Asset = Product | 'usd';
export const ASSETS: readonly Asset[] = [...PRODUCTS, 'usd'];

export interface NewReseller {
  storeCode: string;
  storeName: string;
  email: string;
  /** Of its own person, for the console and the user API; absent: nobody can sign in until one is set or invited. */
  password?: string | undefined;
}

/** A customer who is signed up to buy for itself. */
export interface NewPerson {
  email: string;
  name: string;
  password: string;
}

export interface Reseller {
  id: string;
  email: string;
  storeCode: string;
  storeName: string;
  createdAt: Date;
  /** Bytes left to allocate, by product, and US cents. */
  balances: Record<Asset, bigint>;
  subuserCount: number;
}

export interface PoolOverview {
  storeName: string;
  storeCode: string;
  createdAt: Date;
  subuserCount: number;
  /** Bytes the pool has left to allocate. */
  balanceBytes: bigint;
  /** Bytes allocated to the subusers there are, used or not. */
  allocatedBytes: bigint;
}

/** A user token is given at most this often. */
const TOKEN_EVERY_MS = 5 * 60_000;
const GUESSES_PER_WINDOW = 10;

export class Accounts {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #commands: Commands;

  constructor(sql: Sql, clock: Clock, commands: Commands) {
    this.#sql = sql;
    this.#clock = clock;
    this.#commands = commands;
  }

  /** Makes a reseller with empty pools. The store code is for good. */
  async createReseller(
    invocation: Invocation,
    reseller: NewReseller,
  ): Promise<{ id: string; storeCode: string; email: string }> {
    const storeCode = validStoreCode(reseller.storeCode);
    const storeName = validDisplayName(reseller.storeName, 'storeName');
    const email = validEmail(reseller.email);
    const passwordHash =
      reseller.password === undefined ? null : await hashPassword(validPersonPassword(reseller.password));
    return this.#commands.run(invocation, 'reseller.create', async (step) => {
      await lockAccountMaking(step.tx);
      await refuseTaken(step.tx, email, storeCode);
      const id = newPublicId('acc_');
      const [row] = await step.tx<{ id: bigint }[]>`
        INSERT INTO account (public_id, email, name, tier, store_code, store_name, created_at)
          VALUES (${id}, ${email}, ${storeName}, 'RESELLER', ${storeCode}, ${storeName}, ${step.now}) RETURNING id`;
      await openHoldings(step, row!.id, ASSETS);
      if (passwordHash !== null) {
        await setOwnPassword(step, { id: row!.id, email, name: storeName, isOwner: false }, passwordHash);
      }
      step.audit(`account:${id}`, { before: null, after: { email, storeCode, storeName } });
      return { id, storeCode, email };
    });
  }

  /**
   * Signs up a plain customer, through a reseller's key, with no money yet. Of many sign-ups with one email address, one
   * makes the account; the others are refused with EmailTaken.
   */
  async signUp(
    invocation: Invocation,
    person: NewPerson,
    viaKeyId: bigint,
  ): Promise<{ id: bigint; email: string }> {
    const email = validEmail(person.email);
    const name = validDisplayName(person.name, 'name');
    const password = validPersonPassword(person.password);
    // Asked before the slow hash, so that repeats cost little. A request that may have been answered before goes on: its
    // answer is the one it had.
    if (!invocation.idempotency) await refuseTaken(this.#sql, email, null);
    const passwordHash = await hashPassword(password);
    return this.#commands.run(invocation, 'account.sign-up', async (step) => {
      await lockAccountMaking(step.tx);
      await refuseTaken(step.tx, email, null);
      const publicId = newPublicId('acc_');
      const [row] = await step.tx<{ id: bigint }[]>`
        INSERT INTO account (public_id, email, name, tier, password_hash, signed_up_via, created_at)
          VALUES (${publicId}, ${email}, ${name}, 'STANDARD', ${passwordHash}, ${viaKeyId}, ${step.now}) RETURNING id`;
      await openHoldings(step, row!.id, ['usd']);
      step.audit(`account:${publicId}`, { before: null, after: { email, name } });
      return { id: row!.id, email };
    });
  }

  /** Makes the owner unless there is one. Answers the owner's address, and whether it is new. */
  async ensureOwner(
    invocation: Invocation,
    email: string,
    password: string,
  ): Promise<{ email: string; isNew: boolean }> {
    const passwordHash = await hashPassword(password);
    return this.#commands.run(invocation, 'owner.create', async (step) => {
      const { tx, now, audit } = step;
      // Two servers that start at once make one owner.
      await lockAccountMaking(tx);
      const [owner] = await tx<{ email: string }[]>`SELECT email FROM account WHERE is_owner`;
      if (owner) return { email: owner.email, isNew: false };
      const id = newPublicId('acc_');
      const [row] = await tx<{ id: bigint }[]>`
        INSERT INTO account (public_id, email, name, is_owner, tier, created_at)
          VALUES (${id}, ${email}, 'Owner', true, 'STANDARD', ${now}) RETURNING id`;
      await openHoldings(step, row!.id, ['usd']);
      await setOwnPassword(step, { id: row!.id, email, name: 'Owner', isOwner: true }, passwordHash);
      audit(`account:${id}`, { before: null, after: { email } });
      return { email, isNew: true };
    });
  }

  /** Adds to a reseller's pool (bytes) or money (cents). The amount comes from the provider's own account. */
  async topUp(
    invocation: Invocation,
    storeCode: string,
    asset: Asset,
    amount: bigint,
  ): Promise<{ balance: bigint }> {
    return this.#commands.run(invocation, 'reseller.topup', async ({ tx, now, cause, audit }) => {
      const account = await findReseller(tx, storeCode);
      const holding = await holdingOf(tx, account.id, asset);
      const source = await rootLedgerAccount(tx, asset, asset === 'usd' ? 'received' : 'issued');
      const result = await post(
        tx,
        { transfers: [{ debit: source, credit: holding, amount, reason: 'reseller.topup' }], cause },
        now,
      );
      if (result.kind === 'refused') throw new Error(`a top-up was refused: ${result.refusal}`);
      const balance = result.transfers[0]!.creditBalance;
      audit(`account:${account.public_id}`, {
        asset,
        amount,
        before: { balance: balance - amount },
        after: { balance },
      });
      return { balance };
    });
  }

  /** Sets the password of an account's own person; of a customer's account, its own. */
  async setPassword(invocation: Invocation, email: string, password: string): Promise<void> {
    const passwordHash = await hashPassword(validPersonPassword(password));
    await this.#commands.run(invocation, 'account.set-password', async (step) => {
      const [account] = await step.tx<
        { id: bigint; public_id: string; email: string; name: string; isOwner: boolean; tier: string }[]
      >`
        SELECT id, public_id, email, name, is_owner AS "isOwner", tier FROM account WHERE email_key = lower(${email}) FOR UPDATE`;
      if (!account) throw new DomainError('AccountNotFound', { reference: email });
      if (account.isOwner || account.tier === 'RESELLER') await setOwnPassword(step, account, passwordHash);
      else await step.tx`UPDATE account SET password_hash = ${passwordHash} WHERE id = ${account.id}`;
      step.audit(`account:${account.public_id}`, {
        email: account.email,
        before: { password: SECRET },
        after: { password: ANOTHER_SECRET },
      });
    });
  }

  /**
   * Signs an account in to the user API and gives it a token, which ends its previous one. At most once in five minutes for
   * an account and for an address; guesses are limited too. Answers undefined for a wrong email or password.
   */
  async issueUserToken(
    invocation: Invocation,
    email: string,
    password: string,
  ): Promise<{ secret: string } | undefined> {
    const address = invocation.actor.address ?? 'local';
    // No address of an account has such characters, and a query must not see them.
    if (/\p{C}/u.test(email)) return undefined;
    const guess = (bucket: string) => ({
      bucket: `user-guess:${bucket}`,
      calls: GUESSES_PER_WINDOW,
      windowMs: TOKEN_EVERY_MS,
    });
    await takeRate(
      this.#sql,
      [guess(`address:${address}`), guess(`email:${email.toLowerCase()}`)],
      this.#clock.now(),
    );
    const [account] = await this.#sql<{ id: bigint; public_id: string; password_hash: string | null }[]>`
      SELECT a.id, a.public_id, coalesce(p.password_hash, a.password_hash) AS password_hash
        FROM account a LEFT JOIN person p ON p.email_key = a.email_key AND p.account_id = a.id AND p.disabled_at IS NULL
        WHERE a.email_key = lower(${email})`;
    if (!(await verifyPassword(password, account?.password_hash)) || !account) return undefined;
    const actor = { ...invocation.actor, name: `account:${account.public_id}`, accountId: account.id };
    return this.#commands.run(
      { ...invocation, actor },
      'user-token.issue',
      async ({ tx, now, audit, send }) => {
        const once = (bucket: string) => ({
          bucket: `user-token:${bucket}`,
          calls: 1,
          windowMs: TOKEN_EVERY_MS,
        });
        await takeRate(tx, [once(`account:${account.public_id}`), once(`address:${address}`)], now);
        const [ended] = await tx<{ id: string }[]>`
          UPDATE api_key SET revoked_at = ${now} WHERE account_id = ${account.id} AND purpose = 'token' AND revoked_at IS NULL
            RETURNING public_id AS id`;
        const key = await insertKey(
          tx,
          { accountId: account.id, name: 'user API token', scopes: ['user:read'], purpose: 'token' },
          now,
        );
        audit(`account:${account.public_id}`, {
          before: ended ? { token: ended.id } : null,
          after: { token: key.id },
        });
        send({ kind: 'keys-changed' });
        return { secret: key.secret };
      },
    );
  }

  /** The provider's own account, for which the owner and the staff act. */
  async ownerId(): Promise<bigint> {
    const [owner] = await this.#sql<{ id: bigint }[]>`SELECT id FROM account WHERE is_owner`;
    if (!owner)
      throw new DomainError('AccountNotFound', { reference: 'of the owner: start the server once' });
    return owner.id;
  }

  /** An account by email address or store code. */
  async find(reference: string): Promise<{ id: bigint; publicId: string; email: string }> {
    // No address or code has such characters, and a query must not see them.
    if (/\p{C}/u.test(reference)) throw new DomainError('AccountNotFound', { reference });
    const [row] = await this.#sql<{ id: bigint; publicId: string; email: string }[]>`
      SELECT id, public_id AS "publicId", email FROM account
        WHERE email_key = lower(${reference}) OR store_code_key = lower(${reference})`;
    if (!row) throw new DomainError('AccountNotFound', { reference });
    return row;
  }

  /** Who an account is and what money it holds. */
  async profile(accountId: bigint): Promise<Profile> {
    const profile = await readProfile(this.#sql, accountId);
    if (!profile) throw new Error(`there is no account ${accountId}`);
    return profile;
  }

  /** All accounts, in the order they were made. */
  async listProfiles(page?: ProfilePage): Promise<Profile[]> {
    return readProfiles(this.#sql, page);
  }

  async listResellers(): Promise<Reseller[]> {
    return readResellers(this.#sql, null);
  }

  async showReseller(storeCode: string): Promise<Reseller> {
    const account = await findReseller(this.#sql, storeCode);
    const [reseller] = await readResellers(this.#sql, account.id);
    return reseller!;
  }

  /** What a reseller sees of its pool of one product. */
  async poolOverview(accountId: bigint, product: Product): Promise<PoolOverview> {
    const [row] = await this.#sql<PoolOverview[]>`
      SELECT a.store_name AS "storeName", a.store_code AS "storeCode", a.created_at AS "createdAt",
          pool.balance AS "balanceBytes", s.count AS "subuserCount", s.allocated AS "allocatedBytes"
        FROM account a JOIN account_holding h ON h.account_id = a.id AND h.asset = ${product}
          JOIN ledger_account pool ON pool.id = h.ledger_id,
          LATERAL (
            SELECT count(DISTINCT s.id)::int AS count, coalesce(sum(l.balance), 0)::bigint AS allocated
              FROM subuser s LEFT JOIN subuser_bandwidth b ON b.subuser_id = s.id AND b.product = ${product}
                LEFT JOIN ledger_account l ON l.id IN (b.balance_id, b.leased_id, b.consumed_id)
              WHERE s.account_id = a.id AND s.deleted_at IS NULL) s
        WHERE a.id = ${accountId}`;
    if (!row) throw new Error(`account ${accountId} has no pool of ${product}`);
    return row;
  }

  /** What an account holds of an asset. Zero for an account that cannot hold any. */
  async balance(accountId: bigint, asset: Asset): Promise<bigint> {
    const [row] = await this.#sql<{ balance: bigint }[]>`
      SELECT l.balance FROM account_holding h JOIN ledger_account l ON l.id = h.ledger_id
        WHERE h.account_id = ${accountId} AND h.asset = ${asset}`;
    return row?.balance ?? 0n;
  }
}

async function readResellers(sql: Queryable, accountId: bigint | null): Promise<Reseller[]> {
  const rows = await sql<(Omit<Reseller, 'balances'> & Record<Asset, bigint>)[]>`
    SELECT a.public_id AS id, a.email, a.store_code AS "storeCode", a.store_name AS "storeName", a.created_at AS "createdAt",
        (SELECT count(*)::int FROM subuser s WHERE s.account_id = a.id AND s.deleted_at IS NULL) AS "subuserCount",
        coalesce(max(l.balance) FILTER (WHERE h.asset = 'residential'), 0) AS residential,
        coalesce(max(l.balance) FILTER (WHERE h.asset = 'mobile'), 0) AS mobile,
        coalesce(max(l.balance) FILTER (WHERE h.asset = 'usd'), 0) AS usd
      FROM account a LEFT JOIN account_holding h ON h.account_id = a.id LEFT JOIN ledger_account l ON l.id = h.ledger_id
      WHERE a.tier = 'RESELLER' AND (${accountId}::bigint IS NULL OR a.id = ${accountId}::bigint)
      GROUP BY a.id ORDER BY a.id`;
  return rows.map(({ residential, mobile, usd, ...rest }) => ({
    ...rest,
    balances: { residential, mobile, usd },
  }));
}

async function findReseller(sql: Queryable, storeCode: string): Promise<{ id: bigint; public_id: string }> {
  const [row] = await sql<{ id: bigint; public_id: string }[]>`
    SELECT id, public_id FROM account WHERE store_code_key = lower(${storeCode})`;
  if (!row) throw new DomainError('AccountNotFound', { reference: storeCode });
  return row;
}

/** The ledger account in which an account holds an asset. */
export async function holdingOf(sql: Queryable, accountId: bigint, asset: Asset): Promise<bigint> {
  const [row] = await sql<{ ledger_id: bigint }[]>`
    SELECT ledger_id FROM account_holding WHERE account_id = ${accountId} AND asset = ${asset}`;
  if (!row) throw new Error(`account ${accountId} cannot hold ${asset}`);
  return row.ledger_id;
}

export async function openHoldings(
  { tx, now }: CommandStep,
  accountId: bigint,
  assets: readonly Asset[],
): Promise<void> {
  const parents = await Promise.all(
    assets.map((asset) => rootLedgerAccount(tx, asset, asset === 'usd' ? 'received' : 'issued')),
  );
  const ids = await openLedgerAccounts(
    tx,
    assets.map((asset, index) => ({
      parent: parents[index]!,
      asset,
      kind: asset === 'usd' ? 'balance' : 'pool',
    })),
    now,
  );
  await tx`
    INSERT INTO account_holding (account_id, asset, ledger_id)
      SELECT ${accountId}, asset, ledger_id FROM unnest(${arrayOf(assets)}::text[], ${arrayOf(ids)}::bigint[]) AS item (asset, ledger_id)`;
}

/** Serialises makers of accounts, so that what is free stays free until the insert. */
export async function lockAccountMaking(tx: Tx): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(7103)`;
}

/** Says which of the two is taken. */
export async function refuseTaken(sql: Queryable, email: string, storeCode: string | null): Promise<void> {
  const rows = await sql<{ email_taken: boolean }[]>`
    SELECT email_key = lower(${email}) AS email_taken FROM account
      WHERE email_key = lower(${email}) OR store_code_key = lower(${storeCode})`;
  if (rows.some((row) => row.email_taken)) throw new DomainError('EmailTaken', { email });
  if (rows.length > 0 && storeCode !== null) throw new DomainError('StoreCodeTaken', { storeCode });
}
