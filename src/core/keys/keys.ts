/** API keys: minted once, stored as hashes, limited by scopes, ended by expiry or revocation. See README.md here. */
import { arrayOf } from '../../db/array.ts';
import type { Sql, Tx } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { gather } from '../../shared/gather.ts';
import type { Commands, Invocation } from '../command.ts';
import { DomainError, invalidField } from '../errors.ts';
import type { Events } from '../events.ts';
import { type Page, type PageRequest, pageOf } from '../paging.ts';
import { newPublicId, randomText, sha256, sha256Hex } from '../secrets.ts';
import { validDisplayName } from '../validate.ts';
import { isScope, mayGive, OWNER_SCOPES, SCOPES, type Scope } from './scopes.ts';

/** Who a good key speaks for. */
export interface KeyIdentity {
  keyId: bigint;
  /** `key_…`: for logs and the audit. */
  keyPublicId: string;
  purpose: 'key' | 'token';
  scopes: readonly Scope[];
  accountId: bigint;
  accountPublicId: string;
  isOwner: boolean;
  tier: 'STANDARD' | 'RESELLER';
  expiresAt: Date | null;
}

/** What a secret turns out to be. Revoked and never issued are one and the same. */
export type Recognition =
  | { kind: 'known'; identity: KeyIdentity }
  | { kind: 'expired' }
  | { kind: 'unknown' };

export interface KeyRecord {
  id: string;
  name: string;
  owner: string;
  hint: string;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedFrom: string | null;
}

/** A key among others. */
export interface KeyListing extends KeyRecord {
  /** The account that it speaks for. */
  account: string;
  storeCode: string | null;
  /** The key that it took the place of. */
  rotatedFrom: string | null;
}

export const KEY_STATES = ['valid', 'expired', 'revoked'] as const;
export type KeyState = (typeof KEY_STATES)[number];

export interface KeyFilter {
  accountId?: bigint | undefined;
  state?: KeyState | undefined;
}

export interface MintedKey extends KeyRecord {
  /** Shown once: it is stored as a hash. */
  secret: string;
}

export interface NewKey {
  accountId: bigint;
  name: string;
  scopes: readonly string[];
  expiresAt?: Date | undefined;
  purpose?: 'key' | 'token';
  /** What the secret begins with, so that people and scanners see whose it is. */
  secretPrefix?: string | undefined;
}

/**
 * How long a verified key is believed without asking again. Revocation is told to all processes at once; this bounds what a
 * lost message could cost.
 */
const CACHE_MS = 1000;
const CACHE_ENTRIES = 10_000;
/** Last use is written at most this often for one key, and this often when it comes from another address than the last time. */
const LAST_USED_EVERY_MS = 60_000;
const LAST_USED_ELSEWHERE_EVERY_MS = 1_000;
const MAX_KEYS_PER_ACCOUNT = 200;
const DEFAULT_SECRET_PREFIX = 'hg_live_';

export const DEFAULT_ROTATION_OVERLAP_MS = 24 * 3600 * 1000;

interface KeyRow {
  id: bigint;
  public_id: string;
  purpose: 'key' | 'token';
  scopes: string[];
  expires_at: Date | null;
  revoked_at: Date | null;
  account_id: bigint;
  account_public_id: string;
  is_owner: boolean;
  tier: 'STANDARD' | 'RESELLER';
}

export class Keys {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #commands: Commands;
  /** By hash of the secret, in hexadecimal. */
  readonly #cache = new Map<string, { identity: KeyIdentity | undefined; until: number }>();
  readonly #lastUsedWritten = new Map<bigint, { atMs: number; address: string | undefined }>();
  readonly #find: (hash: string) => Promise<KeyRow | undefined>;

  constructor(sql: Sql, clock: Clock, commands: Commands, events: Events) {
    this.#sql = sql;
    this.#clock = clock;
    this.#commands = commands;
    this.#find = gather((hashes) => this.#findAll(hashes), { maxBatch: 256 });
    events.on((event) => {
      if (event.kind === 'keys-changed' || event.kind === 'resync') this.#cache.clear();
    });
  }

  /**
   * Who this secret speaks for; undefined for one that is unknown, expired or revoked. Found by a hash of 256 random bits
   * in an index, so the time taken says nothing about any stored key.
   */
  async authenticate(secret: string, address?: string): Promise<KeyIdentity | undefined> {
    const recognition = await this.recognise(secret, address);
    return recognition.kind === 'known' ? recognition.identity : undefined;
  }

  /** The same, for a door whose contract tells an expired key apart. */
  async recognise(secret: string, address?: string): Promise<Recognition> {
    const hash = sha256Hex(secret);
    const nowMs = this.#clock.now().getTime();
    let cached = this.#cache.get(hash);
    if (!cached || cached.until <= nowMs || cached.until > nowMs + CACHE_MS) {
      const row = await this.#find(hash);
      cached = { identity: row && !row.revoked_at ? identityOf(row) : undefined, until: nowMs + CACHE_MS };
      if (this.#cache.size >= CACHE_ENTRIES) this.#cache.clear();
      this.#cache.set(hash, cached);
    }
    const { identity } = cached;
    if (!identity) return { kind: 'unknown' };
    if (identity.expiresAt && identity.expiresAt.getTime() <= nowMs) return { kind: 'expired' };
    this.#noteUse(identity.keyId, nowMs, address);
    return { kind: 'known', identity };
  }

  async #findAll(hashes: string[]): Promise<(KeyRow | undefined)[]> {
    const rows = await this.#sql<(KeyRow & { hash: string })[]>`
      SELECT k.id, k.public_id, k.purpose, k.scopes, k.expires_at, k.revoked_at, k.account_id,
          a.public_id AS account_public_id, a.is_owner, a.tier, encode(k.secret_hash, 'hex') AS hash
        FROM api_key k JOIN account a ON a.id = k.account_id
        WHERE k.secret_hash IN (SELECT decode(h, 'hex') FROM unnest(${arrayOf(hashes)}::text[]) h)`;
    const byHash = new Map(rows.map((row) => [row.hash, row]));
    return hashes.map((hash) => byHash.get(hash));
  }

  /** Written beside the request, not in its way: a lost note of last use harms nobody. */
  #noteUse(keyId: bigint, nowMs: number, address: string | undefined): void {
    const written = this.#lastUsedWritten.get(keyId);
    if (written) {
      const everyMs = written.address === address ? LAST_USED_EVERY_MS : LAST_USED_ELSEWHERE_EVERY_MS;
      if (nowMs - written.atMs < everyMs) return;
    }
    this.#lastUsedWritten.set(keyId, { atMs: nowMs, address });
    this
      .#sql`UPDATE api_key SET last_used_at = ${new Date(nowMs)}, last_used_from = ${address ?? null}::inet WHERE id = ${keyId}`.catch(
      () => this.#lastUsedWritten.delete(keyId),
    );
  }

  /** Mints a key for an account, with no more than the caller holds. `secret` is in the answer and nowhere else. */
  async mint(invocation: Invocation, key: NewKey): Promise<MintedKey> {
    // Here already: the answer that is remembered under an idempotency key has a secret in it.
    refuseMore(invocation, key.scopes.filter(isScope), key.expiresAt ?? null);
    return this.#commands.run(invocation, 'key.mint', async ({ tx, now, audit }) => {
      const minted = await insertKey(tx, key, now);
      const { owner, name, scopes, expiresAt } = minted;
      audit(`key:${minted.id}`, { owner, before: null, after: { name, scopes, expiresAt } });
      return minted;
    });
  }

  /** Ends a key at once. Revoking a revoked one changes nothing. `accountId`: only one of this account. */
  async revoke(invocation: Invocation, id: string, accountId?: bigint): Promise<KeyRecord> {
    return this.#commands.run(invocation, 'key.revoke', async ({ tx, now, audit, send, tell }) => {
      const key = await findKey(tx, id, accountId, 'lock');
      if (!key.revokedAt) {
        await tx`UPDATE api_key SET revoked_at = ${now} WHERE public_id = ${id}`;
        const { owner, name } = key;
        audit(`key:${id}`, { owner, name, before: { revokedAt: null }, after: { revokedAt: now } });
        send({ kind: 'keys-changed' });
        const [row] = await tx<
          { account_id: bigint }[]
        >`SELECT account_id FROM api_key WHERE public_id = ${id}`;
        tell({
          type: 'key.revoked',
          accountId: row!.account_id,
          data: { key: { id, name: key.name, hint: key.hint }, by: invocation.actor.name },
        });
      }
      return { ...key, revokedAt: key.revokedAt ?? now };
    });
  }

  /**
   * Mints a successor with the same name and scopes, which the caller must hold. The old key works on for `overlapMs`, or until
   * it would have expired anyway; with 0 it ends at once. `accountId`: only one of this account.
   */
  async rotate(
    invocation: Invocation,
    id: string,
    overlapMs = DEFAULT_ROTATION_OVERLAP_MS,
    { secretPrefix, accountId }: { secretPrefix?: string; accountId?: bigint } = {},
  ): Promise<MintedKey> {
    // A key's scopes never change. They are looked at here, because an answer that is remembered has a secret in it.
    const given = await findKey(this.#sql, id, accountId);
    refuseMore(invocation, given.scopes, given.expiresAt);
    return this.#commands.run(invocation, 'key.rotate', async ({ tx, now, audit, send }) => {
      const old = await findKey(tx, id, accountId, 'lock');
      if (old.revokedAt || (old.expiresAt && old.expiresAt <= now)) {
        throw invalidField('key', 'one that is still valid: mint a new one instead');
      }
      const [row] = await tx<
        { id: bigint; account_id: bigint }[]
      >`SELECT id, account_id FROM api_key WHERE public_id = ${id}`;
      const overlapEnd = new Date(now.getTime() + overlapMs);
      const endsAt = old.expiresAt && old.expiresAt < overlapEnd ? old.expiresAt : overlapEnd;
      const minted = await insertKey(
        tx,
        {
          accountId: row!.account_id,
          name: old.name,
          scopes: old.scopes,
          expiresAt: old.expiresAt ?? undefined,
          secretPrefix,
        },
        now,
        row!.id,
      );
      await tx`UPDATE api_key SET expires_at = ${endsAt} WHERE id = ${row!.id}`;
      audit(`key:${id}`, {
        owner: old.owner,
        name: old.name,
        before: { expiresAt: old.expiresAt, successor: null },
        after: { expiresAt: endsAt, successor: minted.id },
      });
      const { owner, name, scopes, expiresAt } = minted;
      audit(`key:${minted.id}`, { owner, before: null, after: { name, scopes, expiresAt, rotatedFrom: id } });
      send({ kind: 'keys-changed' });
      return minted;
    });
  }

  /** Keys in pages, newest first. */
  async page(
    filter: KeyFilter,
    { limit, after }: PageRequest<[bigint]>,
  ): Promise<Page<KeyListing, [bigint]>> {
    const { accountId = null, state = null } = filter;
    const now = this.#clock.now();
    const rows = await this.#sql<(KeyListing & { key: bigint })[]>`
      SELECT ${keyColumns(this.#sql)}, k.id AS key, a.public_id AS account, a.store_code AS "storeCode", old.public_id AS "rotatedFrom"
        FROM api_key k JOIN account a ON a.id = k.account_id LEFT JOIN api_key old ON old.id = k.rotated_from
        WHERE k.purpose = 'key' AND (${accountId}::bigint IS NULL OR k.account_id = ${accountId}::bigint)
          AND (${after?.[0] ?? null}::bigint IS NULL OR k.id < ${after?.[0] ?? null}::bigint)
          AND (${state}::text IS NULL OR ${state}::text = CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked'
            WHEN k.expires_at <= ${now} THEN 'expired' ELSE 'valid' END)
        ORDER BY k.id DESC LIMIT ${limit + 1}`;
    const { rows: found, next } = pageOf(rows, limit, ({ key }): [bigint] => [key]);
    return { rows: found.map(({ key: _key, ...listing }) => listing), next };
  }

  /** All keys, or those of one account, newest first. Secrets are not among them. */
  async list(accountId?: bigint): Promise<KeyRecord[]> {
    return this.#sql<KeyRecord[]>`
      SELECT ${keyColumns(this.#sql)} FROM api_key k JOIN account a ON a.id = k.account_id
        WHERE k.purpose = 'key' AND (${accountId ?? null}::bigint IS NULL OR k.account_id = ${accountId ?? null})
        ORDER BY k.id DESC`;
  }
}

function identityOf(row: KeyRow): KeyIdentity {
  return {
    keyId: row.id,
    keyPublicId: row.public_id,
    purpose: row.purpose,
    scopes: row.scopes.filter(isScope),
    accountId: row.account_id,
    accountPublicId: row.account_public_id,
    isOwner: row.is_owner,
    tier: row.tier,
    expiresAt: row.expires_at,
  };
}

function keyColumns(sql: Sql | Tx) {
  return sql`k.public_id AS id, k.name, a.email AS owner, k.hint, k.scopes, k.created_at AS "createdAt",
    k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt", k.last_used_at AS "lastUsedAt", host(k.last_used_from) AS "lastUsedFrom"`;
}

async function findKey(
  sql: Sql | Tx,
  id: string,
  accountId: bigint | null = null,
  lock?: 'lock',
): Promise<KeyRecord> {
  // What cannot be an id must not reach a query, which a NUL would fail.
  if (!/^key_[a-z0-9]{1,64}$/.test(id)) throw new DomainError('KeyNotFound', { id });
  const [key] = await sql<KeyRecord[]>`
    SELECT ${keyColumns(sql)} FROM api_key k JOIN account a ON a.id = k.account_id
      WHERE k.public_id = ${id} AND k.purpose = 'key' AND (${accountId}::bigint IS NULL OR k.account_id = ${accountId}::bigint)
      ${lock ? sql`FOR UPDATE OF k` : sql``}`;
  if (!key) throw new DomainError('KeyNotFound', { id });
  return key;
}

/** Throws InsufficientScope when the actor would give what it does not hold, and InvalidField when it would give it for longer. */
function refuseMore({ actor }: Invocation, scopes: readonly Scope[], expiresAt: Date | null): void {
  const { scopes: held } = actor;
  const missing = held && scopes.find((scope) => !mayGive(held, scope));
  if (missing) throw new DomainError('InsufficientScope', { needed: missing });
  if (actor.expiresAt && (!expiresAt || expiresAt > actor.expiresAt))
    throw invalidField('expiry', `at most that of your own key, ${actor.expiresAt.toISOString()}`);
}

/** Writes a new key inside the caller's transaction. */
export async function insertKey(
  tx: Tx,
  key: NewKey,
  now: Date,
  rotatedFrom: bigint | null = null,
): Promise<MintedKey> {
  const name = validDisplayName(key.name, 'name');
  const [account] = await tx<{ email: string; is_owner: boolean; keys: bigint }[]>`
    SELECT email, is_owner, (SELECT count(*) FROM api_key WHERE account_id = ${key.accountId} AND revoked_at IS NULL) AS keys
      FROM account WHERE id = ${key.accountId}`;
  if (!account) throw new DomainError('AccountNotFound', { reference: String(key.accountId) });
  const scopes = validScopes(key.scopes, account.is_owner);
  if (key.expiresAt && key.expiresAt <= now) throw invalidField('expiry', 'in the future');
  if (account.keys >= MAX_KEYS_PER_ACCOUNT) {
    throw new DomainError('LimitReached', { what: 'API keys for one account', limit: MAX_KEYS_PER_ACCOUNT });
  }
  // 44 characters of 57: about 256 bits.
  const secret = `${key.secretPrefix ?? DEFAULT_SECRET_PREFIX}${randomText(44)}`;
  const record: KeyRecord = {
    id: newPublicId('key_'),
    name,
    owner: account.email,
    hint: secret.slice(0, 12),
    scopes,
    createdAt: now,
    expiresAt: key.expiresAt ?? null,
    revokedAt: null,
    lastUsedAt: null,
    lastUsedFrom: null,
  };
  await tx`
    INSERT INTO api_key (public_id, account_id, name, purpose, hint, secret_hash, scopes, created_at, expires_at, rotated_from)
      VALUES (${record.id}, ${key.accountId}, ${name}, ${key.purpose ?? 'key'}, ${record.hint}, ${sha256(secret)},
        ${scopes}, ${now}, ${record.expiresAt}, ${rotatedFrom})`;
  return { ...record, secret };
}

function validScopes(wanted: readonly string[], isOwner: boolean): Scope[] {
  if (wanted.length === 0) throw invalidField('scopes', `at least one of ${SCOPES.join(', ')}`);
  for (const scope of wanted) {
    if (!isScope(scope)) throw invalidField('scopes', `among ${SCOPES.join(', ')} (got "${scope}")`);
    if (OWNER_SCOPES.includes(scope) && !isOwner) {
      throw invalidField('scopes', `without ${scope}: only the owner's account may hold it`);
    }
  }
  return SCOPES.filter((scope) => wanted.includes(scope));
}
