/** Reconciliations: begun for a period, given the reseller's ledger, compared. See README.md here. */
import type { Readable } from 'node:stream';
import { arrayOf } from '../../db/array.ts';
import type { Sql, Tx } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import type { CommandStep, Commands, Invocation } from '../command.ts';
import { DomainError, invalidField } from '../errors.ts';
import { type Page, type PageRequest, pageOf } from '../paging.ts';
import { newPublicId } from '../secrets.ts';
import { type LedgerFormat, type LedgerLine, readLines, type UnreadableLine } from './lines.ts';
import { type DifferenceSort, SLICES, sliceOf } from './match.ts';
import { readSettings } from './settings.ts';

export type ReconciliationStatus = 'waiting' | 'reading' | 'matching' | 'done' | 'failed';

export interface Reconciliation {
  /** `rec_…` */
  id: string;
  /** The account's public id. */
  account: string;
  storeCode: string | null;
  source: 'upload' | 'pull';
  from: Date;
  to: Date;
  graceSeconds: number;
  toleranceCents: bigint;
  status: ReconciliationStatus;
  error: string | null;
  createdAt: Date;
  finishedAt: Date | null;
  /** 0 to 100, of the comparison. */
  percent: number;
  theirLines: bigint;
  unreadableLines: bigint;
  /** In the period; null until they have been laid beside theirs. */
  ourEvents: bigint | null;
  matched: bigint;
  missingHere: bigint;
  missingThere: bigint;
  amountDiffers: bigint;
  kindDiffers: bigint;
  doubled: bigint;
  lagging: bigint;
}

export interface Difference {
  sort: DifferenceSort;
  externalRef: string;
  /** Null on the side that lacks it. */
  ours: { eventId: string; kind: string; cents: bigint; at: Date } | null;
  theirs: { line: bigint; kind: string; cents: bigint; at: Date | null } | null;
}

export interface Total {
  /** `2026-05-04`, in UTC; null where the ledger has no times. */
  day: string | null;
  kind: string;
  ourCount: bigint;
  ourCents: bigint;
  theirCount: bigint;
  theirCents: bigint;
}

/** Where a page of reconciliations or differences begins. */
export type RowKey = readonly [bigint];

const MAX_PERIOD_MS = 400 * 24 * 3600_000;
const LINES_AT_ONCE = 5000;
const UNREADABLE_KEPT = 1000;
const MAX_LINES = 20_000_000;
const WRITE_EVERY_MS = 5000;
/** A reader that has written nothing for this long is gone. */
const READER_GONE_MS = 180_000;
/** Lines removed at a time. */
const REMOVED_AT_ONCE = 50_000;

/** In these nothing is compared; what is compared to its end loses its lines with that. */
const UNREAD: readonly ReconciliationStatus[] = ['failed', 'waiting'];

function goneSince(now: Date): Date {
  return new Date(now.getTime() - READER_GONE_MS);
}

export class Reconciliations {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #commands: Commands;

  constructor(sql: Sql, clock: Clock, commands: Commands) {
    this.#sql = sql;
    this.#clock = clock;
    this.#commands = commands;
  }

  /** Begins one for a period, which waits for the reseller's ledger (`receive`). Throws InvalidField. */
  async begin(
    invocation: Invocation,
    accountId: bigint,
    period: { from: Date; to: Date },
    source: Reconciliation['source'] = 'upload',
  ): Promise<Reconciliation> {
    const { from, to } = period;
    if (from >= to || to.getTime() - from.getTime() > MAX_PERIOD_MS)
      throw invalidField('to', 'after `from`, by at most 400 days');
    const id = await this.#commands.run(invocation, 'reconciliation.begin', (step) =>
      insertRun(step, accountId, from, to, source),
    );
    return this.get(accountId, id);
  }

  /**
   * Reads a reseller's ledger for one that waits; the comparison begins by itself when it has been read. Where reading fails, it
   * waits again, and can be given another file. Memory stays flat, however long the file is.
   *
   * @throws ReconciliationNotFound; ReconciliationState unless it waits; MalformedBody.
   */
  async receive(
    { actor }: Invocation,
    accountId: bigint,
    id: string,
    input: Readable,
    format: LedgerFormat,
  ): Promise<Reconciliation> {
    // Without an idempotency key: what is repeated here is refused by its state, and no key stands for a file's bytes.
    const run = await this.#beginReading({ actor }, accountId, id, format);
    try {
      await removeLines(this.#sql, run.id, ['reading']);
      await this.#sql`DELETE FROM reconciliation_unreadable WHERE reconciliation_id = ${run.id}`;
      await this.#read(run, run.takenAt, readLines(input, format));
    } catch (error) {
      const text = error instanceof DomainError ? error.message : 'the file could not be read to its end';
      await this.#sql`
        UPDATE reconciliation SET status = 'waiting', error = ${text} WHERE id = ${run.id} AND reading = ${run.reading}`;
      throw error;
    }
    return this.get(accountId, id);
  }

  async #beginReading(
    invocation: Invocation,
    accountId: bigint,
    id: string,
    format: LedgerFormat,
  ): Promise<{ id: bigint; reading: number; takenAt: Date }> {
    const run = await this.#commands.run(invocation, 'reconciliation.receive', async ({ tx, now, audit }) => {
      const [taken] = await tx<{ id: bigint; reading: number; was: string }[]>`
        UPDATE reconciliation r SET status = 'reading', reading = reading + 1, read_at = ${now}, error = NULL, their_lines = 0,
            unreadable_lines = 0
          FROM (SELECT id, status FROM reconciliation
            WHERE public_id = ${idOf(id)} AND account_id = ${accountId} FOR UPDATE) old
          WHERE r.id = old.id
            AND (r.status = 'waiting' OR (r.status = 'reading' AND r.read_at < ${goneSince(now)}))
          RETURNING r.id, r.reading, old.status AS was`;
      if (!taken) return undefined;
      const after = { status: 'reading', attempt: taken.reading };
      const before = { status: taken.was, attempt: taken.reading - 1 };
      audit(`reconciliation:${id}`, { format, before, after });
      return { id: taken.id, reading: taken.reading, takenAt: now };
    });
    if (run) return run;
    const { status } = await this.get(accountId, id);
    throw new DomainError('ReconciliationState', { state: status });
  }

  async #read(
    run: { id: bigint; reading: number },
    takenAt: Date,
    lines: AsyncIterable<LedgerLine | UnreadableLine>,
  ): Promise<void> {
    let waiting: LedgerLine[] = [];
    let unreadable: UnreadableLine[] = [];
    let count = 0;
    let writtenMs = takenAt.getTime();
    const write = async (isLast: boolean) => {
      await this.#writeLines(run, waiting, unreadable, isLast);
      writtenMs = this.#clock.now().getTime();
      waiting = [];
      unreadable = [];
    };
    for await (const line of lines) {
      if ('why' in line) unreadable.push(line);
      else waiting.push(line);
      count += 1;
      if (count > MAX_LINES)
        throw new DomainError('LimitReached', { what: 'lines in a ledger', limit: MAX_LINES });
      const isMany = waiting.length + unreadable.length >= LINES_AT_ONCE;
      // Also of a slow sender it can be seen how far it is, and that it is there.
      if (isMany || this.#clock.now().getTime() - writtenMs >= WRITE_EVERY_MS) await write(false);
    }
    await write(true);
  }

  async #writeLines(
    run: { id: bigint; reading: number },
    lines: readonly LedgerLine[],
    unreadable: readonly UnreadableLine[],
    isLast: boolean,
  ): Promise<void> {
    await this.#sql.begin(async (tx) => {
      const [mine] = await tx<{ before: bigint }[]>`
        UPDATE reconciliation SET read_at = ${this.#clock.now()}, their_lines = their_lines + ${lines.length}::int,
            unreadable_lines = unreadable_lines + ${unreadable.length}::int, status = ${isLast ? 'matching' : 'reading'}
          WHERE id = ${run.id} AND reading = ${run.reading} AND status = 'reading'
          RETURNING unreadable_lines - ${unreadable.length}::int AS before`;
      if (!mine) throw new DomainError('ReconciliationState', { state: 'reading' });
      await tx`
        INSERT INTO reconciliation_line (reconciliation_id, is_ours, slice, n, external_ref, kind, amount_cents, at)
          SELECT ${run.id}, false, ${sliceOf(tx, tx`ref`)}, n, ref, kind, cents, at
            FROM unnest(${arrayOf(lines.map((line) => line.n))}::bigint[], ${arrayOf(lines.map((line) => line.externalRef))}::text[],
              ${arrayOf(lines.map((line) => line.kind))}::text[], ${arrayOf(lines.map((line) => line.cents))}::bigint[],
              ${arrayOf(lines.map((line) => line.at))}::timestamptz[]) AS item (n, ref, kind, cents, at)`;
      const kept = unreadable.slice(0, Math.max(0, UNREADABLE_KEPT - Number(mine.before)));
      if (kept.length === 0) return;
      await tx`
        INSERT INTO reconciliation_unreadable (reconciliation_id, n, why)
          SELECT ${run.id}, n, why FROM unnest(${arrayOf(kept.map(({ n }) => n))}::bigint[],
            ${arrayOf(kept.map(({ why }) => why))}::text[]) AS item (n, why)`;
    });
  }

  /** Throws ReconciliationNotFound. `accountId` null: whoever's it is. */
  async get(accountId: bigint | null, id: string): Promise<Reconciliation> {
    const [row] = await this.#sql<(Reconciliation & { key: bigint })[]>`
      SELECT ${columns(this.#sql)} FROM reconciliation r JOIN account a ON a.id = r.account_id
        WHERE r.public_id = ${idOf(id)} AND (${accountId}::bigint IS NULL OR r.account_id = ${accountId})`;
    if (!row) throw new DomainError('ReconciliationNotFound', {});
    const { key: _, ...reconciliation } = row;
    return reconciliation;
  }

  /** Whose it is. Throws ReconciliationNotFound. */
  async ownerOf(id: string): Promise<bigint> {
    const [row] = await this.#sql<{ account_id: bigint }[]>`
      SELECT account_id FROM reconciliation WHERE public_id = ${idOf(id)}`;
    if (!row) throw new DomainError('ReconciliationNotFound', {});
    return row.account_id;
  }

  /** Newest first. */
  async list(accountId: bigint | null, page: PageRequest<RowKey>): Promise<Page<Reconciliation, RowKey>> {
    const rows = await this.#sql<(Reconciliation & { key: bigint })[]>`
      SELECT ${columns(this.#sql)} FROM reconciliation r JOIN account a ON a.id = r.account_id
        WHERE (${accountId}::bigint IS NULL OR r.account_id = ${accountId})
          AND (${page.after?.[0] ?? null}::bigint IS NULL OR r.id < ${page.after?.[0] ?? null})
        ORDER BY r.id DESC LIMIT ${page.limit + 1}`;
    const { rows: shown, next } = pageOf(rows, page.limit, ({ key }): RowKey => [key]);
    return { rows: shown.map(({ key: _, ...row }) => row), ...(next && { next }) };
  }

  /** In the order in which they were found. */
  async differences(
    accountId: bigint | null,
    id: string,
    page: PageRequest<RowKey> & { sort?: DifferenceSort | undefined },
  ): Promise<Page<Difference, RowKey>> {
    await this.get(accountId, id);
    const rows = await this.#sql<
      {
        key: bigint;
        sort: DifferenceSort;
        external_ref: string;
        event: string | null;
        our_kind: string;
        our_cents: bigint;
        our_at: Date;
        their_line: bigint | null;
        their_kind: string;
        their_cents: bigint;
        their_at: Date | null;
      }[]
    >`
      SELECT d.id AS key, d.sort, d.external_ref, e.public_id AS event, d.our_kind, d.our_cents, d.our_at, d.their_line, d.their_kind,
          d.their_cents, d.their_at
        FROM reconciliation r JOIN reconciliation_difference d ON d.reconciliation_id = r.id
          LEFT JOIN credit_event e ON e.seq = d.our_seq
        WHERE r.public_id = ${idOf(id)} AND (${page.sort ?? null}::text IS NULL OR d.sort = ${page.sort ?? null})
          AND (${page.after?.[0] ?? null}::bigint IS NULL OR d.id > ${page.after?.[0] ?? null})
        ORDER BY d.id LIMIT ${page.limit + 1}`;
    const { rows: shown, next } = pageOf(rows, page.limit, ({ key }): RowKey => [key]);
    return {
      rows: shown.map((row) => ({
        sort: row.sort,
        externalRef: row.external_ref,
        ours:
          row.event === null
            ? null
            : { eventId: row.event, kind: row.our_kind, cents: row.our_cents, at: row.our_at },
        theirs:
          row.their_line === null
            ? null
            : { line: row.their_line, kind: row.their_kind, cents: row.their_cents, at: row.their_at },
      })),
      ...(next && { next }),
    };
  }

  /** What each side has of each day and kind. */
  async totals(accountId: bigint | null, id: string): Promise<Total[]> {
    await this.get(accountId, id);
    return this.#sql<Total[]>`
      SELECT t.day::text, t.kind, t.our_count AS "ourCount", t.our_cents AS "ourCents", t.their_count AS "theirCount",
          t.their_cents AS "theirCents"
        FROM reconciliation r JOIN reconciliation_total t ON t.reconciliation_id = r.id WHERE r.public_id = ${idOf(id)}
        ORDER BY t.day NULLS LAST, t.kind`;
  }

  /** Lines that could not be read: the first thousand. */
  async unreadable(accountId: bigint | null, id: string): Promise<{ line: bigint; why: string }[]> {
    await this.get(accountId, id);
    return this.#sql<{ line: bigint; why: string }[]>`
      SELECT u.n AS line, u.why FROM reconciliation r JOIN reconciliation_unreadable u ON u.reconciliation_id = r.id
        WHERE r.public_id = ${idOf(id)} ORDER BY u.n`;
  }
}

/** What is sent, and whose reader has died, waits to be sent again. */
export async function releaseUnread(sql: Sql, clock: Clock): Promise<void> {
  await sql`
    UPDATE reconciliation SET status = 'waiting', error = 'the server that read the file has stopped: send it again'
      WHERE status = 'reading' AND source = 'upload' AND read_at < ${goneSince(clock.now())}`;
}

/** Lines of ledgers that could not be read to their end are not kept. */
export async function removeUnreadLines(sql: Sql): Promise<void> {
  const left = await sql<{ id: bigint }[]>`
    WITH RECURSIVE kept AS (
      SELECT min(reconciliation_id) AS id FROM reconciliation_line
      UNION ALL
      SELECT (SELECT min(l.reconciliation_id) FROM reconciliation_line l WHERE l.reconciliation_id > kept.id) FROM kept WHERE kept.id IS NOT NULL)
    SELECT r.id FROM kept JOIN reconciliation r ON r.id = kept.id WHERE r.status = ANY (${arrayOf(UNREAD)}::text[])`;
  for (const { id } of left) await removeLines(sql, id, UNREAD);
}

/** Some at a time, however many there are, as long as the state is one of these: lines that come after it has changed stay. */
async function removeLines(sql: Sql, id: bigint, states: readonly ReconciliationStatus[]): Promise<void> {
  for (let removed = REMOVED_AT_ONCE; removed === REMOVED_AT_ONCE; ) {
    const { count } = await sql`
      DELETE FROM reconciliation_line WHERE ctid = ANY (ARRAY(
        SELECT l.ctid FROM reconciliation r JOIN reconciliation_line l ON l.reconciliation_id = r.id
          WHERE r.id = ${id} AND r.status = ANY (${arrayOf(states)}::text[]) LIMIT ${REMOVED_AT_ONCE}))`;
    removed = count;
  }
}

/** Writes a new reconciliation that waits for lines, inside the caller's command. Answers its id. */
export async function insertRun(
  { tx, now, audit, cause }: CommandStep,
  accountId: bigint,
  from: Date,
  to: Date,
  source: Reconciliation['source'],
): Promise<string> {
  const { graceSeconds, toleranceCents, reviewFrom } = await readSettings(tx);
  const id = newPublicId('rec_');
  await tx`
    INSERT INTO reconciliation (public_id, account_id, source, cause, period_from, period_to, grace_seconds, tolerance_cents,
        review_from, status, created_at)
      VALUES (${id}, ${accountId}, ${source}, ${cause}, ${from}, ${to}, ${graceSeconds}, ${toleranceCents}, ${reviewFrom},
        'waiting', ${now})`;
  audit(`reconciliation:${id}`, { before: null, after: { from, to, source, status: 'waiting' } });
  return id;
}

function columns(sql: Sql | Tx) {
  return sql`r.id AS key, r.public_id AS id, a.public_id AS account, a.store_code AS "storeCode", r.source, r.period_from AS "from",
    r.period_to AS "to", r.grace_seconds AS "graceSeconds", r.tolerance_cents AS "toleranceCents", r.status, r.error,
    r.created_at AS "createdAt", r.finished_at AS "finishedAt", r.slices_done * 100 / ${SLICES}::int AS percent,
    r.their_lines AS "theirLines", r.unreadable_lines AS "unreadableLines", r.our_events AS "ourEvents", r.matched,
    r.missing_here AS "missingHere", r.missing_there AS "missingThere", r.amount_differs AS "amountDiffers",
    r.kind_differs AS "kindDiffers", r.doubled, r.lagging`;
}

/** What cannot be an id must not reach a query, which a NUL would fail. */
function idOf(id: string): string {
  if (!/^rec_[a-z0-9]{1,64}$/.test(id)) throw new DomainError('ReconciliationNotFound', {});
  return id;
}
