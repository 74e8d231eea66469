/** Subusers: the reseller's customers, their passwords, addresses and bandwidth. See README.md here. */

import type { Sql, Tx } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { PRODUCTS, type Product } from '../../shared/products.ts';
import { ANOTHER_SECRET, SECRET } from '../audit/audit.ts';
import type { Commands, Invocation } from '../command.ts';
import { DomainError } from '../errors.ts';
import type { Events } from '../events.ts';
import { closeLedgerAccount, post, rootLedgerAccount, type Transfer } from '../ledger/ledger.ts';
import type { Page, PageRequest } from '../paging.ts';
import { newPublicId, randomText, type SecretBox } from '../secrets.ts';
import { isHeldBySlot } from '../subscriptions/slots.ts';
import { validEmail, validProxyPassword, validSubuserName, validWhitelistEntry } from '../validate.ts';
import { type BandwidthAction, BandwidthMoves, type BandwidthState } from './bandwidth.ts';
import { type BulkItem, type BulkMade, type BulkResult, createMany } from './bulk.ts';
import { SubuserDirectory } from './directory.ts';
import {
  listSubusers,
  readSubuserEntry,
  type SubuserEntry,
  type SubuserKey,
  type SubuserQuery,
} from './list.ts';
import { announceMade, openBandwidth } from './opening.ts';
import { GENERATED_PASSWORD_LENGTH, passwordPurpose, shortLoginDigest, shortName } from './passwords.ts';
import {
  findAnySubuser,
  findSubuserKeys,
  type HistoryEntry,
  isPossibleReference,
  networkText,
  readFullUsername,
  readHistory,
  readSubuser,
  readSubusers,
  readUsage,
  type StoredSubuser,
  type Subuser,
  type Page as SubuserPage,
  type UsageEntry,
  type UsageResolution,
} from './read.ts';

export interface NewSubuser {
  /** Without the store code, which is put in front. */
  username: string;
  /** Null: none is known. */
  email: string | null;
  /** Moves from the reseller's pool; zero moves nothing. */
  bytes: bigint;
  product: Product;
  /** What making it costs the reseller's pool, on top of `bytes`: goes to the provider's `fees`. */
  feeBytes?: bigint;
}

export interface SubuserWithPassword extends Subuser {
  password: string;
}

export interface WhitelistState {
  username: string;
  whitelist: string[];
}

const MAX_WHITELIST_ENTRIES = 256;

export class Subusers {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #commands: Commands;
  readonly #box: SecretBox;
  readonly #directory: SubuserDirectory;
  readonly #bandwidth: BandwidthMoves;

  constructor(sql: Sql, clock: Clock, commands: Commands, events: Events, box: SecretBox) {
    this.#sql = sql;
    this.#clock = clock;
    this.#commands = commands;
    this.#box = box;
    this.#directory = new SubuserDirectory(sql, events);
    this.#bandwidth = new BandwidthMoves(sql, commands, this.#directory);
  }

  /** Makes a subuser with a generated password, takes the fee, and moves its first bandwidth from the pool. */
  async create(
    invocation: Invocation,
    accountId: bigint,
    subuser: NewSubuser,
  ): Promise<SubuserWithPassword & { feeBytes: bigint }> {
    const name = validSubuserName(subuser.username);
    const email = subuser.email === null ? null : validEmail(subuser.email);
    const feeBytes = subuser.feeBytes ?? 0n;
    const password = randomText(GENERATED_PASSWORD_LENGTH);
    return this.#commands.run(invocation, 'subuser.create', async (step) => {
      const { tx, now, cause } = step;
      const [account] = await tx<
        { store_code: string }[]
      >`SELECT store_code FROM account WHERE id = ${accountId}`;
      const username = `${account!.store_code}_${name}`;
      const id = newPublicId('subuser-');
      const [row] = await tx<{ id: bigint }[]>`
        INSERT INTO subuser (public_id, account_id, username, email, password_sealed, short_login_digest, created_at)
          VALUES (${id}, ${accountId}, ${username}, ${email}, ${this.#box.seal(password, passwordPurpose(id))},
            ${shortLoginDigest(this.#box, name, password)}, ${now})
          ON CONFLICT (username_key) WHERE deleted_at IS NULL DO NOTHING RETURNING id`;
      if (!row) throw new DomainError('UsernameTaken', { username });
      const [accounts] = await openBandwidth(tx, accountId, [row.id], now);
      const { pool, balance } = accounts![subuser.product];
      const transfers: Transfer[] = [];
      if (feeBytes > 0n) {
        const fees = await rootLedgerAccount(tx, subuser.product, 'fees');
        transfers.push({ debit: pool, credit: fees, amount: feeBytes, reason: 'subuser.creation-fee' });
      }
      if (subuser.bytes > 0n) {
        transfers.push({ debit: pool, credit: balance, amount: subuser.bytes, reason: 'subuser.allocate' });
      }
      if (transfers.length > 0) {
        const result = await post(tx, { transfers, cause }, now);
        if (result.kind === 'refused')
          throw new DomainError('InsufficientBalance', { holder: 'pool' }, result.refusal);
      }
      const bytes = { residential: 0n, mobile: 0n, [subuser.product]: subuser.bytes };
      announceMade(step, accountId, { id, username, email, bytes }, feeBytes);
      return {
        id,
        username,
        email,
        createdAt: now,
        whitelist: [],
        allocatedBytes: subuser.bytes,
        usedBytes: 0n,
        remainingBytes: subuser.bytes,
        password,
        feeBytes,
      };
    });
  }

  /**
   * Makes up to a thousand at once, each with a password of its own. One that is refused keeps none of the others from being
   * made.
   */
  async createMany(
    invocation: Invocation,
    accountId: bigint,
    items: readonly BulkItem[],
  ): Promise<BulkResult[]> {
    return this.#commands.run(invocation, 'subuser.create', (step) =>
      createMany(step, this.#box, accountId, items),
    );
  }

  /** Makes one, with bytes of any product. Throws UsernameTaken, InsufficientBalance, InvalidField. */
  async createOne(invocation: Invocation, accountId: bigint, item: BulkItem): Promise<BulkMade> {
    const [result] = await this.createMany(invocation, accountId, [item]);
    if (!result!.ok) throw new DomainError(result!.refused.code, result!.refused.parameters as never);
    return result!.subuser;
  }

  /** A page for people: searched, in the order asked for. */
  async page(query: SubuserQuery, request: PageRequest<SubuserKey>): Promise<Page<SubuserEntry, SubuserKey>> {
    return listSubusers(this.#sql, query, request);
  }

  /** One subuser by its id, of this reseller, or of any for null. Throws SubuserNotFound. */
  async entry(
    accountId: bigint | null,
    id: string,
  ): Promise<SubuserEntry & { internalId: bigint; accountId: bigint }> {
    const entry = isPossibleReference(id) ? await readSubuserEntry(this.#sql, accountId, id) : undefined;
    if (!entry) throw new DomainError('SubuserNotFound', {});
    return entry;
  }

  /** Whose subuser this is or was, by its id. Throws SubuserNotFound. */
  async accountOf(id: string): Promise<bigint> {
    const [row] = isPossibleReference(id)
      ? await this.#sql<{ accountId: bigint }[]>`
          SELECT account_id AS "accountId" FROM subuser WHERE public_id = ${id}`
      : [];
    if (!row) throw new DomainError('SubuserNotFound', {});
    return row.accountId;
  }

  /** The name and password of a subuser, for a person to see. It is written down that they were shown. */
  async showCredentials(
    invocation: Invocation,
    accountId: bigint,
    id: string,
  ): Promise<{ username: string; password: string }> {
    const { username, password } = await this.get(accountId, id, 'residential');
    await this.#commands.run({ actor: invocation.actor }, 'subuser.show-credentials', async ({ auditAct }) =>
      auditAct(`subuser:${id}`, { username }),
    );
    return { username, password };
  }

  async list(accountId: bigint, product: Product, page: SubuserPage = {}): Promise<Subuser[]> {
    const stored = await readSubusers(this.#sql, accountId, product, page);
    return stored.map(({ passwordSealed: _, ...subuser }) => subuser);
  }

  async listWithPasswords(accountId: bigint, product: Product): Promise<SubuserWithPassword[]> {
    const stored = await readSubusers(this.#sql, accountId, product);
    return stored.map((subuser) => this.#open(subuser));
  }

  async get(accountId: bigint, reference: string, product: Product): Promise<SubuserWithPassword> {
    return this.#open(await readSubuser(this.#sql, accountId, reference, product));
  }

  #open({ passwordSealed, ...subuser }: StoredSubuser): SubuserWithPassword {
    return { ...subuser, password: this.#box.open(passwordSealed, passwordPurpose(subuser.id)).toString() };
  }

  /** The full username behind a name given with or without the store code. Throws SubuserNotFound. */
  async fullUsername(accountId: bigint, name: string): Promise<string> {
    return readFullUsername(this.#sql, accountId, name);
  }

  /** Whose subuser this is, for the operator. */
  async findAny(reference: string): Promise<{ accountId: bigint; username: string; storeCode: string }> {
    return findAnySubuser(this.#sql, reference);
  }

  /** Changes the proxy password. Running tunnels are cut: who had the old one must come with the new one. */
  async setPassword(
    invocation: Invocation,
    accountId: bigint,
    reference: string,
    newPassword: string,
  ): Promise<{ username: string; password: string }> {
    const password = validProxyPassword(newPassword);
    return this.#commands.run(invocation, 'subuser.set-password', async ({ tx, audit, send }) => {
      const subuser = await lockSubuser(tx, accountId, reference);
      await tx`UPDATE subuser SET password_sealed = ${this.#box.seal(password, passwordPurpose(subuser.id))},
          short_login_digest = ${shortLoginDigest(this.#box, shortName(subuser.username), password)}
        WHERE id = ${subuser.internalId}`;
      audit(`subuser:${subuser.id}`, {
        username: subuser.username,
        before: { password: SECRET },
        after: { password: ANOTHER_SECRET },
      });
      send({ kind: 'subuser-changed', subuserId: String(subuser.internalId), cut: 'all' });
      return { username: subuser.username, password };
    });
  }

  /** Replaces the proxy password by a generated one. */
  async resetPassword(
    invocation: Invocation,
    accountId: bigint,
    reference: string,
  ): Promise<{ username: string; password: string }> {
    return this.setPassword(invocation, accountId, reference, randomText(GENERATED_PASSWORD_LENGTH));
  }

  async whitelist(accountId: bigint, reference: string): Promise<WhitelistState> {
    const { username, whitelist } = await readSubuser(this.#sql, accountId, reference, 'residential');
    return { username, whitelist };
  }

  /** Lets an address or range in without credentials. It can belong to one subuser only, over the whole installation. */
  async addAddress(
    invocation: Invocation,
    accountId: bigint,
    reference: string,
    ip: string,
  ): Promise<WhitelistState> {
    const network = validWhitelistEntry(ip);
    return this.#commands.run(invocation, 'subuser.whitelist-add', async ({ tx, now, audit, send }) => {
      const subuser = await lockSubuser(tx, accountId, reference);
      // One at a time: nobody can take an overlapping range, or bind an address of it, between the question and the insert.
      await tx`SELECT pg_advisory_xact_lock(7104)`;
      const overlapping = await tx<{ mine: boolean; same: boolean }[]>`
        SELECT subuser_id = ${subuser.internalId} AS mine, network = ${network}::cidr AS same
          FROM subuser_whitelist WHERE network && ${network}::inet`;
      if (overlapping.some((row) => !row.mine) || (await isHeldBySlot(tx, network))) {
        throw new DomainError('AddressInUse', { address: network });
      }
      if (!overlapping.some((row) => row.same)) {
        const [count] = await tx<{ count: bigint }[]>`
          SELECT count(*) FROM subuser_whitelist WHERE subuser_id = ${subuser.internalId}`;
        if (count!.count >= MAX_WHITELIST_ENTRIES) {
          throw new DomainError('LimitReached', {
            what: 'whitelist entries for one subuser',
            limit: MAX_WHITELIST_ENTRIES,
          });
        }
        await tx`INSERT INTO subuser_whitelist (subuser_id, network, created_at)
          VALUES (${subuser.internalId}, ${network}::cidr, ${now})`;
        const after = await whitelistOf(tx, subuser);
        audit(`subuser:${subuser.id}`, {
          username: subuser.username,
          address: network,
          before: { whitelist: after.whitelist.filter((entry) => entry !== network) },
          after: { whitelist: after.whitelist },
        });
        send({ kind: 'subuser-changed', subuserId: String(subuser.internalId), cut: 'none' });
        return after;
      }
      return whitelistOf(tx, subuser);
    });
  }

  /** Takes an address or range off. Tunnels that were let in by their address are cut. */
  async removeAddress(
    invocation: Invocation,
    accountId: bigint,
    reference: string,
    ip: string,
  ): Promise<WhitelistState> {
    const network = validWhitelistEntry(ip);
    return this.#commands.run(invocation, 'subuser.whitelist-remove', async ({ tx, audit, send }) => {
      const subuser = await lockSubuser(tx, accountId, reference);
      const { username, whitelist } = await whitelistOf(tx, subuser);
      const removed = await tx`
        DELETE FROM subuser_whitelist WHERE subuser_id = ${subuser.internalId} AND network = ${network}::cidr RETURNING 1`;
      if (removed.length === 0) return { username, whitelist };
      const after = await whitelistOf(tx, subuser);
      audit(`subuser:${subuser.id}`, {
        username,
        address: network,
        before: { whitelist },
        after: { whitelist: after.whitelist },
      });
      send({ kind: 'subuser-changed', subuserId: String(subuser.internalId), cut: 'by-address' });
      return after;
    });
  }

  async bandwidth(accountId: bigint, reference: string, product: Product): Promise<BandwidthState> {
    const { username, allocatedBytes, usedBytes, remainingBytes } = await readSubuser(
      this.#sql,
      accountId,
      reference,
      product,
    );
    return { username, allocatedBytes, usedBytes, remainingBytes };
  }

  /**
   * Moves bandwidth between the pool and a subuser. A removal may take all that is left, also what gateways hold unused:
   * they are asked to hand it back first.
   */
  moveBandwidth(
    invocation: Invocation,
    accountId: bigint,
    reference: string,
    product: Product,
    action: BandwidthAction,
    bytes: bigint,
  ): Promise<BandwidthState> {
    return this.#bandwidth.move(invocation, { accountId, reference, product, action, bytes });
  }

  async history(
    accountId: bigint,
    reference: string,
    product: Product,
  ): Promise<{ username: string; history: HistoryEntry[] }> {
    const subuser = await this.#directory.find({ accountId, reference, product });
    if (!subuser) throw new DomainError('SubuserNotFound', {});
    return { username: subuser.username, history: await readHistory(this.#sql, subuser.balanceId) };
  }

  /** What a subuser used, by period, from `from` up to but without `to`. */
  async usage(
    accountId: bigint,
    reference: string,
    product: Product,
    resolution: UsageResolution,
    from: Date,
    to: Date = this.#clock.now(),
  ): Promise<{ username: string; usage: UsageEntry[] }> {
    const subuser = await this.#directory.find({ accountId, reference, product });
    if (!subuser) throw new DomainError('SubuserNotFound', {});
    return {
      username: subuser.username,
      usage: await readUsage(this.#sql, subuser.internalId, product, resolution, from, to),
    };
  }

  /**
   * Deletes a subuser: what is left returns to the pool (what gateways hold, as they hand it back), its tunnels are cut, its
   * name is free again. The ledger keeps what it used.
   */
  async remove(
    invocation: Invocation,
    accountId: bigint,
    reference: string,
  ): Promise<{ username: string; returnedBytes: Record<Product, bigint> }> {
    return this.#commands.run(invocation, 'subuser.delete', async ({ tx, now, cause, audit, send }) => {
      const subuser = await lockSubuser(tx, accountId, reference);
      const returnedBytes: Record<Product, bigint> = { residential: 0n, mobile: 0n };
      for (const product of PRODUCTS) {
        // Locking the account first keeps a gateway from leasing between the look and the transfer.
        const [accounts] = await tx<{ pool_id: bigint; balance_id: bigint; balance: bigint }[]>`
          SELECT b.pool_id, b.balance_id, l.balance FROM subuser_bandwidth b JOIN ledger_account l ON l.id = b.balance_id
            WHERE b.subuser_id = ${subuser.internalId} AND b.product = ${product} FOR NO KEY UPDATE OF l`;
        const { pool_id, balance_id, balance } = accounts!;
        if (balance > 0n) {
          await post(
            tx,
            {
              transfers: [{ debit: balance_id, credit: pool_id, amount: balance, reason: 'subuser.delete' }],
              cause,
            },
            now,
          );
        }
        await closeLedgerAccount(tx, balance_id);
        returnedBytes[product] = balance;
      }
      await tx`DELETE FROM subuser_whitelist WHERE subuser_id = ${subuser.internalId}`;
      await tx`DELETE FROM subuser_standing WHERE subuser_id = ${subuser.internalId}`;
      await tx`UPDATE subuser SET deleted_at = ${now} WHERE id = ${subuser.internalId}`;
      audit(`subuser:${subuser.id}`, {
        username: subuser.username,
        returnedBytes,
        before: { username: subuser.username },
        after: null,
      });
      send({ kind: 'subuser-changed', subuserId: String(subuser.internalId), cut: 'all' });
      return { username: subuser.username, returnedBytes };
    });
  }
}

async function lockSubuser(
  tx: Tx,
  accountId: bigint,
  reference: string,
): Promise<{ internalId: bigint; id: string; username: string }> {
  const [found] = await findSubuserKeys(tx, [{ accountId, reference, product: 'residential' }]);
  if (!found) throw new DomainError('SubuserNotFound', {});
  const [locked] =
    await tx`SELECT 1 FROM subuser WHERE id = ${found.internalId} AND deleted_at IS NULL FOR NO KEY UPDATE`;
  if (!locked) throw new DomainError('SubuserNotFound', {});
  return found;
}

async function whitelistOf(
  tx: Tx,
  subuser: { internalId: bigint; username: string },
): Promise<WhitelistState> {
  const rows = await tx<{ network: string }[]>`
    SELECT ${networkText(tx)} AS network FROM subuser_whitelist w WHERE w.subuser_id = ${subuser.internalId}
      ORDER BY w.created_at, w.network`;
  return { username: subuser.username, whitelist: rows.map((row) => row.network) };
}
