/** Nodes: gateway machines, and the tokens by which they are recognised. See README.md here. */
import { arrayOf } from '../../db/array.ts';
import type { Sql, Tx } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Commands, Invocation } from '../command.ts';
import { DomainError, invalidField } from '../errors.ts';
import type { Events } from '../events.ts';
import { newPublicId, randomText, sha256, sha256Hex } from '../secrets.ts';

/** Who a good token speaks for. */
export interface NodeIdentity {
  nodeId: bigint;
  name: string;
}

export interface NodeRecord {
  id: string;
  name: string;
  /** The first characters of its newest token. */
  hint: string;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedFrom: string | null;
  /** Gateway sessions that are open. */
  sessions: number;
}

export interface MintedNode extends NodeRecord {
  /** Shown once: it is stored as a hash. */
  secret: string;
}

/**
 * How long a recognised token is believed without asking again. Revocation is told to all processes at once; this bounds what a
 * lost message could cost.
 */
const CACHE_MS = 1000;
const CACHE_ENTRIES = 10_000;
/** Last use is written at most this often for one node. */
const LAST_USED_EVERY_MS = 60_000;
const MAX_NODES = 1000;
const SECRET_PREFIX = 'hg_node_';

export const DEFAULT_NODE_OVERLAP_MS = 24 * 3600 * 1000;

interface TokenRow extends NodeIdentity {
  endsAt: Date | null;
}

export class Nodes {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #commands: Commands;
  /** By hash of the secret, in hexadecimal. */
  readonly #cache = new Map<string, { token: TokenRow | undefined; until: number }>();
  readonly #lastUsedWritten = new Map<bigint, number>();
  /** Whose a session is never changes. */
  readonly #ownerOf = new Map<bigint, bigint>();

  constructor(sql: Sql, clock: Clock, commands: Commands, events: Events) {
    this.#sql = sql;
    this.#clock = clock;
    this.#commands = commands;
    events.on((event) => {
      if (event.kind === 'nodes-changed' || event.kind === 'resync') this.#cache.clear();
    });
  }

  /**
   * Who this secret speaks for; undefined for one that is unknown, expired or revoked. Found by a hash of 256 random bits in an
   * index, so the time taken says nothing about any stored token.
   */
  async recognise(secret: string, address: string): Promise<NodeIdentity | undefined> {
    const hash = sha256Hex(secret);
    const nowMs = this.#clock.now().getTime();
    let cached = this.#cache.get(hash);
    if (!cached || cached.until <= nowMs || cached.until > nowMs + CACHE_MS) {
      cached = { token: await this.#find(hash), until: nowMs + CACHE_MS };
      if (this.#cache.size >= CACHE_ENTRIES) this.#cache.clear();
      this.#cache.set(hash, cached);
    }
    const { token } = cached;
    if (!token || (token.endsAt && token.endsAt.getTime() <= nowMs)) return undefined;
    this.#noteUse(token.nodeId, nowMs, address);
    return { nodeId: token.nodeId, name: token.name };
  }

  async #find(hash: string): Promise<TokenRow | undefined> {
    const [row] = await this.#sql<TokenRow[]>`
      SELECT n.id AS "nodeId", n.name, least(n.expires_at, t.ends_at) AS "endsAt"
        FROM node_token t JOIN node n ON n.id = t.node_id
        WHERE t.secret_hash = decode(${hash}, 'hex') AND n.revoked_at IS NULL`;
    return row;
  }

  /** Written beside the request, not in its way: a lost note of last use harms nobody. */
  #noteUse(nodeId: bigint, nowMs: number, address: string): void {
    const written = this.#lastUsedWritten.get(nodeId);
    if (written !== undefined && nowMs - written < LAST_USED_EVERY_MS) return;
    this.#lastUsedWritten.set(nodeId, nowMs);
    this
      .#sql`UPDATE node SET last_used_at = ${new Date(nowMs)}, last_used_from = ${address}::inet WHERE id = ${nodeId}`.catch(
      () => this.#lastUsedWritten.delete(nodeId),
    );
  }

  /** Those of these sessions that this node opened, be they open or over. */
  async ownSessions(nodeId: bigint, sessionIds: readonly bigint[]): Promise<Set<bigint>> {
    const unknown = [...new Set(sessionIds)].filter((id) => !this.#ownerOf.has(id));
    if (unknown.length > 0) {
      const rows = await this.#sql<{ id: bigint; nodeId: bigint }[]>`
        SELECT id, node_id AS "nodeId" FROM gateway_session
          WHERE id = ANY (${arrayOf(unknown)}::bigint[]) AND node_id IS NOT NULL`;
      for (const row of rows) this.#ownerOf.set(row.id, row.nodeId);
    }
    const own = new Set(sessionIds.filter((id) => this.#ownerOf.get(id) === nodeId));
    if (this.#ownerOf.size > CACHE_ENTRIES) this.#ownerOf.clear();
    return own;
  }

  /** Makes a node and its first token. `secret` is in the answer and nowhere else. */
  async create(invocation: Invocation, node: { name: string; expiresAt?: Date | undefined }) {
    return this.#commands.run(invocation, 'node.create', async ({ tx, now, audit }): Promise<MintedNode> => {
      const name = validNodeName(node.name);
      const expiresAt = node.expiresAt ?? null;
      if (expiresAt && expiresAt <= now) throw invalidField('expiry', 'in the future');
      const [{ nodes } = { nodes: 0n }] = await tx<{ nodes: bigint }[]>`
        SELECT count(*) AS nodes FROM node WHERE revoked_at IS NULL`;
      if (nodes >= MAX_NODES) throw new DomainError('LimitReached', { what: 'nodes', limit: MAX_NODES });
      const id = newPublicId('node_');
      const [row] = await tx<{ id: bigint }[]>`
        INSERT INTO node (public_id, name, created_at, expires_at) VALUES (${id}, ${name}, ${now}, ${expiresAt})
          ON CONFLICT DO NOTHING RETURNING id`;
      if (!row) throw new DomainError('NodeNameTaken', { name });
      const secret = await insertToken(tx, row.id, now);
      audit(`node:${id}`, { before: null, after: { name, expiresAt } });
      return {
        ...{ id, name, hint: hintOf(secret), createdAt: now, expiresAt, revokedAt: null },
        ...{ lastUsedAt: null, lastUsedFrom: null, sessions: 0, secret },
      };
    });
  }

  /** All nodes, revoked ones too, newest first. Secrets are not among them. */
  async list(): Promise<NodeRecord[]> {
    return this.#sql<NodeRecord[]>`SELECT ${columns(this.#sql)} FROM node n ORDER BY n.id DESC`;
  }

  /** By id, or by the name of one that is not revoked. Throws NodeNotFound. */
  async find(reference: string): Promise<NodeRecord> {
    const [node] = await this.#sql<NodeRecord[]>`
      SELECT ${columns(this.#sql)} FROM node n WHERE ${meant(this.#sql, reference)}`;
    if (!node) throw new DomainError('NodeNotFound', { reference });
    return node;
  }

  /** Mints another token. Those before it work on for `overlapMs`; with 0 they end at once. */
  async rotate(invocation: Invocation, reference: string, overlapMs = DEFAULT_NODE_OVERLAP_MS) {
    return this.#commands.run(
      invocation,
      'node.rotate',
      async ({ tx, now, audit, send }): Promise<MintedNode> => {
        const { key, ...node } = await lockNode(tx, reference);
        if (node.revokedAt || (node.expiresAt && node.expiresAt <= now)) {
          throw invalidField('node', 'one that is still valid: make a new one instead');
        }
        const endsAt = new Date(now.getTime() + overlapMs);
        await tx`
          UPDATE node_token SET ends_at = ${endsAt}
            WHERE node_id = ${key} AND (ends_at IS NULL OR ends_at > ${endsAt})`;
        const secret = await insertToken(tx, key, now);
        audit(`node:${node.id}`, {
          name: node.name,
          before: { token: node.hint, expiresAt: node.expiresAt },
          after: { token: hintOf(secret), expiresAt: node.expiresAt, oldTokensEndAt: endsAt },
        });
        send({ kind: 'nodes-changed' });
        return { ...node, hint: hintOf(secret), secret };
      },
    );
  }

  /** Ends a node at once. Revoking a revoked one changes nothing. */
  async revoke(invocation: Invocation, reference: string) {
    return this.#commands.run(
      invocation,
      'node.revoke',
      async ({ tx, now, audit, send }): Promise<NodeRecord> => {
        const { key, ...node } = await lockNode(tx, reference);
        if (!node.revokedAt) {
          await tx`UPDATE node SET revoked_at = ${now} WHERE id = ${key}`;
          audit(`node:${node.id}`, {
            name: node.name,
            before: { revokedAt: null },
            after: { revokedAt: now },
          });
          send({ kind: 'nodes-changed' });
        }
        return { ...node, revokedAt: node.revokedAt ?? now };
      },
    );
  }
}

function columns(sql: Sql | Tx) {
  return sql`n.public_id AS id, n.name, n.created_at AS "createdAt", n.expires_at AS "expiresAt", n.revoked_at AS "revokedAt",
    n.last_used_at AS "lastUsedAt", host(n.last_used_from) AS "lastUsedFrom",
    (SELECT t.hint FROM node_token t WHERE t.node_id = n.id ORDER BY t.id DESC LIMIT 1) AS hint,
    (SELECT count(*)::int FROM gateway_session g WHERE g.node_id = n.id AND g.closed_at IS NULL) AS sessions`;
}

function meant(sql: Sql | Tx, reference: string) {
  // What cannot be a name or an id must not reach a query, which a NUL would fail.
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(reference)) throw new DomainError('NodeNotFound', { reference });
  return sql`n.public_id = ${reference} OR (n.name_key = lower(${reference}) AND n.revoked_at IS NULL)`;
}

async function lockNode(tx: Tx, reference: string): Promise<NodeRecord & { key: bigint }> {
  const [node] = await tx<(NodeRecord & { key: bigint })[]>`
    SELECT n.id AS key, ${columns(tx)} FROM node n WHERE ${meant(tx, reference)} FOR UPDATE OF n`;
  if (!node) throw new DomainError('NodeNotFound', { reference });
  return node;
}

/** Answers the secret. */
async function insertToken(tx: Tx, nodeKey: bigint, now: Date): Promise<string> {
  // 44 characters of 57: about 256 bits.
  const secret = `${SECRET_PREFIX}${randomText(44)}`;
  await tx`
    INSERT INTO node_token (node_id, hint, secret_hash, created_at)
      VALUES (${nodeKey}, ${hintOf(secret)}, ${sha256(secret)}, ${now})`;
  return secret;
}

function hintOf(secret: string): string {
  return secret.slice(0, SECRET_PREFIX.length + 4);
}

/** Of what a host's name is made, so that it can be one; never like an id. */
function validNodeName(value: unknown): string {
  const expected = 'letters, digits, dots and hyphens, 1 to 63 of them, beginning with a letter or digit';
  if (typeof value !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/.test(value)) {
    throw invalidField('name', expected);
  }
  return value;
}
