/**
 * Holds our events against their lines, by reference. A slice at a time, each in a transaction of its own: what is done is not
 * done again, progress can be seen, and memory stays flat, here and in the database.
 */
import type { Sql, Tx } from '../../db/client.ts';
import { inTransaction } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { auditWriting } from '../audit/audit.ts';
import { openReview } from '../reviews/reviews.ts';
import { tell } from '../webhooks/tell.ts';

export const SLICES = 16;
const ACTOR = { name: 'system', accountId: null, door: 'job' } as const;

export const DIFFERENCE_SORTS = [
  'missing_here',
  'missing_there',
  'amount_differs',
  'kind_differs',
  'doubled',
] as const;
export type DifferenceSort = (typeof DIFFERENCE_SORTS)[number];

interface Run {
  id: bigint;
  public_id: string;
  account_id: bigint;
  period_from: Date;
  period_to: Date;
  grace_seconds: number;
  tolerance_cents: bigint;
  review_from: number;
  our_events: bigint | null;
  slices_done: number;
}

/** Brings every reconciliation that has been read to its end. */
export async function matchAll(sql: Sql, clock: Clock, ending: AbortSignal): Promise<void> {
  while (!ending.aborted && (await step(sql, clock)));
}

/** One step of the oldest one that nobody else is at. */
async function step(sql: Sql, clock: Clock): Promise<boolean> {
  return inTransaction(sql, async (tx) => {
    const [run] = await tx<Run[]>`
      SELECT id, public_id, account_id, period_from, period_to, grace_seconds, tolerance_cents, review_from, our_events, slices_done
        FROM reconciliation WHERE status = 'matching' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`;
    if (!run) return false;
    await tx`SET LOCAL statement_timeout = 0`;
    // Of parts of one statement the planner knows no sizes, and would compare each line with each.
    await tx`SET LOCAL enable_nestloop = off`;
    if (run.our_events === null) await layOurs(tx, run);
    else if (run.slices_done < SLICES) await matchSlice(tx, run, clock.now());
    else await finish(tx, run, clock.now());
    return true;
  });
}

/** Copies our events of the period, and those that may belong to lines at its ends, beside theirs. */
async function layOurs(tx: Tx, run: Run): Promise<void> {
  const { first, last } = widened(run);
  await tx`
    INSERT INTO reconciliation_line (reconciliation_id, is_ours, slice, n, external_ref, kind, amount_cents, at)
      SELECT ${run.id}, true, ${sliceOf(tx, tx`external_ref`)}, seq, external_ref, kind, amount_cents, at FROM credit_event
        WHERE account_id = ${run.account_id} AND at >= ${first} AND at < ${last}`;
  await tx`
    UPDATE reconciliation SET our_events = (
        SELECT count(*) FROM credit_event WHERE account_id = ${run.account_id} AND at >= ${run.period_from} AND at < ${run.period_to})
      WHERE id = ${run.id}`;
}

/** Which slice a reference is in. */
export function sliceOf(tx: Tx | Sql, reference: ReturnType<Tx>) {
  return tx`(hashtextextended(${reference}, 0) & ${SLICES - 1})::smallint`;
}

function widened({ period_from, period_to, grace_seconds }: Run): { first: Date; last: Date } {
  const graceMs = grace_seconds * 1000;
  return {
    first: new Date(period_from.getTime() - graceMs),
    last: new Date(period_to.getTime() + graceMs),
  };
}

/**
 * Lines of one reference are paired: first those that are the same, then the rest in order. What is left over is missing on the
 * other side, or, where the other side has the reference too or it is left over twice, doubled.
 */
async function matchSlice(tx: Tx, run: Run, now: Date): Promise<void> {
  const { first, last } = widened(run);
  const { period_from: from, period_to: to } = run;
  const graceMs = run.grace_seconds * 1000;
  const fromSure = new Date(from.getTime() + graceMs);
  const toSure = new Date(to.getTime() - graceMs);
  const settled = new Date(now.getTime() - graceMs);
  await tx`
    WITH line AS MATERIALIZED (
      SELECT is_ours, n, external_ref AS ref, kind, amount_cents AS cents, at,
          at IS NULL OR (at >= ${from} AND at < ${to}) AS inside,
          row_number() OVER (PARTITION BY is_ours, external_ref, kind, amount_cents ORDER BY n) AS k
        FROM reconciliation_line
        WHERE reconciliation_id = ${run.id} AND slice = ${run.slices_done} AND (at IS NULL OR (at >= ${first} AND at < ${last}))),
    same AS MATERIALIZED (
      SELECT o.n AS our_n, t.n AS their_n, o.inside OR t.inside AS inside
        FROM line o JOIN line t ON NOT t.is_ours AND t.ref = o.ref AND t.kind = o.kind AND t.cents = o.cents AND t.k = o.k
        WHERE o.is_ours),
    place AS MATERIALIZED (
      SELECT ref, bool_or(is_ours) AND NOT bool_and(is_ours) AS on_both FROM line GROUP BY ref),
    rest AS MATERIALIZED (
      SELECT line.*, row_number() OVER (PARTITION BY is_ours, ref ORDER BY kind, cents, n) AS place, place.on_both AS known_there
        FROM line JOIN place USING (ref)
          LEFT JOIN same our ON line.is_ours AND our.our_n = line.n LEFT JOIN same their ON NOT line.is_ours AND their.their_n = line.n
        WHERE our.our_n IS NULL AND their.their_n IS NULL),
    pair AS MATERIALIZED (
      SELECT coalesce(o.ref, t.ref) AS ref, o.n AS our_seq, o.kind AS our_kind, o.cents AS our_cents, o.at AS our_at,
          t.n AS their_line, t.kind AS their_kind, t.cents AS their_cents, t.at AS their_at,
          coalesce(o.inside, false) OR coalesce(t.inside, false) AS inside,
          CASE
            WHEN o.n IS NOT NULL AND t.n IS NOT NULL THEN
              CASE WHEN o.kind <> t.kind THEN 'kind_differs'
                WHEN abs(o.cents - t.cents) > ${run.tolerance_cents}::bigint THEN 'amount_differs' ELSE 'matched' END
            WHEN coalesce(o.known_there, t.known_there) OR coalesce(o.place, t.place) > 1 THEN 'doubled'
            WHEN o.n IS NULL THEN CASE WHEN t.at > ${settled} THEN 'lagging' ELSE 'missing_here' END
            WHEN o.at < ${fromSure} OR o.at >= ${toSure} OR o.at > ${settled} THEN 'lagging'
            ELSE 'missing_there' END AS sort
        FROM (SELECT * FROM rest WHERE is_ours) o
          FULL JOIN (SELECT * FROM rest WHERE NOT is_ours) t ON t.ref = o.ref AND t.place = o.place),
    difference AS (
      INSERT INTO reconciliation_difference (reconciliation_id, sort, external_ref, our_seq, our_kind, our_cents, our_at, their_line,
          their_kind, their_cents, their_at)
        SELECT ${run.id}, sort, ref, our_seq, our_kind, our_cents, our_at, their_line, their_kind, their_cents, their_at FROM pair
          WHERE inside AND sort NOT IN ('matched', 'lagging') ORDER BY sort, ref, our_seq, their_line),
    total AS (
      INSERT INTO reconciliation_total AS t (reconciliation_id, day, kind, our_count, our_cents, their_count, their_cents)
        SELECT ${run.id}, (at AT TIME ZONE 'UTC')::date, kind, count(*) FILTER (WHERE is_ours),
            coalesce(sum(cents) FILTER (WHERE is_ours), 0)::bigint, count(*) FILTER (WHERE NOT is_ours),
            coalesce(sum(cents) FILTER (WHERE NOT is_ours), 0)::bigint
          FROM line WHERE inside GROUP BY 2, 3
        ON CONFLICT (reconciliation_id, day, kind) DO UPDATE SET our_count = t.our_count + excluded.our_count,
          our_cents = t.our_cents + excluded.our_cents, their_count = t.their_count + excluded.their_count,
          their_cents = t.their_cents + excluded.their_cents),
    tally AS (
      SELECT (SELECT count(*) FROM same WHERE inside) + count(*) FILTER (WHERE sort = 'matched') AS matched,
          count(*) FILTER (WHERE sort = 'missing_here') AS missing_here, count(*) FILTER (WHERE sort = 'missing_there') AS missing_there,
          count(*) FILTER (WHERE sort = 'amount_differs') AS amount_differs, count(*) FILTER (WHERE sort = 'kind_differs') AS kind_differs,
          count(*) FILTER (WHERE sort = 'doubled') AS doubled, count(*) FILTER (WHERE sort = 'lagging') AS lagging
        FROM pair WHERE inside)
    UPDATE reconciliation r SET slices_done = slices_done + 1, matched = r.matched + tally.matched,
        missing_here = r.missing_here + tally.missing_here, missing_there = r.missing_there + tally.missing_there,
        amount_differs = r.amount_differs + tally.amount_differs, kind_differs = r.kind_differs + tally.kind_differs,
        doubled = r.doubled + tally.doubled, lagging = r.lagging + tally.lagging
      FROM tally WHERE r.id = ${run.id}`;
}

async function finish(tx: Tx, run: Run, now: Date): Promise<void> {
  const [counts] = await tx<Record<DifferenceSort | 'matched' | 'unreadable_lines', bigint>[]>`
    UPDATE reconciliation SET status = 'done', finished_at = ${now} WHERE id = ${run.id}
      RETURNING matched, missing_here, missing_there, amount_differs, kind_differs, doubled, unreadable_lines`;
  await tx`DELETE FROM reconciliation_line WHERE reconciliation_id = ${run.id}`;
  const subject = `reconciliation:${run.public_id}`;
  const differences = DIFFERENCE_SORTS.reduce((sum, sort) => sum + counts![sort], 0n);
  let review: string | null = null;
  if (differences >= BigInt(run.review_from)) {
    const text = DIFFERENCE_SORTS.filter((sort) => counts![sort] > 0n)
      .map((sort) => `${sort.replaceAll('_', ' ')}: ${counts![sort]}`)
      .join(', ');
    review = await openReview(tx, ACTOR, run.account_id, { subject, text }, now);
  }
  const details = { review, before: { status: 'matching' }, after: { status: 'done', ...counts } };
  await auditWriting(tx, [{ actor: ACTOR, action: 'reconciliation.finish', subject, details }], now);
  if (differences > 0n) {
    const { period_from: from, period_to: to } = run;
    const data = {
      reconciliation: { id: run.public_id },
      from,
      to,
      differences,
      underReview: review !== null,
    };
    await tell(tx, [{ type: 'reconciliation.differences', accountId: run.account_id, data }], now);
  }
}
