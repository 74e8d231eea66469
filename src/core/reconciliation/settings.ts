/** What counts as a difference, for the whole installation. */
import type { Queryable, Sql } from '../../db/client.ts';
import type { Commands, Invocation } from '../command.ts';
import { invalidField } from '../errors.ts';

export interface ReconciliationSettings {
  /** Each side may have an event this much later than the other. */
  graceSeconds: number;
  /** Amounts that differ by no more are the same. */
  toleranceCents: bigint;
  /** This many differences open a review. */
  reviewFrom: number;
}

const MAX_GRACE_SECONDS = 30 * 24 * 3600;
const MAX_TOLERANCE_CENTS = 1_000_000n;
const MAX_REVIEW_FROM = 1_000_000;

export async function readSettings(sql: Queryable): Promise<ReconciliationSettings> {
  const [row] = await sql<ReconciliationSettings[]>`
    SELECT grace_seconds AS "graceSeconds", tolerance_cents AS "toleranceCents", review_from AS "reviewFrom"
      FROM reconciliation_settings`;
  return row!;
}

export class Settings {
  readonly #sql: Sql;
  readonly #commands: Commands;

  constructor(sql: Sql, commands: Commands) {
    this.#sql = sql;
    this.#commands = commands;
  }

  read(): Promise<ReconciliationSettings> {
    return readSettings(this.#sql);
  }

  /** For reconciliations that begin from now on. What is not named stays. */
  async change(
    invocation: Invocation,
    changes: { [Name in keyof ReconciliationSettings]?: ReconciliationSettings[Name] | undefined },
  ): Promise<ReconciliationSettings> {
    return this.#commands.run(invocation, 'reconciliation.settings', async ({ tx, audit }) => {
      await tx`SELECT FROM reconciliation_settings FOR UPDATE`;
      const before = await readSettings(tx);
      const after = { ...before };
      for (const [name, value] of Object.entries(changes))
        if (value !== undefined) Object.assign(after, { [name]: value });
      const { graceSeconds, toleranceCents, reviewFrom } = after;
      if (!Number.isInteger(graceSeconds) || graceSeconds < 0 || graceSeconds > MAX_GRACE_SECONDS)
        throw invalidField('graceSeconds', `a whole number from 0 to ${MAX_GRACE_SECONDS}`);
      if (toleranceCents < 0n || toleranceCents > MAX_TOLERANCE_CENTS)
        throw invalidField('toleranceCents', `a whole number from 0 to ${MAX_TOLERANCE_CENTS}`);
      if (!Number.isInteger(reviewFrom) || reviewFrom < 1 || reviewFrom > MAX_REVIEW_FROM)
        throw invalidField('reviewFrom', `a whole number from 1 to ${MAX_REVIEW_FROM}`);
      await tx`
        UPDATE reconciliation_settings SET grace_seconds = ${graceSeconds}, tolerance_cents = ${toleranceCents},
            review_from = ${reviewFrom}`;
      audit('installation', { before, after });
      return after;
    });
  }
}
