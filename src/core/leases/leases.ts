/**
 * Quota leases: what gateways may relay, slice by slice, and what they report back. Exact over any number of gateways,
 * because a slice is a ledger transfer out of the subuser's balance before its first byte moves. See README.md here.
 */
import { arrayOf } from '../../db/array.ts';
import type { Sql, Tx } from '../../db/client.ts';
import { inTransaction } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { gather } from '../../shared/gather.ts';
import type { Product } from '../../shared/products.ts';
import { type CoreEvent, sendEvent } from '../events.ts';
import { postAll, type TransferGroup } from '../ledger/ledger.ts';
import { minuteOf } from '../usage/usage.ts';
import { type LockedSession, lockSessions, turnMinute } from './session.ts';
import { applyReports, endSession, type LeaseReport, type ReportAnswer } from './settlement.ts';

/** A gateway may relay on its leases this long after the last report that was answered. */
export const LEASE_VALID_MS = 15_000;
/** Leases of a silent session lapse after this. The difference covers clocks that run apart. */
export const LEASE_LAPSE_MS = 20_000;

/** Least worth a transfer while several gateways share what is left. */
const SLICE_FLOOR_BYTES = 65_536n;
/** A gateway that finds the balance empty while others hold some asks again after this. */
const WAIT_RETRY_MS = 100;
const MAX_BATCH = 256;
/** Leases of one session that one transaction turns into another minute, or closes: others wait for the session and the balances. */
const AT_ONCE = 500;

export interface LeaseRequest {
  sessionId: bigint;
  subuserId: bigint;
  product: Product;
  leaseId?: bigint | undefined;
  /** What the gateway knows to be granted on this lease in all. */
  knownGrantedBytes: bigint;
  usedUpBytes: bigint;
  usedDownBytes: bigint;
  wantBytes: bigint;
}

export type LeaseAnswer =
  | { kind: 'granted'; leaseId: bigint; grantedBytes: bigint }
  | { kind: 'wait'; retryAfterMs: number }
  | { kind: 'exhausted' }
  | { kind: 'revoked' }
  | { kind: 'session-over' };

/** The gateway's session has ended: its leases lapsed. It opens a new one. */
export class LeaseSessionOver extends Error {
  override name = 'LeaseSessionOver';
}

export class Leases {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #atOnce: number;

  /** Asks for a slice. Requests of the same moment are granted in one transaction. */
  readonly lease: (request: LeaseRequest) => Promise<LeaseAnswer>;

  constructor(sql: Sql, clock: Clock, atOnce = AT_ONCE) {
    this.#sql = sql;
    this.#clock = clock;
    this.#atOnce = atOnce;
    this.lease = gather((requests) => this.#leaseAll(requests), { maxBatch: MAX_BATCH });
  }

  /**
   * Opens a session for a gateway process. With `replacePrevious`, sessions of the same name are known to be dead (this
   * process alone can bear the name) and their leases lapse at once. `nodeId`: the machine, of a gateway that is linked by
   * a node token.
   */
  async openSession(name: string, replacePrevious: boolean, nodeId?: bigint): Promise<bigint> {
    const now = this.#clock.now();
    return inTransaction(this.#sql, async (tx) => {
      if (replacePrevious) {
        const dead = await tx<{ id: bigint }[]>`
          SELECT id FROM gateway_session WHERE name = ${name} AND closed_at IS NULL`;
        const deadIds = dead.map((session) => session.id);
        for (const session of await lockSessions(tx, deadIds)) await endSession(tx, session, now);
      }
      const [row] = await tx<{ id: bigint }[]>`
        INSERT INTO gateway_session (name, node_id, opened_at, heartbeat_at, usage_minute)
          VALUES (${name}, ${nodeId ?? null}, ${now}, ${now}, ${minuteOf(now)}) RETURNING id`;
      return row!.id;
    });
  }

  /**
   * Takes a gateway's report, which is also the heartbeat of its session. Counters are cumulative: a report counts once
   * however often it arrives. Throws LeaseSessionOver for a session that has ended; what such a late report adds is still
   * charged, as far as the subuser's balance goes.
   */
  async report(sessionId: bigint, reports: readonly LeaseReport[]): Promise<ReportAnswer[]> {
    const now = this.#clock.now();
    for (;;) {
      const answers = await inTransaction(this.#sql, async (tx) => {
        const [session] = await lockSessions(tx, [sessionId]);
        if (!session) return undefined;
        if (session.isOpen)
          await tx`UPDATE gateway_session SET heartbeat_at = greatest(heartbeat_at, ${now}) WHERE id = ${sessionId}`;
        if (!(await turnMinute(tx, session, now, this.#atOnce))) return 'turning';
        const done = await applyReports(tx, session, reports, now);
        return session.isOpen ? done : undefined;
      });
      if (!answers) throw new LeaseSessionOver(`gateway session ${sessionId} is over`);
      if (answers !== 'turning') return answers;
    }
  }

  /**
   * Counts what a session's gateway relayed and could not say itself. Unlike a report it is no heartbeat: that gateway is dead. What it
   * adds to leases that have ended is charged as far as the subuser's balance goes.
   */
  async recover(sessionId: bigint, reports: readonly LeaseReport[]): Promise<void> {
    const now = this.#clock.now();
    await inTransaction(this.#sql, (tx) => this.#applyToLocked(tx, sessionId, reports, now));
  }

  /**
   * Ends a session after its last report, in which every lease is given up: everything unused returns. Ending an ended one changes
   * nothing. Cut off in the middle, the rest of it lapses.
   */
  async closeSession(sessionId: bigint, reports: readonly LeaseReport[]): Promise<void> {
    const now = this.#clock.now();
    let start = 0;
    for (; start + this.#atOnce < reports.length; start += this.#atOnce) {
      const some = reports.slice(start, start + this.#atOnce);
      await inTransaction(this.#sql, (tx) => this.#applyToLocked(tx, sessionId, some, now));
    }
    await inTransaction(this.#sql, async (tx) => {
      const session = await this.#applyToLocked(tx, sessionId, reports.slice(start), now);
      if (session) await endSession(tx, session, now);
    });
  }

  /** Ends sessions whose gateways are known to be dead: what was reported is consumed, the rest returns. Ended ones are passed over. */
  async endSessions(sessionIds: readonly bigint[]): Promise<void> {
    const now = this.#clock.now();
    for (const sessionId of sessionIds) {
      await inTransaction(this.#sql, async (tx) => {
        for (const session of await lockSessions(tx, [sessionId])) await endSession(tx, session, now);
      });
    }
  }

  /** Ends sessions whose heartbeat was missed. What they reported is consumed, the rest returns. Answers how many. */
  async lapse(): Promise<number> {
    const now = this.#clock.now();
    for (let lapsed = 0; ; lapsed += 1) if (!(await this.#lapseOne(now))) return lapsed;
  }

  /** A transaction for each: the threads of a process die together. */
  async #lapseOne(now: Date): Promise<boolean> {
    return inTransaction(this.#sql, async (tx) => {
      const [silent] = await tx<LockedSession[]>`
        SELECT id, true AS "isOpen", usage_minute AS "usageMinute" FROM gateway_session
          WHERE closed_at IS NULL AND heartbeat_at < ${new Date(now.getTime() - LEASE_LAPSE_MS)}
          ORDER BY id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`;
      if (silent) await endSession(tx, silent, now);
      return silent !== undefined;
    });
  }

  /** Answers the session, where there is one. */
  async #applyToLocked(tx: Tx, sessionId: bigint, reports: readonly LeaseReport[], now: Date) {
    const [session] = await lockSessions(tx, [sessionId]);
    if (!session) return undefined;
    await turnMinute(tx, session, now, this.#atOnce);
    await applyReports(tx, session, reports, now);
    return session;
  }

  async #leaseAll(requests: LeaseRequest[]): Promise<LeaseAnswer[]> {
    const now = this.#clock.now();
    return inTransaction(this.#sql, async (tx) => {
      const asking = new Set(requests.map((request) => request.sessionId));
      const sessions = (await lockSessions(tx, [...asking])).filter((session) => session.isOpen);
      const alive = new Set(sessions.map((session) => session.id));
      const wanted = requests.filter((request) => alive.has(request.sessionId));
      // Where that takes longer, what is carried with a request counts in the minute of the last report.
      for (const session of sessions) await turnMinute(tx, session, now, this.#atOnce);
      // What is carried with the request counts like a report, so that the lease's own use is settled with the new slice.
      for (const session of sessions) {
        const carried = wanted.flatMap((request) =>
          request.sessionId === session.id && request.leaseId !== undefined
            ? [{ ...request, leaseId: request.leaseId, close: false }]
            : [],
        );
        await applyReports(tx, session, carried, now);
      }
      const answers = new Map<LeaseRequest, LeaseAnswer>();
      for (const request of requests)
        if (!alive.has(request.sessionId)) answers.set(request, { kind: 'session-over' });

      // Two requests for one subuser's one product are decided one after the other.
      let round = wanted;
      while (round.length > 0) {
        const seen = new Set<string>();
        const now_: LeaseRequest[] = [];
        const later: LeaseRequest[] = [];
        for (const request of round) {
          const name = `${request.subuserId}:${request.product}`;
          (seen.has(name) ? later : now_).push(request);
          seen.add(name);
        }
        await this.#leaseRound(tx, now_, now, answers);
        round = later;
      }
      return requests.map((request) => answers.get(request)!);
    });
  }

  async #leaseRound(
    tx: Tx,
    requests: LeaseRequest[],
    now: Date,
    answers: Map<LeaseRequest, LeaseAnswer>,
  ): Promise<void> {
    const states = await readState(tx, requests);
    const events: CoreEvent[] = [];
    const granting: { request: LeaseRequest; state: LeaseState; group: TransferGroup }[] = [];
    requests.forEach((request, index) => {
      const state = states[index];
      if (!state || state.deleted) {
        answers.set(request, { kind: 'revoked' });
        return;
      }
      if (
        state.lease_id !== null &&
        (state.lease_id !== request.leaseId || state.granted_bytes! > request.knownGrantedBytes)
      ) {
        // An earlier answer was lost on its way: what it granted is still there.
        answers.set(request, {
          kind: 'granted',
          leaseId: state.lease_id,
          grantedBytes: state.granted_bytes!,
        });
        return;
      }
      if (state.balance === 0n) {
        if (state.held_elsewhere > 0n) {
          events.push({
            kind: 'lease-recall',
            subuserId: String(request.subuserId),
            product: request.product,
            exceptSession: String(request.sessionId),
          });
          answers.set(request, { kind: 'wait', retryAfterMs: WAIT_RETRY_MS });
        } else answers.set(request, { kind: 'exhausted' });
        return;
      }
      const slice = sliceOf(request.wantBytes, state.balance, state.sharing);
      const group: TransferGroup = {
        cause: `gateway:${request.sessionId}`,
        transfers: [
          { debit: state.balance_id, credit: state.leased_id, amount: slice, reason: 'lease.grant' },
        ],
      };
      if (state.unsettled > 0n) {
        group.transfers.unshift({
          debit: state.leased_id,
          credit: state.consumed_id,
          amount: state.unsettled,
          reason: 'lease.settle',
        });
      }
      granting.push({ request, state, group });
    });
    const results = await postAll(
      tx,
      granting.map((entry) => entry.group),
      now,
    );
    const grants: Grant[] = [];
    granting.forEach(({ request, state, group }, index) => {
      // The balance was locked when it was read, so only a closed account can stand in the way.
      if (results[index]!.kind === 'refused') answers.set(request, { kind: 'revoked' });
      else grants.push({ request, state, slice: group.transfers.at(-1)!.amount });
    });
    await openLeases(
      tx,
      grants.filter(({ state }) => state.lease_id === null),
      now,
      answers,
    );
    await extendLeases(
      tx,
      grants.filter(({ state }) => state.lease_id !== null),
      now,
      answers,
    );
    for (const event of events) await sendEvent(tx, event);
  }
}

/**
 * How much of a balance one slice takes: what is wanted, unless other gateways share the subuser. Then at most a fair part
 * of the balance, so that the last bytes are not all in one place while another gateway's tunnels starve.
 */
function sliceOf(want: bigint, balance: bigint, sharing: number): bigint {
  let slice = want > 0n ? want : SLICE_FLOOR_BYTES;
  if (sharing > 1) {
    const fair = balance / BigInt(2 * sharing);
    const most = fair > SLICE_FLOOR_BYTES ? fair : SLICE_FLOOR_BYTES;
    if (slice > most) slice = most;
  }
  return slice < balance ? slice : balance;
}

interface Grant {
  request: LeaseRequest;
  state: LeaseState;
  slice: bigint;
}

type Answers = Map<LeaseRequest, LeaseAnswer>;

/** No two of the grants are for one subuser's one product. */
async function openLeases(tx: Tx, grants: readonly Grant[], now: Date, answers: Answers): Promise<void> {
  if (grants.length === 0) return;
  const requests = grants.map(({ request }) => request);
  const rows = await tx<{ id: bigint; subuser_id: bigint; product: Product; granted_bytes: bigint }[]>`
    INSERT INTO lease (session_id, subuser_id, product, granted_bytes, settled_at, opened_at)
      SELECT item.session_id, item.subuser_id, item.product, item.slice, ${now}, ${now}
        FROM unnest(${arrayOf(requests.map((request) => request.sessionId))}::bigint[],
          ${arrayOf(requests.map((request) => request.subuserId))}::bigint[],
          ${arrayOf(requests.map((request) => request.product))}::text[], ${arrayOf(grants.map(({ slice }) => slice))}::bigint[])
          AS item (session_id, subuser_id, product, slice)
      RETURNING id, subuser_id, product, granted_bytes`;
  const byName = new Map(rows.map((row) => [`${row.subuser_id}:${row.product}`, row]));
  for (const request of requests) {
    const { id, granted_bytes } = byName.get(`${request.subuserId}:${request.product}`)!;
    answers.set(request, { kind: 'granted', leaseId: id, grantedBytes: granted_bytes });
  }
}

async function extendLeases(tx: Tx, grants: readonly Grant[], now: Date, answers: Answers): Promise<void> {
  if (grants.length === 0) return;
  const rows = await tx<{ id: bigint; granted_bytes: bigint }[]>`
    UPDATE lease l SET granted_bytes = granted_bytes + item.slice, settled_bytes = settled_bytes + item.settled, settled_at = ${now}
      FROM unnest(${arrayOf(grants.map(({ state }) => state.lease_id))}::bigint[], ${arrayOf(grants.map(({ slice }) => slice))}::bigint[],
        ${arrayOf(grants.map(({ state }) => state.unsettled))}::bigint[]) AS item (id, slice, settled)
      WHERE l.id = item.id RETURNING l.id, l.granted_bytes`;
  const byId = new Map(rows.map((row) => [row.id, row.granted_bytes]));
  for (const { request, state } of grants) {
    const leaseId = state.lease_id!;
    answers.set(request, { kind: 'granted', leaseId, grantedBytes: byId.get(leaseId)! });
  }
}

interface LeaseState {
  balance_id: bigint;
  leased_id: bigint;
  consumed_id: bigint;
  balance: bigint;
  deleted: boolean;
  /** This session's open lease, if it has one. */
  lease_id: bigint | null;
  granted_bytes: bigint | null;
  unsettled: bigint;
  /** Bytes other sessions hold and have not reported as used. */
  held_elsewhere: bigint;
  /** Sessions with an open lease on this, counting the asking one. */
  sharing: number;
}

/** Locks the balances asked about, in the order of their ids, and reads what a decision needs. */
async function readState(tx: Tx, requests: readonly LeaseRequest[]): Promise<(LeaseState | undefined)[]> {
  const subuserIds = requests.map((request) => request.subuserId);
  const products = requests.map((request) => request.product);
  await tx`
    SELECT 1 FROM ledger_account l WHERE l.id IN (
      SELECT b.balance_id FROM unnest(${arrayOf(subuserIds)}::bigint[], ${arrayOf(products)}::text[]) AS item (subuser_id, product)
        JOIN subuser_bandwidth b USING (subuser_id, product)) ORDER BY l.id FOR NO KEY UPDATE`;
  const rows = await tx<(LeaseState & { n: bigint })[]>`
    SELECT item.n, b.balance_id, b.leased_id, b.consumed_id, l.balance, s.deleted_at IS NOT NULL AS deleted,
        own.id AS lease_id, own.granted_bytes,
        coalesce(own.reported_up_bytes + own.reported_down_bytes - own.settled_bytes, 0)::bigint AS unsettled,
        coalesce(others.held, 0)::bigint AS held_elsewhere, (coalesce(others.sessions, 0) + 1)::int AS sharing
      FROM unnest(${arrayOf(requests.map((request) => request.sessionId))}::bigint[], ${arrayOf(subuserIds)}::bigint[], ${arrayOf(products)}::text[])
          WITH ORDINALITY AS item (session_id, subuser_id, product, n)
        JOIN subuser_bandwidth b USING (subuser_id, product)
        JOIN subuser s ON s.id = b.subuser_id
        JOIN ledger_account l ON l.id = b.balance_id
        LEFT JOIN lease own ON own.subuser_id = b.subuser_id AND own.product = b.product
          AND own.session_id = item.session_id AND own.closed_at IS NULL
        LEFT JOIN LATERAL (
          SELECT sum(o.granted_bytes - o.reported_up_bytes - o.reported_down_bytes) AS held, count(*) AS sessions
            FROM lease o WHERE o.subuser_id = b.subuser_id AND o.product = b.product
              AND o.session_id <> item.session_id AND o.closed_at IS NULL) others ON true`;
  const byIndex = new Map(rows.map((row) => [Number(row.n) - 1, row]));
  return requests.map((_request, index) => byIndex.get(index));
}
