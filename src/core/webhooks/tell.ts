/** Writes down what is to be told, in the transaction of what it tells: it is sent if, and only if, that is committed. */
import { arrayOf } from '../../db/array.ts';
import type { Tx } from '../../db/client.ts';
import { newPublicId } from '../secrets.ts';
import type { WEBHOOK_TEST, WebhookType } from './types.ts';

export interface WebhookEvent {
  type: WebhookType;
  /** Whom it is about. Its own endpoints are told, and the owner's. */
  accountId: bigint;
  /** Plain JSON values, times as ISO 8601; whole numbers as numbers. Nothing secret. */
  data: Record<string, unknown>;
}

/** Where nobody listens, nothing is written. */
export async function tell(tx: Tx, events: readonly WebhookEvent[], now: Date): Promise<void> {
  if (events.length === 0) return;
  const items = events.map((event) => ({
    ...event,
    id: newPublicId('evt_'),
    payload: payloadOf(event.type, event.data, now),
  }));
  await tx`
    WITH item AS (
      SELECT * FROM unnest(${arrayOf(items.map((item) => item.id))}::text[], ${arrayOf(items.map((item) => item.type))}::text[],
        ${arrayOf(items.map((item) => item.accountId))}::bigint[], ${arrayOf(items.map((item) => item.payload))}::text[])
        AS item (public_id, type, account_id, payload)),
    listener AS (
      SELECT item.public_id, e.id AS endpoint_id
        FROM item JOIN webhook_endpoint e ON e.deleted_at IS NULL AND e.enabled
            AND (cardinality(e.types) = 0 OR item.type = ANY (e.types))
          JOIN account a ON a.id = e.account_id AND (a.is_owner OR a.id = item.account_id)),
    event AS (
      INSERT INTO webhook_event (public_id, type, account_id, payload, at)
        SELECT public_id, type, account_id, payload, ${now} FROM item
          WHERE public_id IN (SELECT public_id FROM listener) RETURNING id, public_id)
    INSERT INTO webhook_delivery (public_id, event_id, endpoint_id, next_at)
      SELECT 'dlv_' || replace(gen_random_uuid()::text, '-', ''), event.id, listener.endpoint_id, ${now}
        FROM event JOIN listener USING (public_id)`;
}

/** The text that is sent, and signed. */
export function payloadOf(
  type: WebhookType | typeof WEBHOOK_TEST,
  data: Record<string, unknown>,
  now: Date,
): string {
  return JSON.stringify({ type, timestamp: now, data }, (_name, value) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
}
