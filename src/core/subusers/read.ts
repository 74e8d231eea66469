/** Finding subusers and their figures. Every read of a reseller's names the reseller: another's is simply not there. */
import { arrayOf } from '../../db/array.ts';
import type { Queryable } from '../../db/client.ts';
import type { Product } from '../../shared/products.ts';
import { DomainError, invalidField } from '../errors.ts';

/** Bytes of one product. remaining = allocated - used. */
export interface BandwidthFigures {
  allocatedBytes: bigint;
  usedBytes: bigint;
  remainingBytes: bigint;
}

export interface Subuser extends BandwidthFigures {
  /** `subuser-…` */
  id: string;
  /** With the store code in front. */
  username: string;
  /** Null where the way it was made asked for none. */
  email: string | null;
  createdAt: Date;
  /** Addresses and CIDR ranges in canonical form, oldest first. */
  whitelist: string[];
}

/** With its sealed password, for those who open it. */
export type StoredSubuser = Subuser & { passwordSealed: Uint8Array };

/** A subuser's rows, for commands. */
export interface SubuserKeys {
  internalId: bigint;
  id: string;
  username: string;
  poolId: bigint;
  balanceId: bigint;
  leasedId: bigint;
  consumedId: bigint;
}

export interface HistoryEntry {
  action: 'ADD' | 'REMOVE';
  bytes: bigint;
  at: Date;
}

export interface UsageEntry {
  start: Date;
  upBytes: bigint;
  downBytes: bigint;
}

export type UsageResolution = 'minute' | 'hour' | 'day';

/** Most entries of history in one answer; the newest are kept. */
const MAX_HISTORY = 10_000;

/** How an address or range of a whitelist is written: a range of one address as the address. */
export function networkText(sql: Queryable) {
  return sql`CASE WHEN masklen(w.network) = CASE family(w.network) WHEN 4 THEN 32 ELSE 128 END
    THEN host(w.network) ELSE w.network::text END`;
}

function subuserColumns(sql: Queryable) {
  return sql`s.public_id AS id, s.username, s.email, s.created_at AS "createdAt",
    s.password_sealed AS "passwordSealed", f.allocated_bytes AS "allocatedBytes", f.used_bytes AS "usedBytes", f.remaining_bytes AS "remainingBytes",
    ARRAY(SELECT ${networkText(sql)} FROM subuser_whitelist w WHERE w.subuser_id = s.id ORDER BY w.created_at, w.network) AS whitelist`;
}

/**
 * Whether a reference could be a username or an id at all. Anything else names nobody, and must not reach a query, where a
 * NUL would fail it for all that share the batch.
 */
export function isPossibleReference(reference: string): boolean {
  return /^[\x21-\x7e]{1,128}$/.test(reference);
}

/**
 * Matches a subuser by full username (any case) or public id. The two cannot be mistaken for each other: a public id holds
 * a hyphen, a username never does.
 */
function matches(sql: Queryable, reference: string) {
  return reference.includes('-')
    ? sql`s.public_id = ${reference}`
    : sql`s.username_key = lower(${reference})`;
}

/** One subuser of this reseller. Throws SubuserNotFound, also for another reseller's. */
export async function readSubuser(
  sql: Queryable,
  accountId: bigint,
  reference: string,
  product: Product,
): Promise<StoredSubuser> {
  if (!isPossibleReference(reference)) throw new DomainError('SubuserNotFound', {});
  const [row] = await sql<StoredSubuser[]>`
    SELECT ${subuserColumns(sql)}
      FROM subuser s JOIN subuser_figures f ON f.subuser_id = s.id AND f.product = ${product}
      WHERE s.account_id = ${accountId} AND s.deleted_at IS NULL AND ${matches(sql, reference)}`;
  if (!row) throw new DomainError('SubuserNotFound', {});
  return row;
}

export interface Page {
  /** Absent: all there are. */
  limit?: number | undefined;
  /** Id of the last subuser of the page before. */
  after?: string | undefined;
}

/** A reseller's subusers in the order they were made. */
export async function readSubusers(
  sql: Queryable,
  accountId: bigint,
  product: Product,
  page: Page = {},
): Promise<StoredSubuser[]> {
  let afterId = 0n;
  if (page.after !== undefined) {
    const [row] = await sql<{ id: bigint }[]>`
      SELECT id FROM subuser WHERE public_id = ${page.after} AND account_id = ${accountId}`;
    if (!row) throw invalidField('cursor', 'one that a list has answered');
    afterId = row.id;
  }
  return sql<StoredSubuser[]>`
    SELECT ${subuserColumns(sql)} FROM subuser s JOIN subuser_figures f ON f.subuser_id = s.id AND f.product = ${product}
      WHERE s.account_id = ${accountId} AND s.deleted_at IS NULL AND s.id > ${afterId}
      ORDER BY s.id LIMIT ${page.limit ?? null}`;
}

/**
 * The full username of the subuser that a reseller means by a name with or without its store code. A name without it
 * comes first, so that every subuser can be reached by its own. Throws SubuserNotFound.
 */
export async function readFullUsername(sql: Queryable, accountId: bigint, name: string): Promise<string> {
  if (!isPossibleReference(name)) throw new DomainError('SubuserNotFound', {});
  const [row] = await sql<{ username: string }[]>`
    SELECT s.username FROM account a JOIN subuser s ON s.account_id = a.id
      WHERE a.id = ${accountId} AND s.deleted_at IS NULL
        AND s.username_key IN (lower(a.store_code || '_' || ${name}), lower(${name}))
      ORDER BY length(s.username) DESC LIMIT 1`;
  if (!row) throw new DomainError('SubuserNotFound', {});
  return row.username;
}

/** Any reseller's subuser, for the operator. */
export async function findAnySubuser(
  sql: Queryable,
  reference: string,
): Promise<{ accountId: bigint; username: string; storeCode: string }> {
  if (!isPossibleReference(reference)) throw new DomainError('SubuserNotFound', {});
  const [row] = await sql<{ accountId: bigint; username: string; storeCode: string }[]>`
    SELECT s.account_id AS "accountId", s.username, a.store_code AS "storeCode"
      FROM subuser s JOIN account a ON a.id = s.account_id WHERE s.deleted_at IS NULL AND ${matches(sql, reference)}`;
  if (!row) throw new DomainError('SubuserNotFound', {});
  return row;
}

export interface SubuserReference {
  accountId: bigint;
  reference: string;
  product: Product;
}

/** The rows of many subusers in one query; undefined where there is none. For `gather`. */
export async function findSubuserKeys(
  sql: Queryable,
  references: readonly SubuserReference[],
): Promise<(SubuserKeys | undefined)[]> {
  const possible = references.map(({ reference }) => reference).filter(isPossibleReference);
  const usernames = possible
    .filter((reference) => !reference.includes('-'))
    .map((name) => name.toLowerCase());
  const ids = possible.filter((reference) => reference.includes('-'));
  const rows = await sql<(SubuserKeys & { accountId: bigint; usernameKey: string; product: Product })[]>`
    SELECT s.id AS "internalId", s.public_id AS id, s.username, s.account_id AS "accountId", s.username_key AS "usernameKey",
        b.product, b.pool_id AS "poolId", b.balance_id AS "balanceId", b.leased_id AS "leasedId", b.consumed_id AS "consumedId"
      FROM subuser s JOIN subuser_bandwidth b ON b.subuser_id = s.id
      WHERE s.deleted_at IS NULL
        AND (s.username_key = ANY (${arrayOf(usernames)}::text[]) OR s.public_id = ANY (${arrayOf(ids)}::text[]))`;
  const found = new Map<string, SubuserKeys>();
  for (const { accountId, usernameKey, product, ...keys } of rows) {
    found.set(`${accountId} ${usernameKey} ${product}`, keys);
    found.set(`${accountId} ${keys.id} ${product}`, keys);
  }
  return references.map(({ accountId, reference, product }) => {
    const name = reference.includes('-') ? reference : reference.toLowerCase();
    return found.get(`${accountId} ${name} ${product}`);
  });
}

/** Figures of many subusers of one product, by internal id. `unleasedBytes` is what no gateway holds at the moment. */
export async function readFigures(
  sql: Queryable,
  internalIds: readonly bigint[],
  product: Product,
): Promise<Map<bigint, BandwidthFigures & { unleasedBytes: bigint }>> {
  const rows = await sql<(BandwidthFigures & { subuserId: bigint; unleasedBytes: bigint })[]>`
    SELECT subuser_id AS "subuserId", allocated_bytes AS "allocatedBytes", used_bytes AS "usedBytes",
        remaining_bytes AS "remainingBytes", unleased_bytes AS "unleasedBytes"
      FROM subuser_figures WHERE subuser_id = ANY (${arrayOf([...internalIds])}::bigint[]) AND product = ${product}`;
  return new Map(rows.map((row) => [row.subuserId, row]));
}

/** What was added to and removed from a subuser by its reseller, oldest first. */
export async function readHistory(sql: Queryable, balanceId: bigint): Promise<HistoryEntry[]> {
  const rows = await sql<HistoryEntry[]>`
    SELECT action, bytes, at FROM (
      (SELECT id, 'ADD' AS action, amount AS bytes, at FROM ledger_transfer
        WHERE credit_id = ${balanceId} AND reason = 'subuser.allocate' ORDER BY id DESC LIMIT ${MAX_HISTORY})
      UNION ALL
      (SELECT id, 'REMOVE', amount, at FROM ledger_transfer
        WHERE debit_id = ${balanceId} AND reason = 'subuser.withdraw' ORDER BY id DESC LIMIT ${MAX_HISTORY})
      ORDER BY id DESC LIMIT ${MAX_HISTORY}) newest
    ORDER BY id`;
  return rows;
}

/** What a subuser used of a product, by UTC period, from `from` up to but without `to`. Periods without use are left out. */
export async function readUsage(
  sql: Queryable,
  internalId: bigint,
  product: Product,
  resolution: UsageResolution,
  from: Date,
  to: Date,
): Promise<UsageEntry[]> {
  return sql<UsageEntry[]>`
    SELECT start, sum(up_bytes)::bigint AS "upBytes", sum(down_bytes)::bigint AS "downBytes" FROM usage_until_now
      WHERE subuser_id = ${internalId} AND product = ${product} AND resolution = ${resolution}
        AND start >= ${from} AND start < ${to} GROUP BY 1 ORDER BY 1`;
}
