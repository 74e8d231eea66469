/** Reads of use by period: of one subuser, of all subusers of an account, of everybody. */
import type { Queryable, Sql } from '../../db/client.ts';
import type { Product } from '../../shared/products.ts';
import { invalidField } from '../errors.ts';

export const RESOLUTIONS = ['minute', 'hour', 'day'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

export interface UsagePoint {
  product: Product;
  /** The beginning of the period, in UTC. */
  start: Date;
  upBytes: bigint;
  downBytes: bigint;
}

export interface UsageRange {
  resolution: Resolution;
  from: Date;
  /** Not part of it any more. */
  to: Date;
}

/** Most periods in one answer: a day of minutes, two months of hours, four years of days. */
const MAX_PERIODS = 1500;
const PERIOD_MS: Record<Resolution, number> = { minute: 60_000, hour: 3600_000, day: 86_400_000 };

/** Throws InvalidField for a range that is empty, or longer than one answer holds. */
export function checkRange({ resolution, from, to }: UsageRange): void {
  if (to <= from) throw invalidField('to', 'later than from');
  if (to.getTime() - from.getTime() > MAX_PERIODS * PERIOD_MS[resolution]) {
    throw invalidField('from', `at most ${MAX_PERIODS} ${resolution}s before to`);
  }
}

/** What is used now and was used lately, of one product. */
export interface UsageNow {
  product: Product;
  /** Over the last whole minutes that `minutes` counts, and the current one as far as it has come. */
  lastMinutesBytes: bigint;
  todayBytes: bigint;
  last30DaysBytes: bigint;
}

export class UsageSeries {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /**
   * What one subuser used, also a deleted one. Periods without use are left out. The caller has made sure that whoever asks may
   * see it.
   */
  async ofSubuser(internalId: bigint, range: UsageRange): Promise<UsagePoint[]> {
    checkRange(range);
    return this.#sql<UsagePoint[]>`
      SELECT product, start, sum(up_bytes)::bigint AS "upBytes", sum(down_bytes)::bigint AS "downBytes" FROM usage_until_now
        WHERE subuser_id = ${internalId} AND product IN ('residential', 'mobile') AND resolution = ${range.resolution}
          AND start >= ${range.from} AND start < ${range.to} GROUP BY 1, 2 ORDER BY 2, 1`;
  }

  /** What all subusers of an account used. */
  async ofAccount(accountId: bigint, range: UsageRange): Promise<UsagePoint[]> {
    checkRange(range);
    return this.#sql<UsagePoint[]>`
      SELECT product, start, up_bytes AS "upBytes", down_bytes AS "downBytes" FROM account_usage
        WHERE account_id = ${accountId} AND product IN ('residential', 'mobile') AND resolution = ${range.resolution}
          AND start >= ${range.from} AND start < ${range.to} ORDER BY start, product`;
  }

  /** What everybody used. */
  async ofAll(range: UsageRange): Promise<UsagePoint[]> {
    checkRange(range);
    return this.#sql<UsagePoint[]>`
      SELECT product, start, sum(up_bytes)::bigint AS "upBytes", sum(down_bytes)::bigint AS "downBytes" FROM account_usage
        WHERE resolution = ${range.resolution} AND start >= ${range.from} AND start < ${range.to}
        GROUP BY 1, 2 ORDER BY 2, 1`;
  }
}

/** Sums of use at `now`, by product; of one account, or of all. */
export async function readUsageNow(
  sql: Queryable,
  accountId: bigint | null,
  now: Date,
  minutes: number,
): Promise<UsageNow[]> {
  const dayStart = new Date(now.getTime() - (now.getTime() % PERIOD_MS.day));
  const minuteStart = now.getTime() - (now.getTime() % PERIOD_MS.minute);
  const since = new Date(minuteStart - minutes * PERIOD_MS.minute);
  const monthAgo = new Date(dayStart.getTime() - 29 * PERIOD_MS.day);
  const whose = accountId === null ? sql`` : sql`AND account_id = ${accountId}`;
  return sql<UsageNow[]>`
    SELECT product.name AS product, coalesce(m.bytes, 0)::bigint AS "lastMinutesBytes",
        coalesce(d.today, 0)::bigint AS "todayBytes", coalesce(d.month, 0)::bigint AS "last30DaysBytes"
      FROM (VALUES ('residential'), ('mobile')) AS product (name)
        LEFT JOIN (
          SELECT product, sum(up_bytes + down_bytes) AS bytes FROM account_usage
            WHERE resolution = 'minute' AND start >= ${since} ${whose} GROUP BY 1) m ON m.product = product.name
        LEFT JOIN (
          SELECT product, sum(up_bytes + down_bytes) FILTER (WHERE start >= ${dayStart}) AS today,
              sum(up_bytes + down_bytes) AS month FROM account_usage
            WHERE resolution = 'day' AND start >= ${monthAgo} ${whose} GROUP BY 1) d ON d.product = product.name`;
}
