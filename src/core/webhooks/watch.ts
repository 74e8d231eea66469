/** What no command does and is to be told all the same: a quota that is used up, a period that nears its end. */
import { arrayOf } from '../../db/array.ts';
import type { Queryable, Sql, Tx } from '../../db/client.ts';
import { inTransaction } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Product } from '../../shared/products.ts';
import { tell } from './tell.ts';
import type { WebhookType } from './types.ts';

/** Parts of the quota, in percent, that are told. */
const WARNING_PERCENT = 80;
/** Use is looked at that was reported within this time. Longer than the pause between two looks, by far. */
const RECENT_MS = 10 * 60_000;
/** How long before its end a subscription is announced. */
export const EXPIRING_BEFORE_MS = 3 * 24 * 3600_000;
const BATCH = 500;

const QUOTA_TYPES: readonly WebhookType[] = ['quota.warning', 'quota.reached'];
const EXPIRY_TYPES: readonly WebhookType[] = ['subscription.expiring'];

/** An endpoint that hears one of these. */
function hears(sql: Queryable, types: readonly WebhookType[]) {
  return sql`e.deleted_at IS NULL AND e.enabled
    AND (cardinality(e.types) = 0 OR e.types && ${arrayOf([...types])}::text[])`;
}

/** Someone is told about the account `a`. */
function someoneListens(tx: Tx, types: readonly WebhookType[]) {
  return tx`EXISTS (
    SELECT FROM webhook_endpoint e JOIN account listener ON listener.id = e.account_id
      WHERE ${hears(tx, types)} AND (listener.is_owner OR listener.id = a.id))`;
}

/** Asked first: where nobody listens at all, which is the usual case, nothing else is looked at. */
async function nobodyListens(sql: Sql, types: readonly WebhookType[]): Promise<boolean> {
  return (await sql`SELECT FROM webhook_endpoint e WHERE ${hears(sql, types)} LIMIT 1`).length === 0;
}

/** Tells of subusers that have used 80 % or all of what they were allocated. Each part once, until more is allocated. */
export async function watchQuotas(sql: Sql, clock: Clock): Promise<void> {
  if (await nobodyListens(sql, QUOTA_TYPES)) return;
  const now = clock.now();
  await inTransaction(sql, async (tx) => {
    const rows = await tx<
      {
        id: string;
        username: string;
        accountId: bigint;
        product: Product;
        allocatedBytes: bigint;
        usedBytes: bigint;
        percent: number;
      }[]
    >`
      WITH active AS MATERIALIZED (
        SELECT DISTINCT subuser_id, product FROM usage_until_now
          WHERE resolution = 'minute' AND start > ${new Date(now.getTime() - RECENT_MS)}),
      reached AS MATERIALIZED (
        SELECT s.id, s.public_id, s.username, s.account_id, f.product, f.allocated_bytes, f.used_bytes,
            CASE WHEN f.used_bytes >= f.allocated_bytes THEN 100 ELSE ${WARNING_PERCENT}::int END AS percent
          FROM active JOIN subuser s ON s.id = active.subuser_id AND s.deleted_at IS NULL JOIN account a ON a.id = s.account_id
            JOIN subuser_figures f ON f.subuser_id = s.id AND f.product = active.product
          WHERE f.used_bytes * 100 >= f.allocated_bytes * ${WARNING_PERCENT}::int AND f.allocated_bytes > 0
            AND ${someoneListens(tx, QUOTA_TYPES)}),
      told AS (
        INSERT INTO webhook_quota_told AS t (subuser_id, product, percent, allocated_bytes)
          SELECT id, product, percent, allocated_bytes FROM reached ORDER BY id, product
          ON CONFLICT (subuser_id, product) DO UPDATE SET percent = excluded.percent, allocated_bytes = excluded.allocated_bytes
            WHERE t.percent < excluded.percent OR t.allocated_bytes < excluded.allocated_bytes
          RETURNING subuser_id, product)
      SELECT r.public_id AS id, r.username, r.account_id AS "accountId", r.product, r.allocated_bytes AS "allocatedBytes",
          r.used_bytes AS "usedBytes", r.percent FROM reached r JOIN told ON told.subuser_id = r.id AND told.product = r.product`;
    await tell(
      tx,
      rows.map(({ id, username, accountId, product, allocatedBytes, usedBytes, percent }) => ({
        type: percent === 100 ? 'quota.reached' : 'quota.warning',
        accountId,
        data: { subuser: { id, username }, product, allocatedBytes, usedBytes, percent },
      })),
      now,
    );
  });
}

/** Tells of subscriptions whose period ends within three days. Each end once. */
export async function watchExpiring(sql: Sql, clock: Clock): Promise<void> {
  if (await nobodyListens(sql, EXPIRY_TYPES)) return;
  const now = clock.now();
  for (let found = BATCH; found === BATCH; ) {
    found = await inTransaction(sql, async (tx) => {
      const rows = await tx<
        { id: string; accountId: bigint; periodEnd: Date; autoRenewal: boolean; canceled: boolean }[]
      >`
        WITH near AS MATERIALIZED (
          SELECT s.id, s.public_id, s.account_id, s.period_end, s.auto_renewal, s.canceled
            FROM subscription s JOIN account a ON a.id = s.account_id
            WHERE s.status IN ('ACTIVE', 'SUSPENDED') AND s.period_end > ${now}
              AND s.period_end <= ${new Date(now.getTime() + EXPIRING_BEFORE_MS)}
              AND NOT EXISTS (SELECT FROM webhook_expiry_told t WHERE t.subscription_id = s.id AND t.period_end = s.period_end)
              AND ${someoneListens(tx, EXPIRY_TYPES)}
            ORDER BY s.id LIMIT ${BATCH}),
        told AS (
          INSERT INTO webhook_expiry_told AS t (subscription_id, period_end) SELECT id, period_end FROM near
            ON CONFLICT (subscription_id) DO UPDATE SET period_end = excluded.period_end
              WHERE t.period_end <> excluded.period_end RETURNING subscription_id)
        SELECT public_id AS id, account_id AS "accountId", period_end AS "periodEnd", auto_renewal AS "autoRenewal", canceled
          FROM near JOIN told ON told.subscription_id = near.id`;
      await tell(
        tx,
        rows.map(({ accountId, id, periodEnd, autoRenewal, canceled }) => ({
          type: 'subscription.expiring',
          accountId,
          data: { subscription: { id }, periodEnd, autoRenewal: autoRenewal && !canceled, canceled },
        })),
        now,
      );
      return rows.length;
    });
  }
}
