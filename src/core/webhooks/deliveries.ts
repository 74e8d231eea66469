/** Which deliveries are due, and what became of them. Whoever sends them stands above. */
import { arrayOf } from '../../db/array.ts';
import type { Sql } from '../../db/client.ts';
import { inTransaction } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { auditWriting } from '../audit/audit.ts';
import type { SecretBox } from '../secrets.ts';
import { signedHeaders } from './signature.ts';

export interface DueDelivery {
  id: bigint;
  endpointId: bigint;
  url: string;
  /** The signature among them. */
  headers: Record<string, string>;
  payload: string;
  /** This one included. */
  attempts: number;
}

export type DeliveryResult =
  | { ok: true; status: number }
  /** `gone`: the endpoint asks for no more. */
  | { ok: false; status: number | null; error: string; gone: boolean };

/** After each failed attempt, the pause before the next; then the delivery has failed for good. A bit more than three days. */
const PAUSES_MS = [
  5_000, 30_000, 300_000, 1800_000, 7200_000, 18_000_000, 36_000_000, 50_400_000, 72_000_000, 86_400_000,
];
export const MAX_DELIVERY_ATTEMPTS = PAUSES_MS.length + 1;

/** Longer than an attempt can take: a process that died in the middle of one leaves it to others after this. */
const CLAIMED_MS = 120_000;
const AT_ONCE_PER_ENDPOINT = 8;
const ENDPOINTS_AT_ONCE = 100;
const ACTOR = { name: 'system', accountId: null, door: 'job' } as const;

export function sealPurpose(endpointId: string): string {
  return `webhook:${endpointId}`;
}

export class WebhookDeliveries {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #box: SecretBox;

  constructor(sql: Sql, clock: Clock, box: SecretBox) {
    this.#sql = sql;
    this.#clock = clock;
    this.#box = box;
  }

  /** Takes what is due for all endpoints but these. What is taken must be settled within two minutes. */
  async take(exceptEndpoints: readonly bigint[]): Promise<DueDelivery[]> {
    const now = this.#clock.now();
    const rows = await this.#sql<
      {
        id: bigint;
        endpoint_id: bigint;
        endpoint: string;
        url: string;
        event: string;
        payload: string;
        attempts: number;
        secret_sealed: Uint8Array;
        previous_secret_sealed: Uint8Array | null;
        previous_until: Date | null;
      }[]
    >`
      WITH due AS MATERIALIZED (
        SELECT d.id FROM (
            SELECT e.id FROM webhook_endpoint e
              WHERE e.deleted_at IS NULL AND e.enabled AND e.id <> ALL (${arrayOf(exceptEndpoints)}::bigint[]) AND EXISTS (
                SELECT FROM webhook_delivery d WHERE d.endpoint_id = e.id AND d.status = 'pending' AND d.next_at <= ${now})
              ORDER BY e.id LIMIT ${ENDPOINTS_AT_ONCE}) e
          CROSS JOIN LATERAL (
            SELECT d.id FROM webhook_delivery d WHERE d.endpoint_id = e.id AND d.status = 'pending' AND d.next_at <= ${now}
              ORDER BY d.next_at, d.id LIMIT ${AT_ONCE_PER_ENDPOINT} FOR UPDATE SKIP LOCKED) d)
      UPDATE webhook_delivery d SET attempts = d.attempts + 1, next_at = ${new Date(now.getTime() + CLAIMED_MS)}, attempted_at = ${now}
        FROM due, webhook_endpoint e, webhook_event v
        WHERE d.id = due.id AND e.id = d.endpoint_id AND v.id = d.event_id
        RETURNING d.id, d.endpoint_id, e.public_id AS endpoint, e.url, v.public_id AS event, v.payload, d.attempts, e.secret_sealed,
          e.previous_secret_sealed, e.previous_until`;
    return rows.map((row) => {
      const sealed = [row.secret_sealed];
      if (row.previous_secret_sealed && row.previous_until && row.previous_until > now)
        sealed.push(row.previous_secret_sealed);
      const secrets = sealed.map((bytes) => this.#box.open(bytes, sealPurpose(row.endpoint)).toString());
      return {
        id: row.id,
        endpointId: row.endpoint_id,
        url: row.url,
        headers: {
          'content-type': 'application/json',
          ...signedHeaders(row.event, now, row.payload, secrets),
        },
        payload: row.payload,
        attempts: row.attempts,
      };
    });
  }

  /** Notes what became of an attempt: the next one is planned, or the endpoint switched off where it makes no sense to go on. */
  async settle(delivery: DueDelivery, result: DeliveryResult): Promise<void> {
    const now = this.#clock.now();
    if (result.ok) {
      await this.#sql`
        UPDATE webhook_delivery SET status = 'delivered', answer_status = ${result.status}, error = NULL WHERE id = ${delivery.id}`;
      return;
    }
    const pauseMs = PAUSES_MS[delivery.attempts - 1];
    const isOver = result.gone || pauseMs === undefined;
    // Spread, so that what failed together is not tried together.
    const nextAt = new Date(now.getTime() + (pauseMs ?? 0) * (1 + Math.random() / 10));
    await inTransaction(this.#sql, async (tx) => {
      await tx`
        UPDATE webhook_delivery SET status = ${isOver ? 'failed' : 'pending'}, next_at = ${nextAt}, answer_status = ${result.status},
            error = ${result.error.slice(0, 500)} WHERE id = ${delivery.id}`;
      if (!isOver) return;
      const reason = result.gone
        ? 'it answered 410 Gone'
        : `a message could not be delivered in ${delivery.attempts} attempts, and none after it`;
      // One that took anything since this message was first tried is alive.
      const [off] = await tx<{ public_id: string }[]>`
        UPDATE webhook_endpoint e SET enabled = false, disabled_reason = ${reason}
          WHERE id = ${delivery.endpointId} AND enabled AND (${result.gone} OR NOT EXISTS (
            SELECT FROM webhook_delivery d WHERE d.endpoint_id = e.id AND d.id > ${delivery.id} AND d.status = 'delivered'))
          RETURNING public_id`;
      if (!off) return;
      const details = { before: { enabled: true }, after: { enabled: false }, reason };
      const subject = `webhook:${off.public_id}`;
      await auditWriting(tx, [{ actor: ACTOR, action: 'webhook.switch-off', subject, details }], now);
    });
  }
}
