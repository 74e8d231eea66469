/** Where resellers' ledgers are fetched from, on a schedule that the owner sets. Whoever fetches stands above. */
import type { Sql, Tx } from '../../db/client.ts';
import { inTransaction } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { ANOTHER_SECRET, auditWriting, SECRET } from '../audit/audit.ts';
import type { Commands, Invocation } from '../command.ts';
import { invalidField } from '../errors.ts';
import { newPublicId, type SecretBox } from '../secrets.ts';
import { validOutgoingUrl } from '../validate.ts';
import { newSigningSecret, signedHeaders } from '../webhooks/signature.ts';
import { insertRun } from './reconciliations.ts';
import { readSettings } from './settings.ts';

export interface LedgerSource {
  url: string;
  everyHours: number;
  enabled: boolean;
  /** The end of the last period that was fetched. */
  fetchedTo: Date;
  nextAt: Date;
  lastError: string | null;
  createdAt: Date;
}

export interface LedgerSourceWithSecret extends LedgerSource {
  /** Signs the requests. Shown when it is made, and never again; null when it was there before. */
  secret: string | null;
}

/** A ledger that is to be fetched now. */
export interface DueFetch {
  accountId: bigint;
  reconciliationId: string;
  url: string;
  headers: Record<string, string>;
  to: Date;
  /** When it is fetched next, if nothing becomes of this; and the hours until then if it does. */
  againAt: Date;
  everyHours: number;
}

const HOUR_MS = 3600_000;
/** After a failure, or where whoever fetched has died. */
const AGAIN_AFTER_MS = HOUR_MS;
/** A period never begins further back, however long nothing was fetched. */
const LONGEST_PERIOD_MS = 366 * 24 * 3600_000;
const ACTOR = { name: 'system', accountId: null, door: 'job' } as const;

function sealPurpose(accountId: bigint): string {
  return `reconciliation-source:${accountId}`;
}

export class LedgerSources {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #commands: Commands;
  readonly #box: SecretBox;

  constructor(sql: Sql, clock: Clock, commands: Commands, box: SecretBox) {
    this.#sql = sql;
    this.#clock = clock;
    this.#commands = commands;
    this.#box = box;
  }

  /** Undefined where none is set. */
  async get(accountId: bigint): Promise<LedgerSource | undefined> {
    const [row] = await this.#sql<LedgerSource[]>`
      SELECT url, every_hours AS "everyHours", enabled, fetched_to AS "fetchedTo", next_at AS "nextAt", last_error AS "lastError",
          created_at AS "createdAt"
        FROM reconciliation_source WHERE account_id = ${accountId}`;
    return row;
  }

  /** Sets where and how often; the first fetch is due at once, and its period begins a day ago. `newSecret`: replaces the secret. */
  async set(
    invocation: Invocation,
    accountId: bigint,
    source: { url: string; everyHours: number; enabled: boolean; newSecret?: boolean | undefined },
  ): Promise<LedgerSourceWithSecret> {
    const url = validOutgoingUrl(source.url);
    const { everyHours, enabled } = source;
    if (!Number.isInteger(everyHours) || everyHours < 1 || everyHours > 8784)
      throw invalidField('everyHours', 'a whole number from 1 to 8784');
    const secret = await this.#commands.run(
      invocation,
      'reconciliation-source.set',
      async ({ tx, now, audit }) => {
        const before = await lockSource(tx, accountId);
        const secret = before && !source.newSecret ? null : newSigningSecret();
        const sealed = this.#box.seal(secret ?? '', sealPurpose(accountId));
        const dayAgo = new Date(now.getTime() - 24 * 3600_000);
        await tx`
          INSERT INTO reconciliation_source AS s (account_id, url, secret_sealed, every_hours, enabled, fetched_to, next_at, created_at)
            VALUES (${accountId}, ${url}, ${sealed}, ${everyHours}, ${enabled}, ${dayAgo}, ${now}, ${now})
            ON CONFLICT (account_id) DO UPDATE SET url = excluded.url, every_hours = excluded.every_hours,
              enabled = excluded.enabled, next_at = excluded.next_at, last_error = NULL,
              secret_sealed = CASE WHEN ${secret === null} THEN s.secret_sealed ELSE excluded.secret_sealed END`;
        audit(await subjectOf(tx, accountId), {
          before: before ? { ...before, secret: SECRET } : null,
          after: { url, everyHours, enabled, secret: before && secret ? ANOTHER_SECRET : SECRET },
        });
        return secret;
      },
    );
    return { ...(await this.get(accountId))!, secret };
  }

  async remove(invocation: Invocation, accountId: bigint): Promise<void> {
    await this.#commands.run(invocation, 'reconciliation-source.remove', async ({ tx, audit }) => {
      const before = await lockSource(tx, accountId);
      if (!before) return;
      await tx`DELETE FROM reconciliation_source WHERE account_id = ${accountId}`;
      audit(await subjectOf(tx, accountId), { before: { ...before, secret: SECRET }, after: null });
    });
  }

  /** The next one that is due, with a reconciliation begun for it. The caller fetches it, and says how it ended (`settle`). */
  async takeDue(): Promise<DueFetch | undefined> {
    const now = this.#clock.now();
    const againAt = new Date(now.getTime() + AGAIN_AFTER_MS);
    const [row] = await this.#sql<
      { account_id: bigint; url: string; every_hours: number; fetched_to: Date; secret_sealed: Uint8Array }[]
    >`
      UPDATE reconciliation_source SET next_at = ${againAt}
        WHERE account_id = (
          SELECT account_id FROM reconciliation_source WHERE enabled AND next_at <= ${now}
            ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING account_id, url, every_hours, fetched_to, secret_sealed`;
    if (!row) return undefined;
    await this.#failUnfinished(row.account_id, now);
    const { graceSeconds } = await readSettings(this.#sql);
    // What was too near the end of the period before to be judged lies well inside this one.
    const wanted = row.fetched_to.getTime() - 2 * graceSeconds * 1000;
    const from = new Date(Math.max(wanted, now.getTime() - LONGEST_PERIOD_MS));
    const id = await this.#commands.run({ actor: ACTOR }, 'reconciliation.begin', (step) =>
      insertRun(step, row.account_id, from, now, 'pull'),
    );
    const url = new URL(row.url);
    url.searchParams.set('from', from.toISOString());
    url.searchParams.set('to', now.toISOString());
    const secret = this.#box.open(row.secret_sealed, sealPurpose(row.account_id)).toString();
    const signed = JSON.stringify({ method: 'GET', url });
    const headers = signedHeaders(newPublicId('req_'), now, signed, [secret]);
    return {
      accountId: row.account_id,
      reconciliationId: id,
      url: url.toString(),
      headers,
      to: now,
      againAt,
      everyHours: row.every_hours,
    };
  }

  /** Of a fetch before this one that came to no end. */
  async #failUnfinished(accountId: bigint, now: Date): Promise<void> {
    await inTransaction(this.#sql, async (tx) => {
      const runs = await tx<{ id: string }[]>`
        SELECT public_id AS id FROM reconciliation
          WHERE account_id = ${accountId} AND source = 'pull' AND status IN ('waiting', 'reading') FOR UPDATE`;
      for (const { id } of runs) await fail(tx, id, 'the server that fetched it has stopped', now);
    });
  }

  /** `error`: why it could not be fetched; it is tried again within the hour. */
  async settle(due: DueFetch, error: string | null): Promise<void> {
    const { accountId, reconciliationId, to, againAt, everyHours } = due;
    const now = this.#clock.now();
    await inTransaction(this.#sql, async (tx) => {
      if (error === null) {
        // Somebody may have set it anew meanwhile: then it is fetched when that says.
        const nextAt = new Date(to.getTime() + everyHours * HOUR_MS);
        await tx`
          UPDATE reconciliation_source SET fetched_to = ${to}, last_error = NULL,
              next_at = CASE WHEN next_at = ${againAt} THEN ${nextAt}::timestamptz ELSE next_at END
            WHERE account_id = ${accountId}`;
        return;
      }
      await fail(tx, reconciliationId, error, now);
      await tx`UPDATE reconciliation_source SET last_error = ${error} WHERE account_id = ${accountId}`;
    });
  }
}

async function fail(tx: Tx, id: string, error: string, now: Date): Promise<void> {
  const [before] = await tx<{ status: string }[]>`
    SELECT status FROM reconciliation WHERE public_id = ${id} AND status IN ('waiting', 'reading') FOR UPDATE`;
  if (!before) return;
  await tx`
    UPDATE reconciliation SET status = 'failed', error = ${error}, finished_at = ${now} WHERE public_id = ${id}`;
  const subject = `reconciliation:${id}`;
  const details = { before, after: { status: 'failed', error } };
  await auditWriting(tx, [{ actor: ACTOR, action: 'reconciliation.fail', subject, details }], now);
}

async function lockSource(tx: Tx, accountId: bigint) {
  const [source] = await tx<Pick<LedgerSource, 'url' | 'everyHours' | 'enabled'>[]>`
    SELECT url, every_hours AS "everyHours", enabled FROM reconciliation_source WHERE account_id = ${accountId} FOR UPDATE`;
  return source;
}

/** As the audit names the account. */
async function subjectOf(tx: Tx, accountId: bigint): Promise<string> {
  const [account] = await tx<{ id: string }[]>`SELECT public_id AS id FROM account WHERE id = ${accountId}`;
  return `account:${account!.id}`;
}
