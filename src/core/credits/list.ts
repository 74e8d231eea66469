/** Credit events as people look at them. The events themselves are never changed. */
import type { Queryable, Sql } from '../../db/client.ts';
import { type Page, type PageRequest, pageOf } from '../paging.ts';

export interface CreditEventEntry {
  /** `ev_…` */
  id: string;
  /** Its leaf in the log. */
  seq: bigint;
  /** Whose account, and through which key it was reported. */
  accountId: string;
  email: string;
  keyId: string;
  kind: string;
  cents: bigint;
  externalRef: string;
  meta: unknown;
  at: Date;
  /** How often the same reference came again with another kind or amount. */
  mismatches: number;
}

export interface CreditEventQuery {
  /** Null: of all accounts. */
  accountId: bigint | null;
  kind?: string | undefined;
  externalRef?: string | undefined;
  from?: Date | undefined;
  /** Not part of it any more. */
  to?: Date | undefined;
  /** Only those whose reference came again with another kind or amount. */
  mismatched?: boolean | undefined;
}

export class CreditEventList {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Newest first. */
  async page(
    query: CreditEventQuery,
    request: PageRequest<readonly [bigint]>,
  ): Promise<Page<CreditEventEntry, readonly [bigint]>> {
    return listCreditEvents(this.#sql, query, request);
  }
}

async function listCreditEvents(
  sql: Queryable,
  { accountId, kind, externalRef, from, to, mismatched }: CreditEventQuery,
  { limit, after }: PageRequest<readonly [bigint]>,
): Promise<Page<CreditEventEntry, readonly [bigint]>> {
  const rows = await sql<(Omit<CreditEventEntry, 'meta'> & { meta: string | null })[]>`
    SELECT e.public_id AS id, e.seq, a.public_id AS "accountId", a.email, k.public_id AS "keyId", e.kind,
        e.amount_cents AS cents, e.external_ref AS "externalRef", e.meta, e.at,
        (SELECT count(*)::int FROM credit_event_mismatch m WHERE m.event_seq = e.seq) AS mismatches
      FROM credit_event e JOIN account a ON a.id = e.account_id JOIN api_key k ON k.id = e.key_id
      WHERE ${accountId === null ? sql`true` : sql`e.account_id = ${accountId}`}
        ${after ? sql`AND e.seq < ${after[0]}` : sql``} ${kind === undefined ? sql`` : sql`AND e.kind = ${kind}`}
        ${externalRef === undefined ? sql`` : sql`AND e.external_ref = ${externalRef}`}
        ${from ? sql`AND e.at >= ${from}` : sql``} ${to ? sql`AND e.at < ${to}` : sql``}
        ${mismatched === undefined ? sql`` : sql`AND EXISTS (SELECT FROM credit_event_mismatch m WHERE m.event_seq = e.seq) = ${mismatched}`}
      ORDER BY e.seq DESC LIMIT ${limit + 1}`;
  const page = pageOf(rows, limit, (row) => [row.seq] as const);
  return {
    ...page,
    rows: page.rows.map((row) => ({ ...row, meta: row.meta === null ? null : JSON.parse(row.meta) })),
  };
}
