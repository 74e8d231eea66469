/**
 * Sums use by account and keeps the order of subusers by their figures. Both are made from what is written elsewhere and can be
 * made again, so a run that is lost or done twice harms nothing. They are a few seconds old: what is billed or shown for one
 * subuser is read from the ledger.
 */
import { arrayOf } from '../../db/array.ts';
import { findByKeys, inTransaction, type Sql, type Tx } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { minuteOf } from './usage.ts';

const ROLL_UP_LOCK = 7107;
const MINUTE_MS = 60_000;
/** A report is committed this long after the time it was counted at, at most, to be in the sums. */
const LATE_COMMIT_MS = 2 * MINUTE_MS;
/** Reports of the minute before are usually committed by then. */
const USUAL_COMMIT_MS = 10_000;
/** So many open leases are looked at in each run, in turn, and so many of their subusers placed at most. */
const SERVED_AT_ONCE = 2000;
const SERVED_PLACED_AT_ONCE = 500;
/**
 * As long as a lease goes on, a place that is less than this wrong is left as it is: to move one costs more than all the rest. What is
 * settled is placed exactly, so a place is wrong by what was reported on the lease since, at most.
 */
const SERVED_OFF_BYTES = 1_000_000n;
/** What is summed anew in each run grows with the open leases: so does the time to the next run. */
const REST_MS_PER_LEASE = 1;
/** And so many whether or not anything is known to have happened to them. */
const SWEEP = 100;

interface State {
  minute: Date;
  transfer_id: bigint;
  previous_transfer_id: bigint;
}

export class UsageRollUp {
  readonly #sql: Sql;
  readonly #clock: Clock;
  /** The last subusers that were looked at, of all and of those that are served. */
  #sweptTo = 0n;
  #servedTo = 0n;
  #restMs = 0;

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  /** Brings the sums and figures up to now. Does nothing while another process does it. */
  async run(): Promise<void> {
    const nowMs = this.#clock.now().getTime();
    const minute = minuteOf(new Date(nowMs));
    await inTransaction(this.#sql, async (tx) => {
      const [lock] = await tx<
        { taken: boolean }[]
      >`SELECT pg_try_advisory_xact_lock(${ROLL_UP_LOCK}) AS taken`;
      if (!lock!.taken) return;
      const [state] = await tx<State[]>`SELECT minute, transfer_id, previous_transfer_id FROM usage_roll_up`;
      await sumByAccount(tx, changedSince(state, nowMs));
      const [last] = await tx<{ id: bigint }[]>`SELECT coalesce(max(id), 0) AS id FROM ledger_transfer`;
      const changed = await changedSubusers(tx, state?.previous_transfer_id ?? last!.id);
      const served = await this.#servedFarOff(tx);
      const swept = await tx<{ id: bigint }[]>`
        SELECT id FROM subuser WHERE id > ${this.#sweptTo} ORDER BY id LIMIT ${SWEEP}`;
      this.#sweptTo = swept.length < SWEEP ? 0n : swept.at(-1)!.id;
      // For so many the planner would rather read every account of the ledger.
      await findByKeys(tx);
      await placeSubusers(tx, served, SERVED_OFF_BYTES);
      await placeSubusers(tx, [...changed, ...swept], 1n);
      await tx`
        INSERT INTO usage_roll_up (minute, transfer_id, previous_transfer_id)
          VALUES (${minute}, ${last!.id}, ${last!.id})
          ON CONFLICT (only_one) DO UPDATE SET minute = excluded.minute, transfer_id = excluded.transfer_id,
            previous_transfer_id = usage_roll_up.transfer_id`;
      const [open] = await tx<
        { leases: number }[]
      >`SELECT count(*)::int AS leases FROM lease WHERE closed_at IS NULL`;
      this.#restMs = open!.leases * REST_MS_PER_LEASE;
    });
  }

  /** How long to leave it alone after its last run, at least. */
  get restMs(): number {
    return this.#restMs;
  }

  /** The next of those that gateways serve whose place may be wrong by more than is left as it is. */
  async #servedFarOff(tx: Tx): Promise<{ id: bigint }[]> {
    const served = await tx<{ id: bigint; isFarOff: boolean }[]>`
      SELECT subuser_id AS id, reported_up_bytes + reported_down_bytes - settled_bytes >= ${SERVED_OFF_BYTES} AS "isFarOff"
        FROM lease WHERE subuser_id > ${this.#servedTo} AND closed_at IS NULL ORDER BY subuser_id LIMIT ${SERVED_AT_ONCE}`;
    const farOff = served.filter(({ isFarOff }) => isFarOff).slice(0, SERVED_PLACED_AT_ONCE);
    if (farOff.length === SERVED_PLACED_AT_ONCE) this.#servedTo = farOff.at(-1)!.id;
    else this.#servedTo = served.length < SERVED_AT_ONCE ? 0n : served.at(-1)!.id;
    return farOff;
  }
}

/**
 * From when on minutes may have changed. Usually only the present one does; when it is new, what came late for those before it is
 * looked for.
 */
function changedSince(state: State | undefined, nowMs: number): Date {
  const current = minuteOf(new Date(nowMs - USUAL_COMMIT_MS)).getTime();
  const last = state?.minute.getTime() ?? current;
  const isNew = last !== minuteOf(new Date(nowMs)).getTime();
  return new Date(isNew ? Math.min(last, current) - LATE_COMMIT_MS : current);
}

/** Sums every minute from `since` on anew, then the hours and days that hold them. */
async function sumByAccount(tx: Tx, since: Date): Promise<void> {
  await tx`
    INSERT INTO account_usage AS a (account_id, product, resolution, start, up_bytes, down_bytes)
      SELECT s.account_id, u.product, 'minute', u.start, sum(u.up_bytes), sum(u.down_bytes)
        FROM usage_until_now u JOIN subuser s ON s.id = u.subuser_id
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

/**
 * Subusers that were given or lost bandwidth, and those whose lease was settled or ended. Of one whose lease goes on, what is reported
 * moves nothing in the ledger.
 */
async function changedSubusers(tx: Tx, afterTransfer: bigint): Promise<{ id: bigint }[]> {
  return tx<{ id: bigint }[]>`
    SELECT b.subuser_id AS id FROM ledger_transfer t JOIN subuser_bandwidth b ON b.balance_id = t.credit_id
      WHERE t.id > ${afterTransfer} AND t.reason IN ('subuser.allocate', 'lease.return')
    UNION
    SELECT b.subuser_id FROM ledger_transfer t JOIN subuser_bandwidth b ON b.balance_id = t.debit_id
      WHERE t.id > ${afterTransfer} AND t.reason IN ('subuser.withdraw', 'lease.late')
    UNION
    SELECT b.subuser_id FROM ledger_transfer t JOIN subuser_bandwidth b ON b.leased_id = t.debit_id
      WHERE t.id > ${afterTransfer} AND t.reason = 'lease.settle'`;
}

const MOST_AT_ONCE = 500;

/** Writes the present figures of these subusers, where they differ by so much. One that is deleted has no place. */
async function placeSubusers(tx: Tx, subusers: readonly { id: bigint }[], byBytes: bigint): Promise<void> {
  if (subusers.length === 0) return;
  const ids = [...new Set(subusers.map(({ id }) => id))];
  for (let first = 0; first < ids.length; first += MOST_AT_ONCE) {
    await tx`
      UPDATE subuser_standing p SET used_bytes = f.used_bytes, remaining_bytes = f.remaining_bytes
        FROM subuser_figures f
        WHERE f.subuser_id = ANY (${arrayOf(ids.slice(first, first + MOST_AT_ONCE))}::bigint[])
          AND p.subuser_id = f.subuser_id AND p.product = f.product
          AND greatest(abs(p.used_bytes - f.used_bytes), abs(p.remaining_bytes - f.remaining_bytes)) >= ${byBytes}`;
  }
}
