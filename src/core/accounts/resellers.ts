/** Accounts as the owner looks at them: found, put in order, looked into. */
import type { Queryable } from '../../db/client.ts';
import type { Product } from '../../shared/products.ts';
import { type Page, type PageRequest, pageOf } from '../paging.ts';
import { containsPattern } from '../search.ts';
import type { Asset } from './accounts.ts';

export const ACCOUNT_SORTS = [
  'created',
  'name',
  'storeCode',
  'subusers',
  'residential',
  'mobile',
  'usd',
  'used',
] as const;
export type AccountSort = (typeof ACCOUNT_SORTS)[number];

/** What the list is ordered by, and the account's number. */
export type AccountKey = readonly [bigint | string, bigint];

export interface AccountQuery {
  tier: 'STANDARD' | 'RESELLER';
  sort: AccountSort;
  descending: boolean;
  /** Part of a name, store code or email address, or a whole id; in any case. */
  search?: string | undefined;
  /** Only those whose money is frozen, or only those whose is not. */
  frozen?: boolean | undefined;
  standing?: Standing | undefined;
}

export const STANDINGS = ['good', 'under_review'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface AccountEntry {
  /** `acc_…` */
  id: string;
  email: string;
  name: string;
  tier: 'STANDARD' | 'RESELLER';
  /** Null for an account that does not resell. */
  storeCode: string | null;
  storeName: string | null;
  createdAt: Date;
  creditsFrozen: boolean;
  /** Under review: its credit log and its own ledger differ, and nobody has resolved that yet. */
  standing: Standing;
  /** Bytes left to allocate, by product, and US cents. What an account cannot hold is zero. */
  balances: Record<Asset, bigint>;
  subuserCount: number;
  /** Used by all its subusers today and in the 29 days before, by product. */
  last30DaysBytes: Record<Product, bigint>;
}

interface AccountRow extends Omit<AccountEntry, 'balances' | 'last30DaysBytes'>, Record<Asset, bigint> {
  internalId: bigint;
  value: bigint | string;
  usedResidential: bigint;
  usedMobile: bigint;
}

const DAY_MS = 86_400_000;

/**
 * A page of accounts that are not the owner's. There are thousands of them at most, so those that match are put in order as a
 * whole.
 */
export async function listAccounts(
  sql: Queryable,
  query: AccountQuery,
  { limit, after }: PageRequest<AccountKey>,
  now: Date,
): Promise<Page<AccountEntry, AccountKey>> {
  const value = {
    created: sql`id`,
    name: sql`lower(name)`,
    storeCode: sql`lower(coalesce("storeCode", ''))`,
    subusers: sql`"subuserCount"::bigint`,
    residential: sql`residential`,
    mobile: sql`mobile`,
    usd: sql`usd`,
    used: sql`("usedResidential" + "usedMobile")::bigint`,
  }[query.sort];
  const isText = query.sort === 'name' || query.sort === 'storeCode';
  const place = query.sort === 'created' ? sql`"internalId"` : value;
  const beyond = query.descending ? sql`<` : sql`>`;
  const direction = query.descending ? sql`DESC` : sql`ASC`;
  const key = after && (isText ? sql`${String(after[0])}::text` : sql`${BigInt(after[0])}::bigint`);
  const pattern = query.search === undefined ? undefined : containsPattern(query.search);
  const found = await sql<AccountRow[]>`
    SELECT * FROM (
      SELECT entry.*, ${place} AS value FROM (
        SELECT ${accountColumns(sql, now)} FROM account a
          WHERE NOT a.is_owner AND a.tier = ${query.tier}
            ${pattern === undefined ? sql`` : sql`AND (a.email_key LIKE ${pattern} OR lower(a.name) LIKE ${pattern} OR a.store_code_key LIKE ${pattern} OR lower(a.store_name) LIKE ${pattern} OR a.public_id = ${query.search!})`}
            ${query.frozen === undefined ? sql`` : sql`AND a.credits_frozen = ${query.frozen}`}
            ${query.standing === undefined ? sql`` : sql`AND a.standing = ${query.standing}`}) entry) valued
      WHERE ${key ? sql`(value, "internalId") ${beyond} (${key}, ${after![1]}::bigint)` : sql`true`}
      ORDER BY value ${direction}, "internalId" ${direction} LIMIT ${limit + 1}`;
  const page = pageOf(found, limit, (row): AccountKey => [row.value, row.internalId]);
  return { ...page, rows: page.rows.map(entryOf) };
}

/** One account that is not the owner's, by its id; undefined where there is none. */
export async function readAccount(
  sql: Queryable,
  id: string,
  now: Date,
): Promise<(AccountEntry & { internalId: bigint }) | undefined> {
  const [row] = await sql<AccountRow[]>`
    SELECT ${accountColumns(sql, now)}, a.id AS value FROM account a WHERE a.public_id = ${id} AND NOT a.is_owner`;
  return row && { ...entryOf(row), internalId: row.internalId };
}

function accountColumns(sql: Queryable, now: Date) {
  const monthAgo = new Date(now.getTime() - (now.getTime() % DAY_MS) - 29 * DAY_MS);
  const holding = (asset: Asset) => sql`
    coalesce((SELECT l.balance FROM account_holding h JOIN ledger_account l ON l.id = h.ledger_id
      WHERE h.account_id = a.id AND h.asset = ${asset}), 0)`;
  const used = (product: Product) => sql`
    coalesce((SELECT sum(u.up_bytes + u.down_bytes) FROM account_usage u
      WHERE u.account_id = a.id AND u.product = ${product} AND u.resolution = 'day' AND u.start >= ${monthAgo}), 0)::bigint`;
  return sql`a.id AS "internalId", a.public_id AS id, a.email, a.name, a.tier, a.store_code AS "storeCode",
    a.store_name AS "storeName", a.created_at AS "createdAt",
    a.credits_frozen AS "creditsFrozen", a.standing, ${holding('residential')} AS residential, ${holding('mobile')} AS mobile,
    ${holding('usd')} AS usd, ${used('residential')} AS "usedResidential", ${used('mobile')} AS "usedMobile",
    (SELECT count(*)::int FROM subuser_standing p WHERE p.account_id = a.id AND p.product = 'residential') AS "subuserCount"`;
}

function entryOf(row: AccountRow): AccountEntry {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    tier: row.tier,
    storeCode: row.storeCode,
    storeName: row.storeName,
    createdAt: row.createdAt,
    creditsFrozen: row.creditsFrozen,
    standing: row.standing,
    balances: { residential: row.residential, mobile: row.mobile, usd: row.usd },
    subuserCount: row.subuserCount,
    last30DaysBytes: { residential: row.usedResidential, mobile: row.usedMobile },
  };
}
