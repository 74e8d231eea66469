/** The usage series: what was relayed, by UTC minute, hour and day. */
import { arrayOf } from '../../db/array.ts';
import type { Tx } from '../../db/client.ts';
import type { Product } from '../../shared/products.ts';

export interface UsageDelta {
  subuserId: bigint;
  product: Product;
  upBytes: bigint;
  downBytes: bigint;
}

const MINUTE_MS = 60_000;
/** By minute, by hour and by day. */
const RESOLUTIONS = 3;

/** The beginning of the UTC minute in which `at` lies. */
export function minuteOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);
}

/** Adds to the minute, the hour and the day in which `at` lies. */
export async function addUsage(tx: Tx, deltas: readonly UsageDelta[], at: Date): Promise<void> {
  if (deltas.length === 0) return;
  // Summed: one row is written once per statement.
  await tx`
    WITH item AS (
      SELECT subuser_id, product, sum(up)::bigint AS up, sum(down)::bigint AS down
        FROM unnest(${arrayOf(deltas.map((delta) => delta.subuserId))}::bigint[], ${arrayOf(deltas.map((delta) => delta.product))}::text[],
          ${arrayOf(deltas.map((delta) => delta.upBytes))}::bigint[], ${arrayOf(deltas.map((delta) => delta.downBytes))}::bigint[])
          AS delta (subuser_id, product, up, down) GROUP BY 1, 2)
    ${intoSeries(tx, at)}`;
}

/** Which of a session's open leases. */
export type WhichLeases = { readonly ids: readonly bigint[] } | { readonly atMost: number };

/**
 * Moves what open leases of a session hold of its minute into the series; answers of how many leases. The caller has locked the
 * session's row.
 */
export async function writeLeaseUsage(
  tx: Tx,
  { id, usageMinute }: { readonly id: bigint; readonly usageMinute: Date },
  which?: WhichLeases,
): Promise<number> {
  const some =
    which === undefined
      ? tx``
      : 'ids' in which
        ? tx`AND id = ANY (${arrayOf(which.ids)}::bigint[])`
        : tx`LIMIT ${which.atMost}`;
  // A session has one open lease for a subuser's one product, and each gives three rows.
  const { count } = await tx`
    WITH item AS MATERIALIZED (
      SELECT id, subuser_id, product, minute_up_bytes AS up, minute_down_bytes AS down FROM lease
        WHERE session_id = ${id} AND closed_at IS NULL AND (minute_up_bytes > 0 OR minute_down_bytes > 0) ${some}),
    emptied AS (
      UPDATE lease l SET minute_up_bytes = 0, minute_down_bytes = 0 FROM item WHERE l.id = item.id)
    ${intoSeries(tx, usageMinute)}`;
  return count / RESOLUTIONS;
}

/** Of rows `item` with subuser_id, product, up and down; in key order, so that two writers take rows in the same order. */
function intoSeries(tx: Tx, at: Date) {
  return tx`
    INSERT INTO usage_series AS u (subuser_id, product, resolution, start, up_bytes, down_bytes)
      SELECT item.subuser_id, item.product, period.resolution, period.start, item.up, item.down
        FROM item CROSS JOIN (
          SELECT resolution, date_trunc(resolution, ${at}::timestamptz, 'UTC') AS start
            FROM unnest(ARRAY['minute', 'hour', 'day']) AS resolution OFFSET 0) AS period
        ORDER BY 1, 2, 3
      ON CONFLICT (subuser_id, product, resolution, start) DO UPDATE
        SET up_bytes = u.up_bytes + excluded.up_bytes, down_bytes = u.down_bytes + excluded.down_bytes`;
}
