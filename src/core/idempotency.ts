/**
 * The same request twice does its work once. A key belongs to an account; it is remembered with a hash of the request and
 * the outcome (the core's result or refusal, from which each dialect makes the same answer again).
 *
 * The record is written in the transaction of the command itself, so there is no half-done state after a crash: either the
 * work and its record are there, or neither.
 */

import { deserialize, serialize } from 'node:v8';
import { arrayOf } from '../db/array.ts';
import type { Statement, Tx } from '../db/client.ts';
import { DomainError, type ErrorCode } from './errors.ts';
import type { SecretBox } from './secrets.ts';

export interface IdempotencyRequest {
  /** The caller's own key, 1 to 255 printable characters. */
  key: string;
  /** Hash of method, path and body. */
  requestHash: Buffer;
}

export interface IdempotencyClaim extends IdempotencyRequest {
  accountId: bigint;
}

export type Outcome = { ok: true; value: unknown } | { ok: false; error: DomainError };

/** What to do with one claim: do the work; give this outcome again; or refuse. */
export type ClaimAnswer =
  | { kind: 'new' }
  | { kind: 'seen'; outcome: Outcome }
  | { kind: 'refused'; error: DomainError };

/** How long an outcome is remembered, at least. */
export const IDEMPOTENCY_KEPT_MS = 24 * 3600 * 1000;

/** Before an outcome that is not sealed. What is sealed begins otherwise. */
const PLAIN_MARK = Buffer.of(0);

function sealPurpose(accountId: bigint, key: string): string {
  return `idempotency:${accountId}:${key}`;
}

export class IdempotencyStore {
  readonly #box: SecretBox;
  /** Claims at work in this process: a second one is refused at once, and two never share a batch. */
  readonly #running = new Set<string>();

  constructor(box: SecretBox) {
    this.#box = box;
  }

  /** Runs `work` unless this process is at work on the same key. The claims themselves are made inside, with `claim`. */
  async guard<T>(claim: IdempotencyClaim | undefined, work: () => Promise<T>): Promise<T> {
    if (!claim) return work();
    const name = `${claim.accountId}:${claim.key}`;
    if (this.#running.has(name)) throw new DomainError('IdempotencyRunning', {});
    this.#running.add(name);
    try {
      return await work();
    } finally {
      this.#running.delete(name);
    }
  }

  /** Takes the keys until the transaction ends, and says for each what is to be done. Keys must differ. */
  async claim(tx: Tx, claims: readonly IdempotencyClaim[]): Promise<ClaimAnswer[]> {
    if (claims.length === 0) return [];
    const rows = await tx<
      { n: number; locked: boolean; request_hash: Uint8Array | null; outcome: Uint8Array | null }[]
    >`
      SELECT * FROM idempotency_claim(${arrayOf(claims.map((claim) => claim.accountId))}::bigint[],
        ${arrayOf(claims.map((claim) => claim.key))}::text[])`;
    const answers = claims.map((): ClaimAnswer => ({ kind: 'new' }));
    for (const { n, request_hash, outcome } of rows) {
      const claim = claims[n - 1]!;
      answers[n - 1] =
        !request_hash || !outcome
          ? { kind: 'refused', error: new DomainError('IdempotencyRunning', {}) }
          : claim.requestHash.equals(request_hash)
            ? { kind: 'seen', outcome: this.#fromStored(claim, outcome) }
            : { kind: 'refused', error: new DomainError('IdempotencyMismatch', {}) };
    }
    return answers;
  }

  /**
   * The statement that remembers outcomes, in the transaction that brings them about; undefined when there are none. They are
   * sealed with the master key, because an answer may hold a password, unless it is known that these do not.
   */
  saving(
    tx: Tx,
    done: readonly { claim: IdempotencyClaim; outcome: Outcome }[],
    at: Date,
    { holdSecrets }: { holdSecrets: boolean },
  ): Statement | undefined {
    if (done.length === 0) return undefined;
    const outcomes = done.map(({ claim, outcome }) =>
      this.#toStored(claim, outcome, holdSecrets).toString('base64'),
    );
    return tx`
      INSERT INTO idempotency (account_id, key, request_hash, outcome, created_at)
        SELECT account_id, key, decode(request_hash, 'base64'), decode(outcome, 'base64'), ${at}
          FROM unnest(${arrayOf(done.map(({ claim }) => claim.accountId))}::bigint[], ${arrayOf(done.map(({ claim }) => claim.key))}::text[],
            ${arrayOf(done.map(({ claim }) => claim.requestHash.toString('base64')))}::text[], ${arrayOf(outcomes)}::text[])
            AS item (account_id, key, request_hash, outcome)`;
  }

  #toStored(claim: IdempotencyClaim, outcome: Outcome, holdsSecrets: boolean): Buffer {
    const stored: StoredOutcome = outcome.ok
      ? outcome
      : { ok: false, code: outcome.error.code, parameters: outcome.error.parameters };
    const plain = serialize(stored);
    return holdsSecrets
      ? this.#box.seal(plain, sealPurpose(claim.accountId, claim.key))
      : Buffer.concat([PLAIN_MARK, plain]);
  }

  #fromStored(claim: IdempotencyClaim, bytes: Uint8Array): Outcome {
    const plain =
      bytes[0] === PLAIN_MARK[0]
        ? bytes.subarray(1)
        : this.#box.open(bytes, sealPurpose(claim.accountId, claim.key));
    const stored = deserialize(plain) as StoredOutcome;
    if (stored.ok) return stored;
    return { ok: false, error: new DomainError(stored.code, stored.parameters as never) };
  }
}

type StoredOutcome =
  | { ok: true; value: unknown }
  | { ok: false; code: ErrorCode; parameters: Record<string, unknown> };

/** Gives back what an outcome holds: the value, or the refusal thrown. */
export function unwrap<T>(outcome: Outcome): T {
  if (!outcome.ok) throw outcome.error;
  return outcome.value as T;
}
