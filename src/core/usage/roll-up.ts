/**
 * Sums use by account and keeps the order of subusers by their figures. Both are made from what is written elsewhere and can be
 * made again, so a run that is lost or done twice harms nothing. They are a few seconds old: what is billed or shown for one
 * subuser is read from the ledger.
 */
import { arrayOf } from '../../db/array.ts';
import { inTransaction, type Sql, type Tx } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';

const ROLL_UP_LOCK = 7107;
const MINUTE_MS = 60_000;
/** A report is committed this long after the time it was counted at, at most, to be in the sums. */
const LATE_COMMIT_MS = 2 * MINUTE_MS;
/** At each run so many subusers are looked at whether or not anything is known to have happened to them. */
const SWEEP = 250;

interface State {
  minute: Date;
  transfer_id: bigint;
  previous_transfer_id: bigint;
}

export class UsageRollUp {
  readonly #sql: Sql;
  readonly #clock: Clock;
  /** The last subuser of the last sweep: all are looked at in turn. */
  #sweptTo = 0n;

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  /** Brings the sums and figures up to now. Does nothing while another process does it. */
  async run(): Promise<void> {
    const nowMs = this.#clock.now().getTime();
    const minute = new Date(nowMs - (nowMs % MINUTE_MS));
    await inTransaction(this.#sql, async (tx) => {
      const [lock] = await tx<
        { taken: boolean }[]
      >`SELECT pg_try_advisory_xact_lock(${ROLL_UP_LOCK}) AS taken`;
      if (!lock!.taken) return;
      const [state] = await tx<State[]>`SELECT minute, transfer_id, previous_transfer_id FROM usage_roll_up`;
      const since = new Date((state?.minute ?? minute).getTime() - LATE_COMMIT_MS);
      await sumByAccount(tx, since);
      const [last] = await tx<{ id: bigint }[]>`SELECT coalesce(max(id), 0) AS id FROM ledger_transfer`;
      const ids = await changedSubusers(tx, since, state?.previous_transfer_id ?? last!.id);
      const swept = await tx<{ id: bigint }[]>`
        SELECT id FROM subuser WHERE id > ${this.#sweptTo} ORDER BY id LIMIT ${SWEEP}`;
      this.#sweptTo = swept.length < SWEEP ? 0n : swept.at(-1)!.id;
      await placeSubusers(tx, [...new Set([...ids, ...swept.map((row) => row.id)])]);
      await tx`
        INSERT INTO usage_roll_up (minute, transfer_id, previous_transfer_id)
          VALUES (${minute}, ${last!.id}, ${last!.id})
          ON CONFLICT (only_one) DO UPDATE SET minute = excluded.minute, transfer_id = excluded.transfer_id,
            previous_transfer_id = usage_roll_up.transfer_id`;
    });
  }
}

/** Sums every minute from `since` on anew, then the hours and days that hold them. */
async function sumByAccount(tx: Tx, since: Date): Promise<void> {
  await tx`
    INSERT INTO account_usage AS a (account_id, product, resolution, start, up_bytes, down_bytes)
      SELECT s.account_id, u.product, 'minute', u.start, sum(u.up_bytes), sum(u.down_bytes)
        FROM usage_series u JOIN subuser s ON s.id = u.subuser_id
        WHERE u.resolution = 'minute' AND u.start >= ${since} GROUP BY 1, 2, 4
      ON CONFLICT (account_id, product, resolution, start) DO UPDATE
        SET up_bytes = excluded.up_bytes, down_bytes = excluded.down_bytes
        WHERE (a.up_bytes, a.down_bytes) <> (excluded.up_bytes, excluded.down_bytes)`;
  for (const [from, to] of [
    ['minute', 'hour'],
    ['hour', 'day'],
  ] as const) {
    await tx`
      INSERT INTO account_usage AS a (account_id, product, resolution, start, up_bytes, down_bytes)
        SELECT account_id, product, ${to}, date_trunc(${to}, start, 'UTC'), sum(up_bytes), sum(down_bytes)
          FROM account_usage WHERE resolution = ${from} AND start >= date_trunc(${to}, ${since}::timestamptz, 'UTC')
          GROUP BY 1, 2, 4
        ON CONFLICT (account_id, product, resolution, start) DO UPDATE
          SET up_bytes = excluded.up_bytes, down_bytes = excluded.down_bytes
          WHERE (a.up_bytes, a.down_bytes) <> (excluded.up_bytes, excluded.down_bytes)`;
  }
}

/** Subusers that used something, or were given or lost bandwidth. */
async function changedSubusers(tx: Tx, since: Date, afterTransfer: bigint): Promise<bigint[]> {
  const rows = await tx<{ id: bigint }[]>`
    SELECT subuser_id AS id FROM usage_series WHERE resolution = 'minute' AND start >= ${since}
    UNION
    SELECT b.subuser_id FROM ledger_transfer t JOIN subuser_bandwidth b ON b.balance_id = t.credit_id
      WHERE t.id > ${afterTransfer} AND t.reason = 'subuser.allocate'
    UNION
    SELECT b.subuser_id FROM ledger_transfer t JOIN subuser_bandwidth b ON b.balance_id = t.debit_id
      WHERE t.id > ${afterTransfer} AND t.reason = 'subuser.withdraw'`;
  return rows.map((row) => row.id);
}

/** Writes the present figures of these subusers, where they differ. One that is deleted has no place. */
async function placeSubusers(tx: Tx, subuserIds: readonly bigint[]): Promise<void> {
  if (subuserIds.length === 0) return;
  await tx`
    UPDATE subuser_standing p SET used_bytes = f.used_bytes, remaining_bytes = f.remaining_bytes
      FROM subuser_figures f
      WHERE f.subuser_id = ANY (${arrayOf(subuserIds)}::bigint[]) AND p.subuser_id = f.subuser_id AND p.product = f.product
        AND (p.used_bytes, p.remaining_bytes) <> (f.used_bytes, f.remaining_bytes)`;
}
