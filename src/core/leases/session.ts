/** A gateway's session, locked: whoever holds its row is alone with its leases. */
import { arrayOf } from '../../db/array.ts';
import type { Tx } from '../../db/client.ts';
import { minuteOf, writeLeaseUsage } from '../usage/usage.ts';

export interface LockedSession {
  readonly id: bigint;
  readonly isOpen: boolean;
  /** What is reported counts in this minute. */
  usageMinute: Date;
}

/** Those of these sessions that there are, also ended ones, in the order of their ids. */
export async function lockSessions(tx: Tx, ids: readonly bigint[]): Promise<LockedSession[]> {
  return tx<LockedSession[]>`
    SELECT id, closed_at IS NULL AS "isOpen", usage_minute AS "usageMinute" FROM gateway_session
      WHERE id = ANY (${arrayOf(ids)}::bigint[]) ORDER BY id FOR NO KEY UPDATE`;
}

/**
 * From now on what is reported counts in the minute of `now`; what was reported before is in the series. Answers false when that is so
 * of `atOnce` leases only: the session is still in its minute then, and the rest is for another transaction.
 */
export async function turnMinute(
  tx: Tx,
  session: LockedSession,
  now: Date,
  atOnce: number,
): Promise<boolean> {
  const minute = minuteOf(now);
  if (!session.isOpen || session.usageMinute.getTime() === minute.getTime()) return true;
  if ((await writeLeaseUsage(tx, session, { atMost: atOnce })) === atOnce) return false;
  await tx`UPDATE gateway_session SET usage_minute = ${minute} WHERE id = ${session.id}`;
  session.usageMinute = minute;
  return true;
}
