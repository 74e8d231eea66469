/** What a reseller sees first: what it has, what flows, how long it lasts. */
import type { Queryable, Sql } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { PRODUCTS, type Product } from '../../shared/products.ts';
import type { Standing } from '../accounts/resellers.ts';
import { countSubscriptions, type SubscriptionCounts } from '../subscriptions/read.ts';
import { readUsageNow, type UsageNow } from '../usage/series.ts';
import { dailyRate, daysLeft, NOW_MINUTES } from './owner.ts';

export interface PoolState {
  product: Product;
  /** Not allocated. */
  pooledBytes: bigint;
  /** With subusers, not used. */
  allocatedBytes: bigint;
  /** By the subusers there are. */
  usedBytes: bigint;
  /** A day, over the last seven whole days and today. */
  dailyBytes: bigint;
  /** How long pooled and allocated bytes last at this rate; null when nothing is used. */
  daysLeft: number | null;
}

export interface SubuserUse {
  id: string;
  username: string;
  product: Product;
  usedBytes: bigint;
  remainingBytes: bigint;
}

export interface ResellerOverview {
  at: Date;
  pools: PoolState[];
  usage: UsageNow[];
  subusers: number;
  /** Those who have used most of each product, some seconds ago. */
  topSubusers: SubuserUse[];
  subscriptions: SubscriptionCounts;
  balanceCents: bigint;
  creditsFrozen: boolean;
  standing: Standing;
}

const TOP = 10;
const DAY_MS = 86_400_000;

export class ResellerOverviews {
  readonly #sql: Sql;
  readonly #clock: Clock;

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  async read(accountId: bigint): Promise<ResellerOverview> {
    const now = this.#clock.now();
    const sql = this.#sql;
    const [pools, usage, [counts], top, subscriptions, [money]] = await Promise.all([
      readPools(sql, accountId, now),
      readUsageNow(sql, accountId, now, NOW_MINUTES),
      sql<{ subusers: number }[]>`
        SELECT count(*)::int AS subusers FROM subuser_standing
          WHERE account_id = ${accountId} AND product = 'residential'`,
      Promise.all(PRODUCTS.map((product) => readTopSubusers(sql, accountId, product))),
      countSubscriptions(sql, accountId, now),
      sql<{ cents: bigint; frozen: boolean; standing: Standing }[]>`
        SELECT l.balance AS cents, a.credits_frozen AS frozen, a.standing FROM account a
          JOIN account_holding h ON h.account_id = a.id AND h.asset = 'usd' JOIN ledger_account l ON l.id = h.ledger_id
          WHERE a.id = ${accountId}`,
    ]);
    return {
      at: now,
      pools,
      usage,
      subusers: counts!.subusers,
      topSubusers: top.flat(),
      subscriptions,
      balanceCents: money!.cents,
      creditsFrozen: money!.frozen,
      standing: money!.standing,
    };
  }
}

async function readPools(sql: Queryable, accountId: bigint, now: Date): Promise<PoolState[]> {
  const today = new Date(now.getTime() - (now.getTime() % DAY_MS));
  const since = new Date(today.getTime() - 7 * DAY_MS);
  const rows = await sql<(Omit<PoolState, 'dailyBytes' | 'daysLeft'> & { recentBytes: bigint })[]>`
    SELECT h.asset AS product, l.balance AS "pooledBytes", p.remaining AS "allocatedBytes", p.used AS "usedBytes",
        (SELECT coalesce(sum(u.up_bytes + u.down_bytes), 0)::bigint FROM account_usage u
          WHERE u.account_id = h.account_id AND u.product = h.asset AND u.resolution = 'day'
            AND u.start >= ${since}) AS "recentBytes"
      FROM account_holding h JOIN ledger_account l ON l.id = h.ledger_id CROSS JOIN LATERAL (
          SELECT coalesce(sum(remaining_bytes), 0)::bigint AS remaining, coalesce(sum(used_bytes), 0)::bigint AS used
            FROM subuser_standing WHERE account_id = h.account_id AND product = h.asset) p
      WHERE h.account_id = ${accountId} AND h.asset <> 'usd' ORDER BY h.asset DESC`;
  return rows.map(({ recentBytes, ...pool }) => {
    const dailyBytes = dailyRate(recentBytes, now.getTime() - since.getTime());
    const left = daysLeft(pool.pooledBytes + pool.allocatedBytes, dailyBytes);
    return { ...pool, dailyBytes, daysLeft: left ?? null };
  });
}

async function readTopSubusers(sql: Queryable, accountId: bigint, product: Product): Promise<SubuserUse[]> {
  return sql<SubuserUse[]>`
    SELECT s.public_id AS id, s.username, p.product, p.used_bytes AS "usedBytes", p.remaining_bytes AS "remainingBytes"
      FROM subuser_standing p JOIN subuser s ON s.id = p.subuser_id
      WHERE p.account_id = ${accountId} AND p.product = ${product} AND p.used_bytes > 0
      ORDER BY p.used_bytes DESC, p.subuser_id DESC LIMIT ${TOP}`;
}
