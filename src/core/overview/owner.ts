/** What the owner sees first: how much flows, what was sold, what came in, and what needs a person. */
import { arrayOf } from '../../db/array.ts';
import type { Queryable, Sql } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Product } from '../../shared/products.ts';
import { LEASE_VALID_MS } from '../leases/leases.ts';
import type { JobRuns, JobState } from '../operations/job-runs.ts';
import type { Settings } from '../settings/settings.ts';
import { readUsageNow, type UsageNow } from '../usage/series.ts';

/** Where the bytes of a product are that the provider ever issued. The rest of them is consumed. */
export interface StockOverview {
  product: Product;
  soldBytes: bigint;
  /** In resellers' pools, not allocated. */
  pooledBytes: bigint;
  /** With subusers, not used. */
  allocatedBytes: bigint;
  consumedBytes: bigint;
  /** Taken for services. */
  feeBytes: bigint;
}

export interface MoneyDay {
  /** The beginning of the day, in UTC. */
  day: Date;
  /** Paid in by resellers, less what was taken back. */
  receivedCents: bigint;
  /** Given without having been paid in: grants and vouchers, less what was taken back. */
  grantedCents: bigint;
  /** Earned by subscriptions, without tax, less what was given back. */
  revenueCents: bigint;
}

export interface ResellerUse {
  id: string;
  storeCode: string;
  storeName: string;
  bytes: Record<Product, bigint>;
}

export interface GatewayState {
  /** Its session. */
  id: string;
  name: string;
  openedAt: Date;
  heartbeatAt: Date;
  /** Its leases are valid: it was heard from a moment ago. */
  alive: boolean;
  leases: number;
  /** Leased to it and not reported as used. */
  heldBytes: bigint;
  /** Connections of subscriptions that it may hold open. */
  seats: number;
}

export interface LowPool {
  resellerId: string;
  storeCode: string;
  storeName: string;
  product: Product;
  /** In the pool and with its subusers. */
  leftBytes: bigint;
  /** Used a day, over the last seven whole days and today. */
  dailyBytes: bigint;
  daysLeft: number;
}

export interface ExpiringSubscription {
  id: string;
  resellerId: string;
  storeCode: string;
  periodEnd: Date;
  autoRenewal: boolean;
}

export interface Attention {
  /** Accounts whose credit log and own ledger differ, and nobody has resolved that yet. */
  openReviews: number;
  lowPools: LowPool[];
  expiringSubscriptions: { count: number; first: ExpiringSubscription[] };
  failingJobs: JobState[];
  /** Credit events that were reported again with another kind or amount, in the last 30 days. */
  creditMismatches: number;
  /** Gateways that were not heard from lately and are not closed yet. */
  silentGateways: number;
}

export interface OwnerOverview {
  at: Date;
  usage: UsageNow[];
  stock: StockOverview[];
  resellers: number;
  subusers: number;
  activeSubscriptions: number;
  /** Today last. */
  money: MoneyDay[];
  topResellers: ResellerUse[];
  gateways: GatewayState[];
  attention: Attention;
}

/** "Now" is this and the five minutes before. */
export const NOW_MINUTES = 5;
const MONEY_DAYS = 30;
const TOP = 10;
const DAY_MS = 86_400_000;

export class OwnerOverviews {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #settings: Settings;
  readonly #jobRuns: JobRuns;

  constructor(sql: Sql, clock: Clock, settings: Settings, jobRuns: JobRuns) {
    this.#sql = sql;
    this.#clock = clock;
    this.#settings = settings;
    this.#jobRuns = jobRuns;
  }

  async read(): Promise<OwnerOverview> {
    const now = this.#clock.now();
    const sql = this.#sql;
    const [usage, stock, counts, money, topResellers, gateways, attention] = await Promise.all([
      readUsageNow(sql, null, now, NOW_MINUTES),
      readStock(sql),
      readCounts(sql, now),
      readMoney(sql, now),
      readTopResellers(sql, now),
      readGateways(sql, now),
      this.attention(),
    ]);
    return { at: now, usage, stock, ...counts, money, topResellers, gateways, attention };
  }

  async gateways(): Promise<GatewayState[]> {
    return readGateways(this.#sql, this.#clock.now());
  }

  /** What needs a person. */
  async attention(): Promise<Attention> {
    const now = this.#clock.now();
    const { lowPoolDays, expiringDays } = await this.#settings.read();
    const [[reviews], lowPools, expiringSubscriptions, jobs, mismatches, gateways] = await Promise.all([
      this.#sql<{ count: number }[]>`SELECT count(*)::int AS count FROM review WHERE resolved_at IS NULL`,
      readLowPools(this.#sql, now, Number(lowPoolDays)),
      readExpiring(this.#sql, now, Number(expiringDays)),
      this.#jobRuns.list(),
      this.#sql<{ count: number }[]>`
        SELECT count(*)::int AS count FROM credit_event_mismatch WHERE at >= ${new Date(now.getTime() - 30 * DAY_MS)}`,
      readGateways(this.#sql, now),
    ]);
    return {
      openReviews: reviews!.count,
      lowPools,
      expiringSubscriptions,
      failingJobs: jobs.filter((job) => job.failuresInARow > 0 || job.isLate),
      creditMismatches: mismatches[0]!.count,
      silentGateways: gateways.filter((gateway) => !gateway.alive).length,
    };
  }
}

async function readStock(sql: Queryable): Promise<StockOverview[]> {
  const rows = await sql<Omit<StockOverview, 'consumedBytes'>[]>`
    SELECT issued.asset AS product, -issued.balance AS "soldBytes", fees.balance AS "feeBytes",
        (SELECT coalesce(sum(l.balance), 0) FROM account_holding h JOIN ledger_account l ON l.id = h.ledger_id
          WHERE h.asset = issued.asset)::bigint AS "pooledBytes",
        (SELECT coalesce(sum(p.remaining_bytes), 0) FROM subuser_standing p
          WHERE p.product = issued.asset)::bigint AS "allocatedBytes"
      FROM ledger_account issued JOIN ledger_account fees ON fees.asset = issued.asset AND fees.kind = 'fees'
        AND fees.parent_id IS NULL
      WHERE issued.kind = 'issued' AND issued.parent_id IS NULL ORDER BY issued.asset DESC`;
  return rows.map((row) => {
    // Nothing is lost in the ledger: what is nowhere else was consumed. Allocated bytes are some seconds old.
    const consumed = row.soldBytes - row.pooledBytes - row.allocatedBytes - row.feeBytes;
    return { ...row, consumedBytes: consumed > 0n ? consumed : 0n };
  });
}

async function readCounts(sql: Queryable, now: Date) {
  const [row] = await sql<{ resellers: number; subusers: number; activeSubscriptions: number }[]>`
    SELECT (SELECT count(*)::int FROM account WHERE tier = 'RESELLER') AS resellers,
        (SELECT count(*)::int FROM subuser_standing WHERE product = 'residential') AS subusers,
        (SELECT count(*)::int FROM subscription WHERE status IN ('ACTIVE', 'SUSPENDED') AND period_end > ${now}
          AND status = 'ACTIVE') AS "activeSubscriptions"`;
  return row!;
}

async function readMoney(sql: Queryable, now: Date): Promise<MoneyDay[]> {
  const today = new Date(now.getTime() - (now.getTime() % DAY_MS));
  const from = new Date(today.getTime() - (MONEY_DAYS - 1) * DAY_MS);
  const rows = await sql<{ kind: string; day: Date; cents: bigint }[]>`
    SELECT root.kind, date_trunc('day', t.at, 'UTC') AS day, sum(t.cents)::bigint AS cents
      FROM ledger_account root CROSS JOIN LATERAL (
          SELECT at, amount AS cents FROM ledger_transfer WHERE debit_id = root.id AND at >= ${from}
          UNION ALL SELECT at, -amount FROM ledger_transfer WHERE credit_id = root.id AND at >= ${from}) t
      WHERE root.asset = 'usd' AND root.parent_id IS NULL AND root.kind IN ('received', 'granted', 'revenue')
      GROUP BY 1, 2`;
  const of = new Map(rows.map(({ kind, day, cents }) => [`${kind} ${day.getTime()}`, cents]));
  return Array.from({ length: MONEY_DAYS }, (_, index) => {
    const day = new Date(from.getTime() + index * DAY_MS);
    const cents = (kind: string) => of.get(`${kind} ${day.getTime()}`) ?? 0n;
    // Money leaves the first two for accounts; it arrives in the third.
    return {
      day,
      receivedCents: cents('received'),
      grantedCents: cents('granted'),
      revenueCents: -cents('revenue'),
    };
  });
}

async function readTopResellers(sql: Queryable, now: Date): Promise<ResellerUse[]> {
  const from = new Date(now.getTime() - (now.getTime() % DAY_MS) - 29 * DAY_MS);
  const rows = await sql<(Omit<ResellerUse, 'bytes'> & Record<Product, bigint>)[]>`
    SELECT a.public_id AS id, coalesce(a.store_code, '') AS "storeCode", coalesce(a.store_name, a.name) AS "storeName",
        coalesce(sum(u.up_bytes + u.down_bytes) FILTER (WHERE u.product = 'residential'), 0)::bigint AS residential,
        coalesce(sum(u.up_bytes + u.down_bytes) FILTER (WHERE u.product = 'mobile'), 0)::bigint AS mobile
      FROM account_usage u JOIN account a ON a.id = u.account_id
      WHERE u.resolution = 'day' AND u.start >= ${from} GROUP BY a.id ORDER BY sum(u.up_bytes + u.down_bytes) DESC, a.id LIMIT ${TOP}`;
  return rows.map(({ residential, mobile, ...reseller }) => ({
    ...reseller,
    bytes: { residential, mobile },
  }));
}

async function readGateways(sql: Queryable, now: Date): Promise<GatewayState[]> {
  return sql<GatewayState[]>`
    SELECT g.id::text AS id, g.name, g.opened_at AS "openedAt", g.heartbeat_at AS "heartbeatAt",
        g.heartbeat_at > ${new Date(now.getTime() - LEASE_VALID_MS)} AS alive, l.leases, l.held AS "heldBytes",
        (SELECT coalesce(sum(u.seats), 0)::int FROM subscription_use u WHERE u.session_id = g.id) AS seats
      FROM gateway_session g CROSS JOIN LATERAL (
          SELECT count(*)::int AS leases,
              coalesce(sum(granted_bytes - reported_up_bytes - reported_down_bytes), 0)::bigint AS held
            FROM lease WHERE session_id = g.id AND closed_at IS NULL) l
      WHERE g.closed_at IS NULL ORDER BY g.name, g.id`;
}

/** Pools that what is used in a day would empty within `days`. */
async function readLowPools(sql: Queryable, now: Date, days: number): Promise<LowPool[]> {
  const today = new Date(now.getTime() - (now.getTime() % DAY_MS));
  const since = new Date(today.getTime() - 7 * DAY_MS);
  const elapsedMs = now.getTime() - since.getTime();
  const used = await sql<{ accountId: bigint; product: Product; bytes: bigint }[]>`
    SELECT account_id AS "accountId", product, sum(up_bytes + down_bytes)::bigint AS bytes FROM account_usage
      WHERE resolution = 'day' AND start >= ${since} GROUP BY 1, 2 HAVING sum(up_bytes + down_bytes) > 0`;
  if (used.length === 0) return [];
  const rows = await sql<(Omit<LowPool, 'dailyBytes' | 'daysLeft'> & { accountId: bigint })[]>`
    SELECT a.id AS "accountId", a.public_id AS "resellerId", a.store_code AS "storeCode", a.store_name AS "storeName",
        h.asset AS product, (l.balance + coalesce((SELECT sum(p.remaining_bytes) FROM subuser_standing p
          WHERE p.account_id = a.id AND p.product = h.asset), 0))::bigint AS "leftBytes"
      FROM unnest(${arrayOf(used.map((row) => row.accountId))}::bigint[], ${arrayOf(used.map((row) => row.product))}::text[])
          AS item (account_id, product)
        JOIN account a ON a.id = item.account_id
        JOIN account_holding h ON h.account_id = a.id AND h.asset = item.product
        JOIN ledger_account l ON l.id = h.ledger_id`;
  return rows
    .map(({ accountId, ...pool }) => {
      const { bytes } = used.find((row) => row.accountId === accountId && row.product === pool.product)!;
      const dailyBytes = dailyRate(bytes, elapsedMs);
      return { ...pool, dailyBytes, daysLeft: daysLeft(pool.leftBytes, dailyBytes) ?? 0 };
    })
    .filter((pool) => pool.dailyBytes > 0n && pool.daysLeft < days)
    .sort((a, b) => a.daysLeft - b.daysLeft)
    .slice(0, 100);
}

/** Bytes a day, from what was used in a time. */
export function dailyRate(bytes: bigint, elapsedMs: number): bigint {
  return (bytes * BigInt(DAY_MS)) / BigInt(Math.max(elapsedMs, 1));
}

/** How long what is left lasts, in days with one decimal; undefined when nothing is used. */
export function daysLeft(leftBytes: bigint, dailyBytes: bigint): number | undefined {
  return dailyBytes > 0n ? Number((leftBytes * 10n) / dailyBytes) / 10 : undefined;
}

async function readExpiring(
  sql: Queryable,
  now: Date,
  days: number,
): Promise<Attention['expiringSubscriptions']> {
  const until = new Date(now.getTime() + days * DAY_MS);
  const due = sql`s.status IN ('ACTIVE', 'SUSPENDED') AND s.period_end > ${now} AND s.period_end <= ${until} AND NOT s.auto_renewal`;
  const [[count], first] = await Promise.all([
    sql<{ count: number }[]>`SELECT count(*)::int AS count FROM subscription s WHERE ${due}`,
    sql<ExpiringSubscription[]>`
      SELECT s.public_id AS id, a.public_id AS "resellerId", coalesce(a.store_code, '') AS "storeCode",
          s.period_end AS "periodEnd", s.auto_renewal AS "autoRenewal"
        FROM subscription s JOIN account a ON a.id = s.account_id WHERE ${due} ORDER BY s.period_end, s.id LIMIT ${TOP}`,
  ]);
  return { count: count!.count, first };
}
