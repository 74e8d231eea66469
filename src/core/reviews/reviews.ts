/** An account whose record does not fit the reseller's is looked at by a person. */
import type { Sql, Tx } from '../../db/client.ts';
import { type Actor, auditWriting } from '../audit/audit.ts';
import type { Commands, Invocation } from '../command.ts';
import { DomainError, invalidField } from '../errors.ts';
import { type Page, type PageRequest, pageOf } from '../paging.ts';
import { newPublicId } from '../secrets.ts';

export interface ReviewCause {
  at: Date;
  /** `credit-event:…` or `reconciliation:…` */
  subject: string;
  text: string;
}

export interface Review {
  /** `rev_…` */
  id: string;
  /** The account's public id. */
  account: string;
  storeCode: string | null;
  email: string;
  openedAt: Date;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  note: string | null;
  /** Oldest first; at most a hundred. */
  causes: ReviewCause[];
}

export type ReviewKey = readonly [bigint];

const MAX_NOTE_LENGTH = 2000;
const SHOWN_CAUSES = 100;

/**
 * Opens a review of an account, or adds to the one that is open, inside the caller's transaction. Answers its id.
 * The account is under review from then on.
 */
export async function openReview(
  tx: Tx,
  actor: Actor,
  accountId: bigint,
  cause: Omit<ReviewCause, 'at'>,
  now: Date,
): Promise<string> {
  const [account] = await tx<{ id: string; standing: string }[]>`
    SELECT public_id AS id, standing FROM account WHERE id = ${accountId} FOR NO KEY UPDATE`;
  const newId = newPublicId('rev_');
  const inserted = await tx<{ id: bigint; public_id: string }[]>`
    INSERT INTO review (public_id, account_id, opened_at) VALUES (${newId}, ${accountId}, ${now})
      ON CONFLICT (account_id) WHERE resolved_at IS NULL DO NOTHING RETURNING id, public_id`;
  const [open] =
    inserted.length > 0
      ? inserted
      : await tx<{ id: bigint; public_id: string }[]>`
          SELECT id, public_id FROM review WHERE account_id = ${accountId} AND resolved_at IS NULL`;
  await tx`
    INSERT INTO review_cause (review_id, at, subject, text) VALUES (${open!.id}, ${now}, ${cause.subject}, ${cause.text})`;
  await tx`UPDATE account SET standing = 'under_review' WHERE id = ${accountId}`;
  const { public_id: id } = open!;
  if (inserted.length > 0) {
    const details = {
      account: account!.id,
      cause: cause.subject,
      before: { standing: account!.standing },
      after: { standing: 'under_review' },
    };
    await auditWriting(tx, [{ actor, action: 'review.open', subject: `review:${id}`, details }], now);
  }
  return id;
}

export class Reviews {
  readonly #sql: Sql;
  readonly #commands: Commands;

  constructor(sql: Sql, commands: Commands) {
    this.#sql = sql;
    this.#commands = commands;
  }

  /** Newest first. `accountId`: of one account only. */
  async list(
    page: PageRequest<ReviewKey> & { isOpen?: boolean | undefined; accountId?: bigint | undefined },
  ): Promise<Page<Review, ReviewKey>> {
    const { isOpen = null, accountId = null } = page;
    const rows = await this.#sql<(Review & { key: bigint })[]>`
      SELECT r.id AS key, ${columns(this.#sql)}
        FROM review r JOIN account a ON a.id = r.account_id
        WHERE (${isOpen}::boolean IS NULL OR (r.resolved_at IS NULL) = ${isOpen})
          AND (${accountId}::bigint IS NULL OR r.account_id = ${accountId})
          AND (${page.after?.[0] ?? null}::bigint IS NULL OR r.id < ${page.after?.[0] ?? null})
        ORDER BY r.id DESC LIMIT ${page.limit + 1}`;
    const { rows: shown, next } = pageOf(rows, page.limit, ({ key }): ReviewKey => [key]);
    return { rows: shown.map(reviewOf), ...(next && { next }) };
  }

  /** Throws ReviewNotFound. */
  async get(id: string, accountId: bigint | null = null): Promise<Review> {
    const [row] = await this.#sql<(Review & { key: bigint })[]>`
      SELECT r.id AS key, ${columns(this.#sql)} FROM review r JOIN account a ON a.id = r.account_id
        WHERE r.public_id = ${idOf(id)} AND (${accountId}::bigint IS NULL OR r.account_id = ${accountId})`;
    if (!row) throw new DomainError('ReviewNotFound', {});
    return reviewOf(row);
  }

  /** Closes a review with a note of what was found; the account's standing is good again. Throws ReviewResolved for a closed one. */
  async resolve(invocation: Invocation, id: string, note: string): Promise<Review> {
    const text = note.trim();
    if (text === '' || text.length > MAX_NOTE_LENGTH || text.includes('\0'))
      throw invalidField('note', `a text of 1 to ${MAX_NOTE_LENGTH} characters`);
    await this.#commands.run(invocation, 'review.resolve', async ({ tx, now, audit, cause }) => {
      const [seen] = await tx<{ id: bigint; account_id: bigint }[]>`
        SELECT id, account_id FROM review WHERE public_id = ${idOf(id)}`;
      if (!seen) throw new DomainError('ReviewNotFound', {});
      await tx`SELECT FROM account WHERE id = ${seen.account_id} FOR NO KEY UPDATE`;
      const [row] = await tx`
        UPDATE review SET resolved_at = ${now}, resolved_by = ${cause}, note = ${text}
          WHERE id = ${seen.id} AND resolved_at IS NULL RETURNING id`;
      if (!row) throw new DomainError('ReviewResolved', {});
      await tx`UPDATE account SET standing = 'good' WHERE id = ${seen.account_id}`;
      audit(`review:${id}`, {
        before: { standing: 'under_review' },
        after: { standing: 'good' },
        note: text,
      });
    });
    return this.get(id);
  }
}

function columns(sql: Sql) {
  return sql`r.public_id AS id, a.public_id AS account, a.store_code AS "storeCode", a.email, r.opened_at AS "openedAt",
    r.resolved_at AS "resolvedAt", r.resolved_by AS "resolvedBy", r.note,
    (SELECT coalesce(json_agg(json_build_object('at', c.at, 'subject', c.subject, 'text', c.text) ORDER BY c.id), '[]')
      FROM (SELECT * FROM review_cause WHERE review_id = r.id ORDER BY id LIMIT ${SHOWN_CAUSES}) c) AS causes`;
}

function reviewOf({ key: _, causes, ...review }: Review & { key: bigint }): Review {
  return { ...review, causes: causes.map((cause) => ({ ...cause, at: new Date(cause.at) })) };
}

/** What cannot be an id must not reach a query, which a NUL would fail. */
function idOf(id: string): string {
  if (!/^rev_[a-z0-9]{1,64}$/.test(id)) throw new DomainError('ReviewNotFound', {});
  return id;
}
