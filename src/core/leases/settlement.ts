/** What gateways report back: counted into leases and usage, settled in the ledger, returned where it was not used. */
import { arrayOf } from '../../db/array.ts';
import type { Tx } from '../../db/client.ts';
import type { Product } from '../../shared/products.ts';
import { postAll, type TransferGroup } from '../ledger/ledger.ts';
import { addUsage } from '../usage/usage.ts';

/** Reported use is moved from leased to consumed at least this often. */
const SETTLE_EVERY_MS = 3600_000;

export interface LeaseReport {
  leaseId: bigint;
  usedUpBytes: bigint;
  usedDownBytes: bigint;
  close: boolean;
}

export interface ReportAnswer {
  leaseId: bigint;
  kind: 'open' | 'closed' | 'ended';
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

/** Counts what is new in cumulative reports, into leases and usage; settles and closes leases that ask for it. */
export async function applyReports(
  tx: Tx,
  sessionId: bigint,
  reports: readonly LeaseReport[],
  now: Date,
): Promise<ReportAnswer[]> {
  if (reports.length === 0) return [];
  const leases = await tx<LeaseRow[]>`
    SELECT l.*, b.pool_id, b.balance_id, b.leased_id, b.consumed_id, s.deleted_at IS NOT NULL AS deleted
      FROM lease l JOIN subuser_bandwidth b USING (subuser_id, product) JOIN subuser s ON s.id = l.subuser_id
      WHERE l.id = ANY (${arrayOf(reports.map((report) => report.leaseId))}::bigint[]) AND l.session_id = ${sessionId}
      ORDER BY l.id FOR UPDATE OF l`;
  const byId = new Map(leases.map((lease) => [lease.id, lease]));
  const answers: ReportAnswer[] = [];
  const touched = new Map<LeaseRow, { upBytes: bigint; downBytes: bigint }>();
  const closing: LeaseRow[] = [];
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
      if (!closing.includes(lease)) closing.push(lease);
      answers.push({ leaseId: lease.id, kind: lease.deleted && !report.close ? 'ended' : 'closed' });
    } else answers.push({ leaseId: lease.id, kind: 'open' });
  }

  const changed = [...touched].filter(([, delta]) => delta.upBytes > 0n || delta.downBytes > 0n);
  if (changed.length > 0) {
    await tx`
      UPDATE lease l SET reported_up_bytes = item.up, reported_down_bytes = item.down
        FROM unnest(${arrayOf(changed.map(([lease]) => lease.id))}::bigint[],
          ${arrayOf(changed.map(([lease]) => lease.reported_up_bytes))}::bigint[],
          ${arrayOf(changed.map(([lease]) => lease.reported_down_bytes))}::bigint[]) AS item (id, up, down) WHERE l.id = item.id`;
    await addUsage(
      tx,
      changed.map(([lease, delta]) => ({ subuserId: lease.subuser_id, product: lease.product, ...delta })),
      now,
    );
  }
  await chargeLate(
    tx,
    changed.flatMap(([lease, delta]) =>
      lease.closed_at ? [{ lease, bytes: delta.upBytes + delta.downBytes }] : [],
    ),
    sessionId,
    now,
  );
  const due = leases.filter(
    (lease) =>
      !lease.closed_at &&
      !closing.includes(lease) &&
      now.getTime() - lease.settled_at.getTime() >= SETTLE_EVERY_MS,
  );
  await settle(tx, due, sessionId, now, false);
  await settle(tx, closing, sessionId, now, true);
  return answers;
}

function within(value: bigint, least: bigint, most: bigint): bigint {
  if (value < least) return least;
  return value > most ? most : value;
}

/** Moves what was reported from leased to consumed; with `close`, the rest back to where it came from. */
async function settle(
  tx: Tx,
  leases: readonly LeaseRow[],
  sessionId: bigint,
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
    if (transfers.length > 0) groups.push({ transfers, cause: `gateway:${sessionId}` });
  }
  for (const result of await postAll(tx, groups, now)) {
    if (result.kind === 'refused') throw new Error(`a lease could not be settled: ${result.refusal}`);
  }
  await tx`
    UPDATE lease SET settled_bytes = reported_up_bytes + reported_down_bytes, settled_at = ${now},
        closed_at = ${close ? now : null}::timestamptz
      WHERE id = ANY (${arrayOf(leases.map((lease) => lease.id))}::bigint[])`;
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

/** Closes a session and all its leases. The caller has locked the session's row. */
export async function endSession(tx: Tx, sessionId: bigint, now: Date): Promise<void> {
  const leases = await tx<LeaseRow[]>`
    SELECT l.*, b.pool_id, b.balance_id, b.leased_id, b.consumed_id, s.deleted_at IS NOT NULL AS deleted
      FROM lease l JOIN subuser_bandwidth b USING (subuser_id, product) JOIN subuser s ON s.id = l.subuser_id
      WHERE l.session_id = ${sessionId} AND l.closed_at IS NULL ORDER BY l.id FOR UPDATE OF l`;
  await settle(tx, leases, sessionId, now, true);
  await tx`UPDATE gateway_session SET closed_at = ${now} WHERE id = ${sessionId}`;
}
