/** How gateways share what is limited over all of them: tunnels at once, and thousandths of a rate. See README.md here. */
import { arrayOf } from '../../db/array.ts';
import type { Sql, Tx } from '../../db/client.ts';
import { inTransaction } from '../../db/client.ts';
import { gather } from '../../shared/gather.ts';
import { type CoreEvent, sendEvent } from '../events.ts';
import type { LimitSubject } from './service-limits.ts';

/** A rate is shared in so many parts. */
export const RATE_UNITS = 1000;

export type Shared = 'tunnels' | 'rate';

export interface ShareRequest {
  sessionId: bigint;
  subject: LimitSubject;
  what: Shared;
  /** What this session wants to hold in all: not how much more. 0 gives all back. */
  units: number;
  /** Grows with each question of the session: one that is not newer than the last for this limit changes nothing. */
  sequence: number;
}

export type ShareAnswer =
  /**
   * The session holds this much: never more than it asked for; less than it held and still asks for only when the limit has
   * shrunk. `isRecalled`: less than it asked for, and others, who hold some, were asked to give back what they can do without.
   */
  | { kind: 'held'; units: number; isRecalled: boolean }
  /** There is no such limit now. */
  | { kind: 'unlimited' }
  | { kind: 'session-over' };

const MAX_BATCH = 256;

export class LimitShares {
  readonly #sql: Sql;

  /** Asks for a part. Requests of the same moment are decided in one transaction, in the order they came. */
  readonly hold: (request: ShareRequest) => Promise<ShareAnswer>;

  constructor(sql: Sql) {
    this.#sql = sql;
    this.hold = gather((requests) => this.#holdAll(requests), { maxBatch: MAX_BATCH });
  }

  async #holdAll(requests: readonly ShareRequest[]): Promise<ShareAnswer[]> {
    return inTransaction(this.#sql, async (tx) => {
      const alive = await lockSessions(tx, requests);
      const subjects = arrayOf(requests.map((request) => request.subject));
      // Who holds these rows decides alone how the limits are shared out.
      const limits = await tx<{ subject: LimitSubject; max_tunnels: number | null; has_rate: boolean }[]>`
        SELECT subject, max_tunnels, num_nonnulls(tunnels_per_second, bytes_per_second) > 0 AS has_rate FROM service_limit
          WHERE subject = ANY (${subjects}::text[]) ORDER BY subject FOR NO KEY UPDATE`;
      const shares = await tx<
        { subject: LimitSubject; what: Shared; session_id: bigint; units: number; sequence: bigint }[]
      >`
        SELECT u.subject, u.what, u.session_id, u.units, u.sequence FROM limit_share u
          JOIN gateway_session g ON g.id = u.session_id AND g.closed_at IS NULL
          WHERE u.subject = ANY (${subjects}::text[])`;
      const capacities = new Map<string, number>();
      for (const { subject, max_tunnels, has_rate } of limits) {
        if (max_tunnels !== null) capacities.set(`tunnels ${subject}`, max_tunnels);
        if (has_rate) capacities.set(`rate ${subject}`, RATE_UNITS);
      }
      /** By limit, then by session. */
      const held = new Map<string, Map<bigint, number>>();
      const lastSequence = new Map<string, number>();
      for (const { subject, what, session_id, units, sequence } of shares) {
        const key = `${what} ${subject}`;
        if (!held.has(key)) held.set(key, new Map());
        held.get(key)!.set(session_id, units);
        lastSequence.set(`${key} ${session_id}`, Number(sequence));
      }

      const recalls = new Map<string, CoreEvent>();
      const changed = new Map<string, ShareRequest>();
      const answers = requests.map((request): ShareAnswer => {
        const { sessionId, subject, what, units: wanted, sequence } = request;
        if (!alive.has(sessionId)) return { kind: 'session-over' };
        const key = `${what} ${subject}`;
        const capacity = capacities.get(key);
        const holders = held.get(key) ?? new Map<bigint, number>();
        held.set(key, holders);
        const before = holders.get(sessionId) ?? 0;
        if (sequence <= (lastSequence.get(`${key} ${sessionId}`) ?? 0)) {
          // Asked again because the answer was lost, or overtaken by a later question.
          if (capacity === undefined) return { kind: 'unlimited' };
          return { kind: 'held', units: Math.min(wanted, before), isRecalled: false };
        }
        const others = [...holders].filter(([id, units]) => id !== sessionId && units > 0);
        const elsewhere = others.reduce((sum, [, units]) => sum + units, 0);
        // Below what is held elsewhere when the limit has shrunk: who asks first gives up what is too much.
        const most = Math.max(0, (capacity ?? 0) - elsewhere);
        const fair = Math.max(1, Math.floor((capacity ?? 0) / (others.length + 1)));
        // Of a rate nobody takes more than its part while others use it, or the parts would never come to rest.
        const useful =
          what === 'rate' && others.length > 0 ? Math.min(wanted, Math.max(before, fair)) : wanted;
        const units = Math.min(useful, most);
        holders.set(sessionId, units);
        lastSequence.set(`${key} ${sessionId}`, sequence);
        changed.set(`${key} ${sessionId}`, { ...request, units });
        if (capacity === undefined) return { kind: 'unlimited' };
        const isShort = what === 'rate' ? units < Math.min(wanted, fair) : units < wanted;
        const isRecalled = isShort && others.length > 0;
        if (isRecalled) {
          const exceptSession = String(sessionId);
          recalls.set(key, { kind: 'share-recall', subject, what, fairUnits: fair, exceptSession });
        }
        return { kind: 'held', units, isRecalled };
      });

      const writes = [...changed.values()];
      if (writes.length > 0) {
        await tx`
          INSERT INTO limit_share (subject, what, session_id, units, sequence)
            SELECT * FROM unnest(${arrayOf(writes.map((write) => write.subject))}::text[], ${arrayOf(writes.map((write) => write.what))}::text[],
              ${arrayOf(writes.map((write) => write.sessionId))}::bigint[], ${arrayOf(writes.map((write) => write.units))}::int[],
              ${arrayOf(writes.map((write) => BigInt(write.sequence)))}::bigint[])
              AS item (subject, what, session_id, units, sequence) ORDER BY subject, what, session_id
            ON CONFLICT (subject, what, session_id) DO UPDATE
              SET units = excluded.units, sequence = excluded.sequence`;
      }
      for (const event of recalls.values()) await sendEvent(tx, event);
      return answers;
    });
  }
}

/** The sessions that are open, kept from ending until the transaction does. */
async function lockSessions(tx: Tx, requests: readonly ShareRequest[]): Promise<Set<bigint>> {
  const rows = await tx<{ id: bigint }[]>`
    SELECT id FROM gateway_session WHERE id = ANY (${arrayOf(requests.map((request) => request.sessionId))}::bigint[])
      AND closed_at IS NULL ORDER BY id FOR SHARE`;
  return new Set(rows.map((row) => row.id));
}
