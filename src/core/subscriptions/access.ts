/**
 * The gateways' side of subscriptions: who may pass by address, how many tunnels at once over all gateways, and what was used.
 * The contract is in README.md here.
 */
import { arrayOf } from '../../db/array.ts';
import { inTransaction, type Queryable, type Sql, type Tx } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { gather } from '../../shared/gather.ts';
import { sendEvent } from '../events.ts';
import type { EffectiveLimits } from '../limits/service-limits.ts';

export interface AdmittedSubscription {
  subscriptionId: bigint;
  accountId: bigint;
  /** Most tunnels at once, over all gateways. */
  connections: number;
  /** Null: nothing is limited but the tunnels at once. */
  limits: EffectiveLimits | null;
  /** From this millisecond on the answer is out of date: nobody is let in on it any more. */
  periodEnd: Date;
  /** From this millisecond on running tunnels are cut, unless news came. Later than the period's end where that may renew it. */
  cutAt: Date;
}

/**
 * The automatic renewal is written down a little after the period's end. Tunnels of a subscription that has one live on so
 * long: it would be poor service to cut them once a week for a moment that is paid for.
 */
export const RENEWAL_GRACE_MS = 1_500;

export interface SeatRequest {
  sessionId: bigint;
  subscriptionId: bigint;
  /** Tunnels this session wants to be able to hold open at once, in all: not how many more. 0 gives all back. */
  seats: number;
  /** Grows with each question of the session: one that is not newer than the last for this subscription changes nothing. */
  sequence: number;
}

export type SeatAnswer =
  /**
   * The session holds this many: never more than it asked for. They are fewer than it held and still asks for only when the
   * plan has shrunk: tunnels beyond them are to be ended. `isRecalled`: fewer than it asked for, and other sessions hold some;
   * those have been asked to give idle ones back, so asking once more in a moment may bring more.
   */
  | { kind: 'held'; seats: number; isRecalled: boolean }
  /** The subscription gives no service now. What the session held it holds until it asks for fewer. */
  | { kind: 'over' }
  | { kind: 'session-over' };

/** What a session has relayed for a subscription since the session was opened. */
export interface ConsumptionReport {
  sessionId: bigint;
  subscriptionId: bigint;
  /** Both ways. */
  bytes: bigint;
  /** Tunnels opened and requests forwarded. */
  requests: bigint;
}

/** A report of a session that ended longer ago counts nothing. Later still, what is known of the session's use is forgotten. */
export const LATE_REPORT_MS = 24 * 3600_000;

const MAX_BATCH = 256;

export class SubscriptionAccess {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #findByAddress: (address: string) => Promise<AdmittedSubscription | undefined>;

  /** Asks for seats. Requests of the same moment are decided in one transaction, in the order they came. */
  readonly holdSeats: (request: SeatRequest) => Promise<SeatAnswer>;

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
    this.holdSeats = gather((requests) => this.#holdAll(requests), { maxBatch: MAX_BATCH });
    this.#findByAddress = gather(
      async (addresses) => {
        const rows = await sql<(AdmittedSubscription & { n: bigint })[]>`
          SELECT item.n, s.id AS "subscriptionId", s.account_id AS "accountId", p.connections, s.period_end AS "periodEnd", ${cutAt(sql)} AS "cutAt",
              effective_limits(s.account_id, 'subscription:' || s.id) AS limits
            FROM unnest(${arrayOf(addresses)}::inet[]) WITH ORDINALITY AS item (address, n)
              JOIN subscription_slot t ON t.address = item.address AND t.live
              JOIN subscription s ON s.id = t.subscription_id AND s.status = 'ACTIVE' AND s.period_end > ${clock.now()}
              JOIN plan p ON p.id = s.plan_id`;
        const byIndex = new Map(rows.map(({ n, ...admitted }) => [Number(n) - 1, admitted]));
        return addresses.map((_address, index) => byIndex.get(index));
      },
      { maxBatch: MAX_BATCH },
    );
  }

  /** The subscription that serves this address (canonical text form) now; undefined when none does. */
  async byAddress(address: string): Promise<AdmittedSubscription | undefined> {
    return this.#findByAddress(address);
  }

  /** Of these subscriptions, the ones whose tunnels may go on, be it only until a renewal is written down. */
  async serving(subscriptionIds: readonly bigint[]): Promise<Omit<AdmittedSubscription, 'limits'>[]> {
    if (subscriptionIds.length === 0) return [];
    return this.#sql<Omit<AdmittedSubscription, 'limits'>[]>`
      SELECT s.id AS "subscriptionId", s.account_id AS "accountId", p.connections, s.period_end AS "periodEnd",
          ${cutAt(this.#sql)} AS "cutAt"
        FROM subscription s JOIN plan p ON p.id = s.plan_id
        WHERE s.id = ANY (${arrayOf(subscriptionIds)}::bigint[]) AND s.status = 'ACTIVE'
          AND ${cutAt(this.#sql)} > ${this.#clock.now()}`;
  }

  async #holdAll(requests: readonly SeatRequest[]): Promise<SeatAnswer[]> {
    const now = this.#clock.now();
    return inTransaction(this.#sql, async (tx) => {
      const alive = await lockSessions(tx, requests);
      const subscriptionIds = arrayOf(requests.map((request) => request.subscriptionId));
      // Who holds these rows decides alone how the seats are shared out.
      await tx`
        SELECT 1 FROM subscription WHERE id = ANY (${subscriptionIds}::bigint[]) ORDER BY id FOR NO KEY UPDATE`;
      const limits = await tx<{ id: bigint; connections: number; serving: boolean }[]>`
        SELECT s.id, p.connections, s.status = 'ACTIVE' AND s.period_end > ${now} AS serving
          FROM subscription s JOIN plan p ON p.id = s.plan_id WHERE s.id = ANY (${subscriptionIds}::bigint[])`;
      const uses = await tx<
        { subscription_id: bigint; session_id: bigint; seats: number; seat_sequence: bigint }[]
      >`
        SELECT u.subscription_id, u.session_id, u.seats, u.seat_sequence FROM subscription_use u
          JOIN gateway_session g ON g.id = u.session_id AND g.closed_at IS NULL
          WHERE u.subscription_id = ANY (${subscriptionIds}::bigint[])`;
      const limitOf = new Map(limits.map((limit) => [limit.id, limit.connections]));
      const free = new Map(limitOf);
      const held = new Map<string, number>();
      const lastSequence = new Map<string, number>();
      for (const use of uses) {
        const key = `${use.subscription_id} ${use.session_id}`;
        free.set(use.subscription_id, free.get(use.subscription_id)! - use.seats);
        held.set(key, use.seats);
        lastSequence.set(key, Number(use.seat_sequence));
      }
      const serving = new Set(limits.filter((limit) => limit.serving).map((limit) => limit.id));

      const recalls = new Map<bigint, bigint>();
      const changed = new Map<string, SeatRequest>();
      const answers = requests.map(({ sessionId, subscriptionId, seats: wanted, sequence }): SeatAnswer => {
        if (!alive.has(sessionId)) return { kind: 'session-over' };
        if (!free.has(subscriptionId)) return { kind: 'over' };
        const key = `${subscriptionId} ${sessionId}`;
        const before = held.get(key) ?? 0;
        const serves = serving.has(subscriptionId);
        if (sequence <= (lastSequence.get(key) ?? 0)) {
          // Asked again because the answer was lost, or overtaken by a later question.
          return serves
            ? { kind: 'held', seats: Math.min(wanted, before), isRecalled: false }
            : { kind: 'over' };
        }
        // Below zero when the plan has shrunk: who asks first gives up what is too many.
        const more = serves ? free.get(subscriptionId)! : 0;
        const seats = Math.max(0, Math.min(wanted, before + more));
        free.set(subscriptionId, free.get(subscriptionId)! + before - seats);
        held.set(key, seats);
        lastSequence.set(key, sequence);
        changed.set(key, { subscriptionId, sessionId, seats, sequence });
        if (!serves) return { kind: 'over' };
        const inAll = limitOf.get(subscriptionId)! - free.get(subscriptionId)!;
        const isRecalled = seats < wanted && inAll > seats;
        if (isRecalled) recalls.set(subscriptionId, sessionId);
        return { kind: 'held', seats, isRecalled };
      });

      const writes = [...changed.values()];
      if (writes.length > 0) {
        await tx`
          INSERT INTO subscription_use (subscription_id, session_id, seats, seat_sequence)
            SELECT * FROM unnest(${arrayOf(writes.map((write) => write.subscriptionId))}::bigint[],
              ${arrayOf(writes.map((write) => write.sessionId))}::bigint[], ${arrayOf(writes.map((write) => write.seats))}::int[],
              ${arrayOf(writes.map((write) => BigInt(write.sequence)))}::bigint[])
              AS item (subscription_id, session_id, seats, sequence) ORDER BY subscription_id, session_id
            ON CONFLICT (subscription_id, session_id) DO UPDATE
              SET seats = excluded.seats, seat_sequence = excluded.seat_sequence`;
      }
      for (const [subscriptionId, sessionId] of recalls) {
        const exceptSession = String(sessionId);
        await sendEvent(tx, {
          kind: 'seats-recall',
          subscriptionId: String(subscriptionId),
          exceptSession,
        });
      }
      return answers;
    });
  }

  /**
   * Adds what was used. Figures are cumulative for a session and subscription: one that arrives twice, late or out of order
   * counts once. Reports about what does not exist are passed over.
   */
  async addConsumption(reports: readonly ConsumptionReport[]): Promise<void> {
    if (reports.length === 0) return;
    const since = new Date(this.#clock.now().getTime() - LATE_REPORT_MS);
    await inTransaction(this.#sql, async (tx) => {
      // A first report makes the row; the lock it takes is in the order of the keys, like all others on these rows.
      const known = await tx<{ subscription_id: bigint; session_id: bigint }[]>`
        INSERT INTO subscription_use AS u (subscription_id, session_id)
          SELECT DISTINCT s.id, g.id FROM unnest(${arrayOf(reports.map((report) => report.subscriptionId))}::bigint[],
              ${arrayOf(reports.map((report) => report.sessionId))}::bigint[]) AS item (subscription_id, session_id)
            JOIN subscription s ON s.id = item.subscription_id
            JOIN gateway_session g ON g.id = item.session_id AND (g.closed_at IS NULL OR g.closed_at > ${since})
            ORDER BY 1, 2
          ON CONFLICT (subscription_id, session_id) DO UPDATE SET seats = u.seats
          RETURNING u.subscription_id, u.session_id`;
      const keys = new Set(known.map((row) => `${row.subscription_id} ${row.session_id}`));
      const counted = reports.filter((report) => keys.has(`${report.subscriptionId} ${report.sessionId}`));
      // The old figures stand in the snapshot, the new ones are returned: their difference is what is new.
      await tx`
        WITH item AS (
          SELECT subscription_id, session_id, max(bytes) AS bytes, max(requests) AS requests
            FROM unnest(${arrayOf(counted.map((report) => report.subscriptionId))}::bigint[], ${arrayOf(counted.map((report) => report.sessionId))}::bigint[],
              ${arrayOf(counted.map((report) => report.bytes))}::bigint[], ${arrayOf(counted.map((report) => report.requests))}::bigint[])
              AS item (subscription_id, session_id, bytes, requests) GROUP BY 1, 2),
        moved AS (
          UPDATE subscription_use u SET reported_bytes = greatest(u.reported_bytes, item.bytes),
              reported_requests = greatest(u.reported_requests, item.requests)
            FROM item JOIN subscription_use old USING (subscription_id, session_id)
            WHERE u.subscription_id = item.subscription_id AND u.session_id = item.session_id
            RETURNING u.subscription_id, u.reported_bytes - old.reported_bytes AS bytes,
              u.reported_requests - old.reported_requests AS requests)
        INSERT INTO subscription_consumption AS c (subscription_id, bytes, requests)
          SELECT subscription_id, sum(bytes), sum(requests) FROM moved GROUP BY 1 ORDER BY 1
          ON CONFLICT (subscription_id) DO UPDATE SET bytes = c.bytes + excluded.bytes, requests = c.requests + excluded.requests`;
    });
  }
}

/** When running tunnels of subscription `s` are cut, as things stand. */
function cutAt(sql: Queryable) {
  return sql`s.period_end + CASE WHEN s.auto_renewal AND NOT s.canceled
    THEN ${RENEWAL_GRACE_MS}::int * interval '1 millisecond' ELSE interval '0' END`;
}

/** The sessions that are open, kept from ending until the transaction does. */
async function lockSessions(tx: Tx, requests: readonly SeatRequest[]): Promise<Set<bigint>> {
  const rows = await tx<{ id: bigint }[]>`
    SELECT id FROM gateway_session WHERE id = ANY (${arrayOf(requests.map((request) => request.sessionId))}::bigint[])
      AND closed_at IS NULL ORDER BY id FOR SHARE`;
  return new Set(rows.map((row) => row.id));
}
