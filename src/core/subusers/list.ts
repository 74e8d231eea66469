/** Lists of subusers for people: searched, in an order, in pages. Every list of a reseller's names the reseller. */
import { arrayOf } from '../../db/array.ts';
import type { Queryable } from '../../db/client.ts';
import { PRODUCTS, type Product } from '../../shared/products.ts';
import { type Page, type PageRequest, pageOf } from '../paging.ts';
import { containsPattern } from '../search.ts';
import { type BandwidthFigures, networkText } from './read.ts';

export const SUBUSER_SORTS = ['name', 'created', 'used', 'remaining'] as const;
export type SubuserSort = (typeof SUBUSER_SORTS)[number];

/** What the list is ordered by, and the subuser's number. */
export type SubuserKey = readonly [bigint | string, bigint];

export interface SubuserQuery {
  /** Null: of all resellers. */
  accountId: bigint | null;
  sort: SubuserSort;
  descending: boolean;
  /** Whose figures `used` and `remaining` sort by. */
  product: Product;
  /** Part of a username or email address, or a whole id; in any case. */
  search?: string | undefined;
}

/** A subuser as lists show it. */
export interface SubuserEntry {
  /** `subuser-…` */
  id: string;
  username: string;
  email: string | null;
  reseller: { id: string; storeCode: string };
  createdAt: Date;
  bandwidth: Record<Product, BandwidthFigures>;
  /** Addresses and CIDR ranges in canonical form, oldest first. */
  whitelist: string[];
}

/** So many are fetched one by one and put in order; more are found soon enough on the way along the order. */
export const FEW_MATCHES = 1000;

interface Found {
  id: bigint;
  value: bigint | string;
}

/**
 * A page of subusers. The order by use and by what remains is that of some seconds ago; the figures shown are those of now.
 */
export async function listSubusers(
  sql: Queryable,
  query: SubuserQuery,
  { limit, after }: PageRequest<SubuserKey>,
): Promise<Page<SubuserEntry, SubuserKey>> {
  const found = await findPlaces(sql, query, limit + 1, after);
  const { rows, next } = pageOf(found, limit, ({ value, id }): SubuserKey => [value, id]);
  return {
    rows: await readEntries(
      sql,
      rows.map((row) => row.id),
    ),
    next,
  };
}

/** With a search that few match, these are put in order; with one that many match, the order is followed until a page is full. */
async function findPlaces(
  sql: Queryable,
  query: SubuserQuery,
  limit: number,
  after: SubuserKey | undefined,
): Promise<Found[]> {
  const isByFigure = query.sort === 'used' || query.sort === 'remaining';
  if (!isByFigure || query.search === undefined) return placesQuery(sql, query, limit, after);
  const matches = await placesQuery(sql, { ...query, sort: 'name' }, FEW_MATCHES + 1, undefined);
  const few = matches.length > FEW_MATCHES ? undefined : matches.map((match) => match.id);
  return placesQuery(sql, query, limit, after, few);
}

/**
 * Where a page's subusers are found; every form of it reads along an index. `among`: only these, which match the search.
 *
 * The provider's search uses an index of parts of names. A reseller's looks at subusers one after the other, so that the time it
 * takes does not tell whether somebody else's match: OFFSET 0 keeps the condition apart from the walk along the index.
 */
export function placesQuery(
  sql: Queryable,
  query: SubuserQuery,
  limit: number,
  after: SubuserKey | undefined,
  among?: readonly bigint[],
) {
  const { accountId, sort, descending, product, search } = query;
  const direction = descending ? sql`DESC` : sql`ASC`;
  const beyond = descending ? sql`<` : sql`>`;
  const matching = search === undefined ? sql`true` : matchesSearch(sql, search);
  const isOwn = accountId === null ? sql`true` : sql`account_id = ${accountId}`;
  const fence = accountId === null || search === undefined ? sql`` : sql`OFFSET 0`;
  if (sort === 'name' || sort === 'created') {
    const value = sort === 'name' ? sql`username_key` : sql`id`;
    const key = sort === 'name' ? String(after?.[0]) : (after?.[1] ?? 0n);
    return sql<Found[]>`
      SELECT s.id, s.${value} AS value FROM (
          SELECT id, username_key, email, public_id FROM subuser
            WHERE deleted_at IS NULL AND ${isOwn} ${after ? sql`AND ${value} ${beyond} ${key}` : sql``}
            ORDER BY ${value} ${direction} ${fence}) s
        WHERE ${matching} ORDER BY s.${value} ${direction} LIMIT ${limit}`;
  }
  const value = sort === 'used' ? sql`used_bytes` : sql`remaining_bytes`;
  return sql<Found[]>`
    SELECT p.subuser_id AS id, p.${value} AS value FROM subuser_standing p
      WHERE p.product = ${product} AND ${isOwn}
        ${
          among
            ? sql`AND p.subuser_id = ANY (${arrayOf(among)}::bigint[])`
            : search === undefined
              ? sql``
              : sql`AND EXISTS (SELECT FROM subuser s WHERE s.id = p.subuser_id AND ${matching} OFFSET 0)`
        }
        ${after ? sql`AND (p.${value}, p.subuser_id) ${beyond} (${BigInt(after[0])}::bigint, ${after[1]}::bigint)` : sql``}
      ORDER BY p.${value} ${direction}, p.subuser_id ${direction} LIMIT ${limit}`;
}

function matchesSearch(sql: Queryable, search: string) {
  if (search.startsWith('subuser-')) return sql`s.public_id = ${search}`;
  const pattern = containsPattern(search);
  return sql`(s.username_key LIKE ${pattern} OR lower(s.email) LIKE ${pattern})`;
}

interface EntryRow extends Omit<SubuserEntry, 'reseller' | 'bandwidth'> {
  internalId: bigint;
  resellerId: string;
  storeCode: string;
}

/** These subusers, in the order of their numbers given. One that has just been deleted is left out. */
async function readEntries(sql: Queryable, internalIds: readonly bigint[]): Promise<SubuserEntry[]> {
  if (internalIds.length === 0) return [];
  const ids = arrayOf(internalIds);
  const [subusers, figures] = await Promise.all([
    sql<EntryRow[]>`
      SELECT s.id AS "internalId", s.public_id AS id, s.username, s.email, s.created_at AS "createdAt",
          a.public_id AS "resellerId", a.store_code AS "storeCode",
          ARRAY(SELECT ${networkText(sql)} FROM subuser_whitelist w WHERE w.subuser_id = s.id
            ORDER BY w.created_at, w.network) AS whitelist
        FROM subuser s JOIN account a ON a.id = s.account_id
        WHERE s.id = ANY (${ids}::bigint[]) AND s.deleted_at IS NULL`,
    sql<(BandwidthFigures & { internalId: bigint; product: Product })[]>`
      SELECT subuser_id AS "internalId", product, allocated_bytes AS "allocatedBytes", used_bytes AS "usedBytes",
          remaining_bytes AS "remainingBytes"
        FROM subuser_figures WHERE subuser_id = ANY (${ids}::bigint[])`,
  ]);
  const figuresOf = new Map(
    figures.map(({ internalId, product, ...bytes }) => [`${internalId} ${product}`, bytes]),
  );
  const byId = new Map(subusers.map((row) => [row.internalId, row]));
  return internalIds.flatMap((internalId) => {
    const row = byId.get(internalId);
    if (!row) return [];
    const [residential, mobile] = PRODUCTS.map((product) => figuresOf.get(`${internalId} ${product}`)!);
    return [
      {
        id: row.id,
        username: row.username,
        email: row.email,
        reseller: { id: row.resellerId, storeCode: row.storeCode },
        createdAt: row.createdAt,
        bandwidth: { residential: residential!, mobile: mobile! },
        whitelist: row.whitelist,
      },
    ];
  });
}

/** One subuser as lists show it; undefined where there is none, also for another reseller's. */
export async function readSubuserEntry(
  sql: Queryable,
  accountId: bigint | null,
  id: string,
): Promise<(SubuserEntry & { internalId: bigint; accountId: bigint }) | undefined> {
  const [found] = await sql<{ id: bigint; accountId: bigint }[]>`
    SELECT s.id, s.account_id AS "accountId" FROM subuser s WHERE s.public_id = ${id} AND s.deleted_at IS NULL
      ${accountId === null ? sql`` : sql`AND s.account_id = ${accountId}`}`;
  if (!found) return undefined;
  const [entry] = await readEntries(sql, [found.id]);
  return entry && { ...entry, internalId: found.id, accountId: found.accountId };
}
