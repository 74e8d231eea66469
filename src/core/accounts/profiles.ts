/** Accounts as people see them: who they are and what money they hold. */
import type { Queryable } from '../../db/client.ts';

export interface Profile {
  /** The account's number. Numbers are given in order and never again. */
  id: bigint;
  email: string;
  name: string;
  isOwner: boolean;
  tier: 'STANDARD' | 'RESELLER';
  creditsCents: bigint;
  creditsFrozen: boolean;
  createdAt: Date;
}

export interface ProfilePage {
  /** Absent: all there are. */
  limit?: number | undefined;
  /** The number of the last account of the page before. */
  after?: bigint | undefined;
}

/** Accounts in the order they were made. */
export async function readProfiles(sql: Queryable, { limit, after }: ProfilePage = {}): Promise<Profile[]> {
  return sql<Profile[]>`
    SELECT ${profileColumns(sql)} FROM account a ${holdings(sql)}
      WHERE a.id > ${after ?? 0n} ORDER BY a.id LIMIT ${limit ?? null}`;
}

export async function readProfile(sql: Queryable, accountId: bigint): Promise<Profile | undefined> {
  const [row] = await sql<Profile[]>`
    SELECT ${profileColumns(sql)} FROM account a ${holdings(sql)} WHERE a.id = ${accountId}`;
  return row;
}

function profileColumns(sql: Queryable) {
  return sql`a.id, a.email, a.name, a.is_owner AS "isOwner", a.tier, l.balance AS "creditsCents",
    a.credits_frozen AS "creditsFrozen", a.created_at AS "createdAt"`;
}

function holdings(sql: Queryable) {
  return sql`JOIN account_holding h ON h.account_id = a.id AND h.asset = 'usd' JOIN ledger_account l ON l.id = h.ledger_id`;
}
