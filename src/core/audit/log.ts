/** Reading the audit: who did what, on whom, from where. */
import type { Sql } from '../../db/client.ts';
import { type Page, type PageRequest, pageOf } from '../paging.ts';

export interface AuditRecord {
  id: bigint;
  at: Date;
  /** `key:key_…`, `person:prs_…`, `account:acc_…`, `invitation`, `command-line` or `system`. */
  actor: string;
  /** The email address of the person who acted, or of the account whose key did. */
  actorEmail: string | null;
  /** The account acted for; null for the installation itself. */
  account: string | null;
  door: string;
  address: string | null;
  action: string;
  subject: string;
  /** What changed, with `before` and `after` where something was there before. */
  details: Record<string, unknown>;
}

export interface AuditFilter {
  actor?: string | undefined;
  /** An action, or all of a kind: `subuser.` is what is done to subusers. */
  action?: string | undefined;
  /** A subject, or all of a kind: `key:` is all keys. */
  subject?: string | undefined;
  door?: string | undefined;
  address?: string | undefined;
  from?: Date | undefined;
  /** Not included. */
  to?: Date | undefined;
  /** Somewhere in the subject, the action, the actor or the details, in any case. */
  text?: string | undefined;
  /** Only what was done for this account, or on it. */
  accountId?: bigint | undefined;
}

const EXPORT_PAGE = 1000;

export class AuditLog {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Newest first. */
  async page(
    filter: AuditFilter,
    { limit, after }: PageRequest<[bigint]>,
  ): Promise<Page<AuditRecord, [bigint]>> {
    const sql = this.#sql;
    const { actor, action, subject, door, address, from, to, text, accountId } = filter;
    const like = (value: string) => value.replace(/[\\%_]/g, '\\$&');
    /** A kind ends with its mark, and is of all that begins so. */
    const oneOrKind = (column: 'action' | 'subject', value: string, mark: string) =>
      value.endsWith(mark)
        ? sql`AND starts_with(e.${sql(column)}, ${value})`
        : sql`AND e.${sql(column)} = ${value}`;
    const rows = await sql<AuditRecord[]>`
      SELECT e.id, e.at, e.actor, coalesce(p.email, a.email) AS "actorEmail", a.public_id AS account, e.door,
          host(e.address) AS address, e.action, e.subject, e.details
        FROM audit_entry e LEFT JOIN account a ON a.id = e.account_id
          LEFT JOIN person p ON e.actor LIKE 'person:%' AND p.public_id = substr(e.actor, 8)
        WHERE true
          ${after ? sql`AND e.id < ${after[0]}` : sql``}
          ${actor === undefined ? sql`` : sql`AND (e.actor = ${actor} OR p.email_key = lower(${actor}))`}
          ${action === undefined ? sql`` : oneOrKind('action', action, '.')}
          ${subject === undefined ? sql`` : oneOrKind('subject', subject, ':')}
          ${door === undefined ? sql`` : sql`AND e.door = ${door}`}
          ${address === undefined ? sql`` : sql`AND host(e.address) = ${address}`}
          ${from === undefined ? sql`` : sql`AND e.at >= ${from}`}
          ${to === undefined ? sql`` : sql`AND e.at < ${to}`}
          ${
            text === undefined
              ? sql``
              : sql`AND concat_ws(' ', e.subject, e.action, e.actor, e.details::text) ILIKE ${`%${like(text)}%`}`
          }
          ${
            accountId === undefined
              ? sql``
              : sql`AND (e.account_id = ${accountId} OR e.subject = (SELECT 'account:' || o.public_id FROM account o WHERE o.id = ${accountId}))`
          }
        ORDER BY e.id DESC LIMIT ${limit + 1}`;
    return pageOf(rows, limit, ({ id }): [bigint] => [id]);
  }

  /** All that fits the filter, newest first, some at a time: memory does not grow with the log. */
  async *read(filter: AuditFilter): AsyncGenerator<AuditRecord[]> {
    for (let after: [bigint] | undefined; ; ) {
      const { rows, next } = await this.page(filter, { limit: EXPORT_PAGE, after });
      yield rows;
      if (!next) return;
      after = next;
    }
  }
}
