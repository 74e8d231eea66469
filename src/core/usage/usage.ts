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

/** Adds to the minute, the hour and the day in which `at` lies. */
export async function addUsage(tx: Tx, deltas: readonly UsageDelta[], at: Date): Promise<void> {
  if (deltas.length === 0) return;
  // Summed and in key order: one row is written once per statement, and two writers take rows in the same order.
  await tx`
    INSERT INTO usage_series AS u (subuser_id, product, resolution, start, up_bytes, down_bytes)
      SELECT item.subuser_id, item.product, r.resolution, date_trunc(r.resolution, ${at}::timestamptz, 'UTC'),
          sum(item.up), sum(item.down)
        FROM unnest(${arrayOf(deltas.map((delta) => delta.subuserId))}::bigint[], ${arrayOf(deltas.map((delta) => delta.product))}::text[],
            ${arrayOf(deltas.map((delta) => delta.upBytes))}::bigint[], ${arrayOf(deltas.map((delta) => delta.downBytes))}::bigint[])
            AS item (subuser_id, product, up, down)
          CROSS JOIN (VALUES ('minute'), ('hour'), ('day')) AS r (resolution)
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
      ON CONFLICT (subuser_id, product, resolution, start) DO UPDATE
        SET up_bytes = u.up_bytes + excluded.up_bytes, down_bytes = u.down_bytes + excluded.down_bytes`;
}
