/** Calls counted in windows, shared by every process on one database. */
import { arrayOf } from '../../db/array.ts';
import type { Queryable } from '../../db/client.ts';
import { DomainError } from '../errors.ts';

export interface RateLimit {
  /** Who is counted, for what: `user-token:account:acc_…`. */
  bucket: string;
  calls: number;
  windowMs: number;
}

/** What a bucket has left after a call was counted in it. */
export interface RateState {
  callsLeft: number;
  /** Until the window ends and the bucket is empty again. */
  resetMs: number;
}

/**
 * Counts one call in each bucket and answers their states, in the order asked; throws RateLimited, with the longest wait, when
 * one was full already. A window opens with the first call after the last one ended. Given a transaction, a call that is
 * undone is not counted either.
 */
export async function takeRate(
  sql: Queryable,
  limits: readonly RateLimit[],
  now: Date,
): Promise<RateState[]> {
  // In the order of their names, so that two callers with the same buckets cannot wait for each other.
  const ordered = [...limits].sort((a, b) => (a.bucket < b.bucket ? -1 : 1));
  const rows = await sql<{ bucket: string; ends_at: Date; calls: number }[]>`
    INSERT INTO rate_window AS w (bucket, ends_at, calls)
      SELECT bucket, ends_at, 1 FROM unnest(${arrayOf(ordered.map((limit) => limit.bucket))}::text[],
        ${arrayOf(ordered.map((limit) => new Date(now.getTime() + limit.windowMs)))}::timestamptz[]) AS item (bucket, ends_at)
      ON CONFLICT (bucket) DO UPDATE SET
        ends_at = CASE WHEN w.ends_at <= ${now} THEN excluded.ends_at ELSE w.ends_at END,
        calls = CASE WHEN w.ends_at <= ${now} THEN 1 ELSE w.calls + 1 END
      RETURNING bucket, ends_at, calls`;
  const allowed = new Map(limits.map((limit) => [limit.bucket, limit.calls]));
  const full = rows.filter((row) => row.calls > allowed.get(row.bucket)!);
  if (full.length > 0) {
    const waitMs = Math.max(...full.map((row) => row.ends_at.getTime() - now.getTime()));
    throw new DomainError('RateLimited', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });
  }
  return limits.map(({ bucket, calls }) => {
    const row = rows.find((entry) => entry.bucket === bucket)!;
    return { callsLeft: calls - row.calls, resetMs: row.ends_at.getTime() - now.getTime() };
  });
}
