/** What gateways report back: counted into leases and usage, settled in the ledger, returned where it was not used. */
import { arrayOf } from '../../db/array.ts';
import type { Tx } from '../../db/client.ts';
import type { Product } from '../../shared/products.ts';
import { postAll, type TransferGroup } from '../ledger/ledger.ts';
import { addUsage, writeLeaseUsage } from '../usage/usage.ts';
import type { LockedSession } from './session.ts';

/** Reported use is moved from leased to consumed at least this often. */
const SETTLE_EVERY_MS = 3600_000;

export interface LeaseReport {
  leaseId: bigint;
  usedUpBytes: bigint;
  usedDownBytes: bigint;
  close: boolean;
}

/** Of leases that go on nothing is said. */
export interface ReportAnswer {
  leaseId: bigint;
  kind: 'closed' | 'ended';
}

interface LeaseRow {
  id: bigint;
  subuser_id: bigint;
  product: Product;
  granted_bytes: bigint;
  reported_up_bytes: bigint;
  reported_down_bytes: bigint;
  settled_bytes: bigint;
  settled_at: Date;
  closed_at: Date | null;
  balance_id: bigint;
  leased_id: bigint;
  consumed_id: bigint;
  pool_id: bigint;
  deleted: boolean;
}

/**
 * Counts what is new in cumulative reports, into leases and usage; settles and closes leases that ask for it. The caller has locked
 * the session, and turned its minute.
 */
export async function applyReports(
  tx: Tx,
  session: LockedSession,
  reports: readonly LeaseReport[],
  now: Date,
): Promise<ReportAnswer[]> {
  if (!session.isOpen) return applyOthers(tx, session, reports, now);
  const last = reports.filter((report) => report.close);
  const uncounted = await countUsual(
    tx,
    session,
    reports.filter((report) => !report.close),
    now,
  );
  return applyOthers(tx, session, [...uncounted, ...last], now);
}

/**
 * Counts leases that there is nothing else to do about, which nearly all are, in one statement. Answers what is left to be looked at
 * one by one.
 */
async function countUsual(
  tx: Tx,
  session: LockedSession,
  reports: readonly LeaseReport[],
  now: Date,
): Promise<readonly LeaseReport[]> {
  if (reports.length === 0) return [];
  const [row] = await tx<{ counted: bigint[] | null }[]>`
    SELECT lease_count(${session.id}, ${arrayOf(reports.map((report) => report.leaseId))}::bigint[],
      ${arrayOf(reports.map((report) => report.usedUpBytes))}::bigint[],
      ${arrayOf(reports.map((report) => report.usedDownBytes))}::bigint[],
      ${new Date(now.getTime() - SETTLE_EVERY_MS)}) AS counted`;
  if (row!.counted === null) return [];
  const counted = new Set(row!.counted);
  // A lease that is reported twice at once was counted once.
  return reports.filter((report) => !counted.delete(report.leaseId));
}

/** One by one: what is reported too little or too late or for the last time, and what is to be settled. */
async function applyOthers(
  tx: Tx,
  session: LockedSession,
  reports: readonly LeaseReport[],
  now: Date,
): Promise<ReportAnswer[]> {
  if (reports.length === 0) return [];
  const leases = await tx<LeaseRow[]>`
    SELECT l.*, b.pool_id, b.balance_id, b.leased_id, b.consumed_id, s.deleted_at IS NOT NULL AS deleted
      FROM lease l JOIN subuser_bandwidth b USING (subuser_id, product) JOIN subuser s ON s.id = l.subuser_id
      WHERE l.id = ANY (${arrayOf(reports.map((report) => report.leaseId))}::bigint[]) AND l.session_id = ${session.id}
      ORDER BY l.id FOR UPDATE OF l`;
  const byId = new Map(leases.map((lease) => [lease.id, lease]));
  const answers: ReportAnswer[] = [];
  const touched = new Map<LeaseRow, { upBytes: bigint; downBytes: bigint }>();
  const closing = new Set<LeaseRow>();
  for (const report of reports) {
    const lease = byId.get(report.leaseId);
    if (!lease) {
      answers.push({ leaseId: report.leaseId, kind: 'ended' });
      continue;
    }
    // Never more than was granted, whatever a gateway says; never less than it said before.
    const up = within(
      report.usedUpBytes,
      lease.reported_up_bytes,
      lease.granted_bytes - lease.reported_down_bytes,
    );
    const down = within(report.usedDownBytes, lease.reported_down_bytes, lease.granted_bytes - up);
    const earlier = touched.get(lease) ?? { upBytes: 0n, downBytes: 0n };
    touched.set(lease, {
      upBytes: earlier.upBytes + up - lease.reported_up_bytes,
      downBytes: earlier.downBytes + down - lease.reported_down_bytes,
    });
    lease.reported_up_bytes = up;
    lease.reported_down_bytes = down;
    if (lease.closed_at) answers.push({ leaseId: lease.id, kind: 'ended' });
    else if (report.close || lease.deleted) {
      closing.add(lease);
      answers.push({ leaseId: lease.id, kind: lease.deleted && !report.close ? 'ended' : 'closed' });
    }
  }

  const changed = [...touched].filter(([, delta]) => delta.upBytes > 0n || delta.downBytes > 0n);
  if (changed.length > 0) {
    await tx`
      UPDATE lease l SET reported_up_bytes = item.up, reported_down_bytes = item.down,
          minute_up_bytes = CASE WHEN l.closed_at IS NULL THEN l.minute_up_bytes + item.up - l.reported_up_bytes ELSE 0 END,
          minute_down_bytes = CASE WHEN l.closed_at IS NULL THEN l.minute_down_bytes + item.down - l.reported_down_bytes ELSE 0 END
        FROM unnest(${arrayOf(changed.map(([lease]) => lease.id))}::bigint[],
          ${arrayOf(changed.map(([lease]) => lease.reported_up_bytes))}::bigint[],
          ${arrayOf(changed.map(([lease]) => lease.reported_down_bytes))}::bigint[]) AS item (id, up, down) WHERE l.id = item.id`;
  }
  const late = changed.filter(([lease]) => lease.closed_at);
  await addUsage(
    tx,
    late.map(([lease, delta]) => ({ subuserId: lease.subuser_id, product: lease.product, ...delta })),
    now,
  );
  // Everybody takes rows of the series before accounts of the ledger.
  if (closing.size > 0) await writeLeaseUsage(tx, session, { ids: idsOf([...closing]) });
  await chargeLate(
    tx,
    late.map(([lease, delta]) => ({ lease, bytes: delta.upBytes + delta.downBytes })),
    session.id,
    now,
  );
  const due = leases.filter(
    (lease) =>
      !lease.closed_at &&
      !closing.has(lease) &&
      now.getTime() - lease.settled_at.getTime() >= SETTLE_EVERY_MS,
  );
  await settle(tx, session, due, now, false);
  await settle(tx, session, [...closing], now, true);
  return answers;
}

function idsOf(leases: readonly LeaseRow[]): bigint[] {
  return leases.map((lease) => lease.id);
}

function within(value: bigint, least: bigint, most: bigint): bigint {
  if (value < least) return least;
  return value > most ? most : value;
}

/**
 * Moves what was reported from leased to consumed; with `close`, the rest back to where it came from, and the leases hold nothing that
 * is not in the series.
 */
async function settle(
  tx: Tx,
  session: LockedSession,
  leases: readonly LeaseRow[],
  now: Date,
  close: boolean,
): Promise<void> {
  if (leases.length === 0) return;
  const groups: TransferGroup[] = [];
  for (const lease of leases) {
    const reported = lease.reported_up_bytes + lease.reported_down_bytes;
    const transfers: TransferGroup['transfers'] = [];
    if (reported > lease.settled_bytes) {
      const amount = reported - lease.settled_bytes;
      transfers.push({ debit: lease.leased_id, credit: lease.consumed_id, amount, reason: 'lease.settle' });
    }
    if (close && lease.granted_bytes > reported) {
      // A deleted subuser's balance is closed: what is unused goes where its balance went.
      const credit = lease.deleted ? lease.pool_id : lease.balance_id;
      const amount = lease.granted_bytes - reported;
      transfers.push({ debit: lease.leased_id, credit, amount, reason: 'lease.return' });
    }
    if (transfers.length > 0) groups.push({ transfers, cause: `gateway:${session.id}` });
  }
  for (const result of await postAll(tx, groups, now)) {
    if (result.kind === 'refused') throw new Error(`a lease could not be settled: ${result.refusal}`);
  }
  await tx`
    UPDATE lease SET settled_bytes = reported_up_bytes + reported_down_bytes, settled_at = ${now},
        closed_at = ${close ? now : null}::timestamptz
      WHERE id = ANY (${arrayOf(idsOf(leases))}::bigint[])`;
}

/**
 * Use that was relayed on a lease and reported only after it had lapsed: its bytes went back to the balance meanwhile, and
 * are taken from there, as far as they are still there.
 */
async function chargeLate(
  tx: Tx,
  late: readonly { lease: LeaseRow; bytes: bigint }[],
  sessionId: bigint,
  now: Date,
): Promise<void> {
  for (const { lease, bytes } of late) {
    const [row] = await tx<{ balance: bigint }[]>`
      SELECT balance FROM ledger_account WHERE id = ${lease.balance_id} FOR NO KEY UPDATE`;
    const amount = row!.balance < bytes ? row!.balance : bytes;
    if (amount === 0n) continue;
    const transfers = [{ debit: lease.balance_id, credit: lease.consumed_id, amount, reason: 'lease.late' }];
    await postAll(tx, [{ transfers, cause: `gateway:${sessionId}` }], now);
    await tx`UPDATE lease SET settled_bytes = settled_bytes + ${amount} WHERE id = ${lease.id}`;
  }
}

/** Closes a session and all its leases. Of one that has ended it changes nothing. */
export async function endSession(tx: Tx, session: LockedSession, now: Date): Promise<void> {
  if (!session.isOpen) return;
  const leases = await tx<LeaseRow[]>`
    SELECT l.*, b.pool_id, b.balance_id, b.leased_id, b.consumed_id, s.deleted_at IS NOT NULL AS deleted
      FROM lease l JOIN subuser_bandwidth b USING (subuser_id, product) JOIN subuser s ON s.id = l.subuser_id
      WHERE l.session_id = ${session.id} AND l.closed_at IS NULL ORDER BY l.id FOR UPDATE OF l`;
  await writeLeaseUsage(tx, session);
  await settle(tx, session, leases, now, true);
  await tx`UPDATE gateway_session SET closed_at = ${now} WHERE id = ${session.id}`;
}
