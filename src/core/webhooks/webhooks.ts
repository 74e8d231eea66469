/** Endpoints that want to be told by HTTP, and what was sent to them. See README.md here. */
import type { Sql, Tx } from '../../db/client.ts';
import { ANOTHER_SECRET, SECRET } from '../audit/audit.ts';
import type { Commands, Invocation } from '../command.ts';
import { DomainError, invalidField } from '../errors.ts';
import { type Page, type PageRequest, pageOf } from '../paging.ts';
import { newPublicId, type SecretBox } from '../secrets.ts';
import { validOutgoingUrl } from '../validate.ts';
import { sealPurpose } from './deliveries.ts';
import { newSigningSecret } from './signature.ts';
import { payloadOf } from './tell.ts';
import { WEBHOOK_TEST, WEBHOOK_TYPES, type WebhookType } from './types.ts';

export interface WebhookEndpoint {
  /** `wh_…` */
  id: string;
  url: string;
  description: string;
  /** Empty: all. */
  types: WebhookType[];
  enabled: boolean;
  /** Why it was switched off, where nobody did it. */
  disabledReason: string | null;
  /** Until when the secret before the present one signs too. */
  previousSecretUntil: Date | null;
  createdAt: Date;
}

export interface WebhookEndpointWithSecret extends WebhookEndpoint {
  /** `whsec_…`: shown when it is made or rotated, and never again. */
  secret: string;
}

export interface WebhookEndpointSettings {
  url: string;
  description?: string | undefined;
  types?: readonly string[] | undefined;
}

export interface WebhookDelivery {
  id: string;
  eventId: string;
  type: string;
  /** What was sent, as text. */
  payload: string;
  status: 'pending' | 'delivered' | 'failed';
  attempts: number;
  at: Date;
  attemptedAt: Date | null;
  /** Of a pending one. */
  nextAttemptAt: Date | null;
  answerStatus: number | null;
  error: string | null;
}

/** Where a page of deliveries begins: the internal id of the last one of the page before. */
export type DeliveryKey = readonly [bigint];

const MAX_ENDPOINTS_PER_ACCOUNT = 20;
export const DEFAULT_WEBHOOK_OVERLAP_MS = 24 * 3600_000;
const MAX_OVERLAP_MS = 30 * 24 * 3600_000;

export class Webhooks {
  readonly #sql: Sql;
  readonly #commands: Commands;
  readonly #box: SecretBox;

  constructor(sql: Sql, commands: Commands, box: SecretBox) {
    this.#sql = sql;
    this.#commands = commands;
    this.#box = box;
  }

  /** The account's endpoints, oldest first. */
  async list(accountId: bigint): Promise<WebhookEndpoint[]> {
    return this.#sql<WebhookEndpoint[]>`
      SELECT ${columns(this.#sql)} FROM webhook_endpoint WHERE account_id = ${accountId} AND deleted_at IS NULL ORDER BY id`;
  }

  /** Throws WebhookNotFound, as all calls that name an endpoint. */
  async get(accountId: bigint, id: string): Promise<WebhookEndpoint> {
    return (await find(this.#sql, accountId, id)).endpoint;
  }

  async create(
    invocation: Invocation,
    accountId: bigint,
    settings: WebhookEndpointSettings,
  ): Promise<WebhookEndpointWithSecret> {
    const url = validOutgoingUrl(settings.url);
    const description = validDescription(settings.description ?? '');
    const types = validTypes(settings.types ?? []);
    return this.#commands.run(invocation, 'webhook.create', async ({ tx, now, audit }) => {
      // Locks the account's row, so that of two that come at once the second counts the first.
      await tx`SELECT FROM account WHERE id = ${accountId} FOR NO KEY UPDATE`;
      const [count] = await tx<{ n: number }[]>`
        SELECT count(*)::int AS n FROM webhook_endpoint WHERE account_id = ${accountId} AND deleted_at IS NULL`;
      if (count!.n >= MAX_ENDPOINTS_PER_ACCOUNT) {
        throw new DomainError('LimitReached', {
          what: 'webhook endpoints for one account',
          limit: MAX_ENDPOINTS_PER_ACCOUNT,
        });
      }
      const id = newPublicId('wh_');
      const secret = newSigningSecret();
      await tx`
        INSERT INTO webhook_endpoint (public_id, account_id, url, description, types, secret_sealed, created_at)
          VALUES (${id}, ${accountId}, ${url}, ${description}, ${types}, ${this.#box.seal(secret, sealPurpose(id))}, ${now})`;
      const { endpoint } = await find(tx, accountId, id);
      audit(`webhook:${id}`, { before: null, after: auditable(endpoint) });
      return { ...endpoint, secret };
    });
  }

  /** Switching on an endpoint forgets why it was switched off. */
  async update(
    invocation: Invocation,
    accountId: bigint,
    id: string,
    changes: Partial<WebhookEndpointSettings> & { enabled?: boolean | undefined },
  ): Promise<WebhookEndpoint> {
    const url = changes.url === undefined ? undefined : validOutgoingUrl(changes.url);
    const description = changes.description === undefined ? undefined : validDescription(changes.description);
    const types = changes.types === undefined ? undefined : validTypes(changes.types);
    return this.#commands.run(invocation, 'webhook.update', async ({ tx, audit }) => {
      const { endpoint: before, internalId } = await find(tx, accountId, id, 'lock');
      const enabled = changes.enabled ?? before.enabled;
      await tx`
        UPDATE webhook_endpoint SET url = ${url ?? before.url}, description = ${description ?? before.description},
            types = ${types ?? before.types}, enabled = ${enabled},
            disabled_reason = ${enabled ? null : before.disabledReason} WHERE id = ${internalId}`;
      const { endpoint } = await find(tx, accountId, id);
      audit(`webhook:${id}`, { before: auditable(before), after: auditable(endpoint) });
      return endpoint;
    });
  }

  /** Makes a new secret. The old one signs beside it for `overlapMs`, at most 30 days, so that receivers can change in peace. */
  async rotateSecret(
    invocation: Invocation,
    accountId: bigint,
    id: string,
    overlapMs = DEFAULT_WEBHOOK_OVERLAP_MS,
  ): Promise<WebhookEndpointWithSecret> {
    if (!Number.isSafeInteger(overlapMs) || overlapMs < 0 || overlapMs > MAX_OVERLAP_MS) {
      throw invalidField('overlap', 'a time from 0 to 30 days');
    }
    return this.#commands.run(invocation, 'webhook.rotate-secret', async ({ tx, now, audit }) => {
      const { internalId } = await find(tx, accountId, id, 'lock');
      const secret = newSigningSecret();
      const until = new Date(now.getTime() + overlapMs);
      await tx`
        UPDATE webhook_endpoint SET previous_secret_sealed = secret_sealed, previous_until = ${until},
            secret_sealed = ${this.#box.seal(secret, sealPurpose(id))} WHERE id = ${internalId}`;
      audit(`webhook:${id}`, {
        before: { secret: SECRET },
        after: { secret: ANOTHER_SECRET, previousSecretUntil: until },
      });
      return { ...(await find(tx, accountId, id)).endpoint, secret };
    });
  }

  /** What is on its way to it is not sent any more. Deleting again is refused with WebhookNotFound. */
  async delete(invocation: Invocation, accountId: bigint, id: string): Promise<void> {
    await this.#commands.run(invocation, 'webhook.delete', async ({ tx, now, audit }) => {
      const { internalId, endpoint } = await find(tx, accountId, id, 'lock');
      await tx`UPDATE webhook_endpoint SET deleted_at = ${now}, enabled = false WHERE id = ${internalId}`;
      audit(`webhook:${id}`, { before: auditable(endpoint), after: null });
    });
  }

  /** Sends a message of the type `webhook.test`, also to one that is switched off for what happens. */
  async test(invocation: Invocation, accountId: bigint, id: string): Promise<{ eventId: string }> {
    return this.#commands.run(invocation, 'webhook.test', async ({ tx, now, auditAct }) => {
      const { internalId, endpoint } = await find(tx, accountId, id, 'lock');
      if (!endpoint.enabled) throw invalidField('webhook', 'switched on to be tested');
      const eventId = newPublicId('evt_');
      const payload = payloadOf(WEBHOOK_TEST, { webhook: { id } }, now);
      await tx`
        WITH event AS (
          INSERT INTO webhook_event (public_id, type, account_id, payload, at)
            VALUES (${eventId}, ${WEBHOOK_TEST}, ${accountId}, ${payload}, ${now}) RETURNING id)
        INSERT INTO webhook_delivery (public_id, event_id, endpoint_id, next_at)
          SELECT ${newPublicId('dlv_')}, id, ${internalId}, ${now} FROM event`;
      auditAct(`webhook:${id}`, { eventId });
      return { eventId };
    });
  }

  /** What was and is to be sent, newest first. */
  async deliveries(
    accountId: bigint,
    id: string,
    page: PageRequest<DeliveryKey> & { status?: WebhookDelivery['status'] | undefined },
  ): Promise<Page<WebhookDelivery, DeliveryKey>> {
    const { internalId } = await find(this.#sql, accountId, id);
    const rows = await this.#sql<(WebhookDelivery & { key: bigint })[]>`
      SELECT d.id AS key, d.public_id AS id, v.public_id AS "eventId", v.type, v.payload, d.status, d.attempts, v.at,
          d.attempted_at AS "attemptedAt", CASE WHEN d.status = 'pending' THEN d.next_at END AS "nextAttemptAt",
          d.answer_status AS "answerStatus", d.error
        FROM webhook_delivery d JOIN webhook_event v ON v.id = d.event_id
        WHERE d.endpoint_id = ${internalId} AND (${page.after?.[0] ?? null}::bigint IS NULL OR d.id < ${page.after?.[0] ?? null})
          AND (${page.status ?? null}::text IS NULL OR d.status = ${page.status ?? null})
        ORDER BY d.id DESC LIMIT ${page.limit + 1}`;
    const { rows: shown, next } = pageOf(rows, page.limit, ({ key }): DeliveryKey => [key]);
    return { rows: shown.map(({ key: _, ...delivery }) => delivery), ...(next && { next }) };
  }

  /** Sends one again, whatever became of it, with as many attempts as a new one has. The receiver knows it by the event's id. */
  async replay(invocation: Invocation, accountId: bigint, id: string, deliveryId: string): Promise<void> {
    await this.#commands.run(invocation, 'webhook.replay', async ({ tx, now, auditAct }) => {
      const { internalId } = await find(tx, accountId, id, 'lock');
      const [row] = await tx`
        UPDATE webhook_delivery SET status = 'pending', attempts = 0, next_at = ${now}
          WHERE public_id = ${printable(deliveryId)} AND endpoint_id = ${internalId} RETURNING id`;
      if (!row) throw new DomainError('WebhookNotFound', { id: deliveryId });
      auditAct(`webhook:${id}`, { deliveryId });
    });
  }

  /** Sends again what has failed for good and was told after `since`. Answers how many. */
  async replayFailed(
    invocation: Invocation,
    accountId: bigint,
    id: string,
    since: Date,
  ): Promise<{ count: number }> {
    return this.#commands.run(invocation, 'webhook.replay-failed', async ({ tx, now, auditAct }) => {
      const { internalId } = await find(tx, accountId, id, 'lock');
      const { count } = await tx`
        UPDATE webhook_delivery d SET status = 'pending', attempts = 0, next_at = ${now} FROM webhook_event v
          WHERE v.id = d.event_id AND v.at >= ${since} AND d.endpoint_id = ${internalId} AND d.status = 'failed'`;
      auditAct(`webhook:${id}`, { since, count });
      return { count };
    });
  }
}

function auditable({ url, description, types, enabled }: WebhookEndpoint) {
  return { url, description, types, enabled };
}

function columns(sql: Sql | Tx) {
  return sql`public_id AS id, url, description, types, enabled, disabled_reason AS "disabledReason",
    CASE WHEN previous_secret_sealed IS NOT NULL THEN previous_until END AS "previousSecretUntil", created_at AS "createdAt"`;
}

/** What cannot be an id must not reach a query, which a NUL would fail. */
function printable(id: string): string {
  if (!/^[a-z]{1,8}_[a-z0-9]{1,64}$/.test(id)) throw new DomainError('WebhookNotFound', { id });
  return id;
}

async function find(
  sql: Sql | Tx,
  accountId: bigint,
  id: string,
  lock?: 'lock',
): Promise<{ internalId: bigint; endpoint: WebhookEndpoint }> {
  const [row] = await sql<(WebhookEndpoint & { internalId: bigint })[]>`
    SELECT id AS "internalId", ${columns(sql)} FROM webhook_endpoint
      WHERE public_id = ${printable(id)} AND account_id = ${accountId} AND deleted_at IS NULL
      ${lock ? sql`FOR NO KEY UPDATE` : sql``}`;
  if (!row) throw new DomainError('WebhookNotFound', { id });
  const { internalId, ...endpoint } = row;
  return { internalId, endpoint };
}

function validDescription(value: string): string {
  if (typeof value !== 'string' || !/^[^\p{C}]{0,200}$/u.test(value))
    throw invalidField('description', 'a text of at most 200 characters on one line');
  return value.trim();
}

function validTypes(values: readonly string[]): WebhookType[] {
  for (const value of values) {
    if (!WEBHOOK_TYPES.includes(value as WebhookType))
      throw invalidField('types', `among ${WEBHOOK_TYPES.join(', ')}`);
  }
  return WEBHOOK_TYPES.filter((type) => values.includes(type));
}
