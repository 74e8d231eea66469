/** Live tunnels over all gateways: who, to where, how much; and how they are cut. See README.md here. */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { arrayOf } from '../../db/array.ts';
import type { Sql } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Commands, Invocation } from '../command.ts';
import { DomainError, invalidField } from '../errors.ts';
import { sendEvent } from '../events.ts';
import type { LimitSubject } from '../limits/service-limits.ts';
import { findAnySubuser, findSubuserKeys, isPossibleReference } from '../subusers/read.ts';

/** Which tunnels are meant: each field narrows. */
export interface TunnelQuery {
  /** Username or id of a subuser. */
  subuser?: string | undefined;
  /** Id of a subscription. */
  subscription?: string | undefined;
  tunnelId?: string | undefined;
  /** A destination, as its clients write it. */
  host?: string | undefined;
  /** Only what belongs to this reseller; somebody else's subuser is not found. */
  accountId?: bigint | undefined;
}

export interface LiveTunnel {
  tunnelId: string;
  /** Null: it belongs to a subscription. */
  username: string | null;
  /** Null: it belongs to a subuser. */
  subscription: string | null;
  storeCode: string;
  protocol: 'connect' | 'http' | 'socks5' | 'socks4';
  /** Null until the client has said it. */
  host: string | null;
  port: number | null;
  clientAddress: string;
  upBytes: number;
  downBytes: number;
  since: Date;
  /** The gateway's name. */
  gateway: string;
}

export interface LiveTunnels {
  /** All that are meant, though fewer are listed. */
  total: number;
  /** The oldest first. */
  tunnels: LiveTunnel[];
  /** Names of gateways that did not answer. */
  silentGateways: string[];
}

/** What a gateway answers. */
export interface TunnelAnswer {
  sessionId: bigint;
  requestId: string;
  total: number;
  tunnels: GatewayTunnel[];
}

interface GatewayTunnel {
  tunnelId: string;
  subject: LimitSubject;
  protocol: LiveTunnel['protocol'];
  clientAddress: string;
  host?: string;
  port?: number;
  upBytes: number;
  downBytes: number;
  openForMs: number;
}

/** As gateways are asked. */
export interface TunnelFilter {
  tunnelId?: string;
  /** Whose: of one subuser or subscription, or of a reseller. */
  subject?: LimitSubject | `account:${string}`;
  host?: string;
}

/** Most entries of one list, and of one gateway's answer. */
export const MAX_TUNNELS = 10_000;
export const ANSWER_WITHIN_MS = 3_000;
/** Answers that nobody read are removed after this. */
export const ANSWER_KEPT_MS = 60_000;
const LOOK_EVERY_MS = 20;
/** A gateway whose last report is older is not waited for. */
const ALIVE_MS = 5_000;

interface GatewayAnswer {
  gateway: string;
  total: number;
  tunnels: GatewayTunnel[];
  at: Date;
}

interface Owner {
  subject: LimitSubject;
  store_code: string;
  username: string | null;
  subscription: string | null;
}

export class Tunnels {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #commands: Commands;

  constructor(sql: Sql, clock: Clock, commands: Commands) {
    this.#sql = sql;
    this.#clock = clock;
    this.#commands = commands;
  }

  /** Asks all gateways what they have open. Takes as long as the slowest of them, at most ANSWER_WITHIN_MS. */
  async live(query: TunnelQuery = {}, limit = MAX_TUNNELS): Promise<LiveTunnels> {
    if (!Number.isInteger(limit) || limit < 0 || limit > MAX_TUNNELS)
      throw invalidField('limit', `a whole number from 0 to ${MAX_TUNNELS}`);
    const filter = await this.#filterOf(query);
    const requestId = newRequestId();
    await sendEvent(this.#sql, { kind: 'tunnels-asked', requestId, filter, limit, cut: false });
    const { answers, silentGateways } = await this.#collect(requestId);
    const found = answers.flatMap(({ gateway, at, tunnels }) =>
      tunnels.map((tunnel) => ({ ...tunnel, gateway, since: new Date(at.getTime() - tunnel.openForMs) })),
    );
    found.sort((a, b) => a.since.getTime() - b.since.getTime());
    const owners = await this.#ownersOf(found.map(({ subject }) => subject));
    const tunnels = found.flatMap(({ subject, openForMs: _, host, port, ...tunnel }): LiveTunnel[] => {
      const owner = owners.get(subject);
      if (owner === undefined) return [];
      const { username, subscription, store_code: storeCode } = owner;
      return [{ ...tunnel, username, subscription, storeCode, host: host ?? null, port: port ?? null }];
    });
    const total = answers.reduce((sum, answer) => sum + answer.total, 0);
    return { total, tunnels: tunnels.slice(0, limit), silentGateways };
  }

  /** Cuts what is meant, at all gateways, and answers how many that were. A field besides the account must narrow it. */
  async cut(invocation: Invocation, query: TunnelQuery): Promise<{ cut: number; silentGateways: string[] }> {
    const filter = await this.#filterOf(query);
    const { subuser, subscription, tunnelId, host } = query;
    const given = Object.fromEntries(
      Object.entries({ subuser, subscription, tunnelId, host }).filter(([, value]) => value !== undefined),
    );
    if (Object.keys(given).length === 0)
      throw invalidField('filter', 'a tunnel, a subuser, a subscription or a host');
    const requestId = newRequestId();
    await this.#commands.run(invocation, 'tunnels.cut', async ({ auditAct, send }) => {
      auditAct('tunnels', given);
      send({ kind: 'tunnels-asked', requestId, filter, limit: 0, cut: true });
    });
    const { answers, silentGateways } = await this.#collect(requestId);
    return { cut: answers.reduce((sum, answer) => sum + answer.total, 0), silentGateways };
  }

  /** A gateway answers. The second time changes nothing. */
  async answer({ sessionId, requestId, total, tunnels }: TunnelAnswer): Promise<void> {
    await this.#sql`
      INSERT INTO tunnel_answer (request_id, session_id, total, tunnels, at)
        SELECT ${requestId}, id, ${total}, ${JSON.stringify(tunnels)}::text::jsonb, ${this.#clock.now()} FROM gateway_session
          WHERE id = ${sessionId} AND closed_at IS NULL
        ON CONFLICT (request_id, session_id) DO NOTHING`;
  }

  async #filterOf({ subuser, subscription, tunnelId, host, accountId }: TunnelQuery): Promise<TunnelFilter> {
    const filter: TunnelFilter = accountId === undefined ? {} : { subject: `account:${accountId}` };
    if (subuser !== undefined && subscription !== undefined)
      throw invalidField('subscription', 'absent where a subuser is given');
    if (subuser !== undefined) filter.subject = await this.#subuserSubject(subuser, accountId);
    if (subscription !== undefined) {
      const [row] = /^su_[0-9a-f]{24}$/.test(subscription)
        ? await this.#sql<{ id: bigint; account_id: bigint }[]>`
            SELECT id, account_id FROM subscription WHERE public_id = ${subscription}`
        : [];
      if (!row || (accountId !== undefined && row.account_id !== accountId))
        throw new DomainError('SubscriptionNotFound', {});
      filter.subject = `subscription:${row.id}`;
    }
    if (tunnelId !== undefined) filter.tunnelId = validText(tunnelId, 'tunnel', 64);
    if (host !== undefined) filter.host = validText(host, 'host', 255).toLowerCase();
    return filter;
  }

  async #subuserSubject(reference: string, accountId: bigint | undefined): Promise<LimitSubject> {
    if (!isPossibleReference(reference)) throw new DomainError('SubuserNotFound', {});
    const owner = accountId ?? (await findAnySubuser(this.#sql, reference)).accountId;
    const [found] = await findSubuserKeys(this.#sql, [
      { accountId: owner, reference, product: 'residential' },
    ]);
    if (!found) throw new DomainError('SubuserNotFound', {});
    return `subuser:${found.internalId}`;
  }

  /** Waits until every gateway that lives has answered. */
  async #collect(requestId: string): Promise<{ answers: GatewayAnswer[]; silentGateways: string[] }> {
    for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
      const aliveSince = new Date(this.#clock.now().getTime() - ALIVE_MS);
      const sessions = await this.#sql<{ name: string; is_alive: boolean; has_answered: boolean }[]>`
        SELECT g.name, g.heartbeat_at > ${aliveSince} AS is_alive, a.session_id IS NOT NULL AS has_answered
          FROM gateway_session g LEFT JOIN tunnel_answer a ON a.session_id = g.id AND a.request_id = ${requestId}
          WHERE g.closed_at IS NULL ORDER BY g.id`;
      const silent = sessions.filter((session) => !session.has_answered);
      if (waitedMs < ANSWER_WITHIN_MS && silent.some((session) => session.is_alive)) {
        await delay(LOOK_EVERY_MS);
        continue;
      }
      const answers = await this.#sql<GatewayAnswer[]>`
        WITH read AS (DELETE FROM tunnel_answer WHERE request_id = ${requestId} RETURNING session_id, total, tunnels, at)
        SELECT g.name AS gateway, read.total, read.tunnels, read.at FROM read JOIN gateway_session g ON g.id = read.session_id`;
      return { answers: [...answers], silentGateways: silent.map((session) => session.name) };
    }
  }

  async #ownersOf(subjects: readonly LimitSubject[]): Promise<Map<LimitSubject, Owner>> {
    const rows = await this.#sql<Owner[]>`
      SELECT item.subject, a.store_code, u.username,
          s.public_id AS subscription
        FROM unnest(${arrayOf([...new Set(subjects)])}::text[]) AS item (subject)
          LEFT JOIN subuser u ON item.subject LIKE 'subuser:%' AND u.id = split_part(item.subject, ':', 2)::bigint
          LEFT JOIN subscription s ON item.subject LIKE 'subscription:%' AND s.id = split_part(item.subject, ':', 2)::bigint
          JOIN account a ON a.id = coalesce(u.account_id, s.account_id)`;
    return new Map(rows.map((row) => [row.subject, row]));
  }
}

function newRequestId(): string {
  return randomBytes(12).toString('hex');
}

function validText(value: string, field: string, maxLength: number): string {
  if (!/^[\x21-\x7e]+$/.test(value) || value.length > maxLength)
    throw invalidField(field, `a text of 1 to ${maxLength} printable characters without spaces`);
  return value;
}
