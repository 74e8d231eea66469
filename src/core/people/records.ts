/** People as they are shown, and how one is found. */
import type { Queryable, Tx } from '../../db/client.ts';
import { DomainError } from '../errors.ts';
import type { PersonRole } from './roles.ts';

export interface PersonRecord {
  id: string;
  email: string;
  name: string;
  role: PersonRole;
  /** The account the person acts for. */
  account: string;
  /** Of a reseller's person. */
  storeCode: string | null;
  /** `invited`: has no password yet. */
  state: 'active' | 'invited' | 'disabled';
  hasSecondFactor: boolean;
  createdAt: Date;
  lastSignInAt: Date | null;
  lastSignInFrom: string | null;
}

/** What commands work with. */
export interface PersonRow extends PersonRecord {
  rowId: bigint;
  accountId: bigint;
  passwordHash: string | null;
  totpSealed: Uint8Array | null;
  totpLastStep: bigint | null;
}

export function personColumns(sql: Queryable) {
  return sql`p.public_id AS id, p.email, p.name, p.role, a.public_id AS account, a.store_code AS "storeCode",
    CASE WHEN p.disabled_at IS NOT NULL THEN 'disabled' WHEN p.password_hash IS NULL THEN 'invited' ELSE 'active' END AS state,
    p.totp_confirmed_at IS NOT NULL AS "hasSecondFactor", p.created_at AS "createdAt",
    p.last_sign_in_at AS "lastSignInAt", host(p.last_sign_in_from) AS "lastSignInFrom"`;
}

export function rowColumns(sql: Queryable) {
  return sql`${personColumns(sql)}, p.id AS "rowId", p.account_id AS "accountId", p.password_hash AS "passwordHash",
    p.totp_sealed AS "totpSealed", p.totp_last_step AS "totpLastStep"`;
}

export function recordOf(row: PersonRow): PersonRecord {
  const { rowId: _r, accountId: _a, passwordHash: _p, totpSealed: _t, totpLastStep: _l, ...record } = row;
  return record;
}

/** A person by id or email address. `accountId`: only one of this account. Throws PersonNotFound. */
export async function findPerson(
  sql: Queryable,
  reference: string,
  accountId: bigint | null = null,
): Promise<PersonRow> {
  // What no reference can hold must not reach a query, which a NUL would fail.
  if (/\p{C}/u.test(reference)) throw new DomainError('PersonNotFound', {});
  const [row] = await sql<PersonRow[]>`
    SELECT ${rowColumns(sql)} FROM person p JOIN account a ON a.id = p.account_id
      WHERE (p.public_id = ${reference} OR p.email_key = lower(${reference}))
        AND (${accountId}::bigint IS NULL OR p.account_id = ${accountId}::bigint)`;
  if (!row) throw new DomainError('PersonNotFound', {});
  return row;
}

/** The same, locked until the transaction ends. */
export async function lockPerson(
  tx: Tx,
  reference: string,
  accountId: bigint | null = null,
): Promise<PersonRow> {
  const { rowId } = await findPerson(tx, reference, accountId);
  const [row] = await tx<PersonRow[]>`
    SELECT ${rowColumns(tx)} FROM person p JOIN account a ON a.id = p.account_id WHERE p.id = ${rowId} FOR UPDATE OF p`;
  return row!;
}

/** Ends a person's sessions, all or all but one. The caller tells the processes. */
export async function endSessions(tx: Tx, personId: bigint, now: Date, exceptId?: string): Promise<void> {
  await tx`
    UPDATE person_session SET ended_at = ${now}
      WHERE person_id = ${personId} AND ended_at IS NULL AND public_id IS DISTINCT FROM ${exceptId ?? null}`;
}
