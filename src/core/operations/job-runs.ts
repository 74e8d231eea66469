/** What became of the jobs: when each ran last, over all processes, and what went wrong. */
import type { Sql } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';

export interface JobState {
  name: string;
  everyMs: number;
  startedAt: Date;
  finishedAt: Date;
  succeededAt: Date | null;
  failedAt: Date | null;
  /** The last failure's own words, also after it succeeded again. */
  failure: string | null;
  failuresInARow: number;
  /** It should have run again by now: no process with the role `jobs` is there, or it hangs. */
  isLate: boolean;
}

export interface JobOutcome {
  name: string;
  everyMs: number;
  startedAt: Date;
  /** Undefined: it succeeded. */
  failure: string | undefined;
}

/** Jobs run every second; successes that follow each other are written this often. */
const WRITTEN_EVERY_MS = 15_000;
/** A job is late after its interval and this. */
const LATE_MS = 60_000;
const MAX_FAILURE_LENGTH = 500;

export class JobRuns {
  readonly #sql: Sql;
  readonly #clock: Clock;
  /** What has run in this process. */
  readonly counts = new Map<string, { runs: number; failures: number; succeededAtMs: number }>();
  readonly #written = new Map<string, { atMs: number; failed: boolean }>();

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  /** Notes a run that has ended. */
  async note({ name, everyMs, startedAt, failure }: JobOutcome): Promise<void> {
    const now = this.#clock.now();
    const before = this.#written.get(name);
    const failed = failure !== undefined;
    const count = this.counts.get(name) ?? { runs: 0, failures: 0, succeededAtMs: 0 };
    count.runs += 1;
    if (failed) count.failures += 1;
    else count.succeededAtMs = now.getTime();
    this.counts.set(name, count);
    if (before && before.failed === failed && !failed && now.getTime() - before.atMs < WRITTEN_EVERY_MS)
      return;
    await this.#sql`
      INSERT INTO job_run AS j (name, every_ms, started_at, finished_at, succeeded_at, failed_at, failure, failures_in_a_row)
        VALUES (${name}, ${everyMs}, ${startedAt}, ${now}, ${failed ? null : now}, ${failed ? now : null},
          ${failure?.slice(0, MAX_FAILURE_LENGTH) ?? null}, ${failed ? 1 : 0})
        ON CONFLICT (name) DO UPDATE SET every_ms = excluded.every_ms, started_at = excluded.started_at,
          finished_at = excluded.finished_at, succeeded_at = coalesce(excluded.succeeded_at, j.succeeded_at),
          failed_at = coalesce(excluded.failed_at, j.failed_at), failure = coalesce(excluded.failure, j.failure),
          failures_in_a_row = CASE WHEN ${failed} THEN j.failures_in_a_row + 1 ELSE 0 END`;
    this.#written.set(name, { atMs: now.getTime(), failed });
  }

  async list(): Promise<JobState[]> {
    return this.#sql<JobState[]>`
      SELECT name, every_ms AS "everyMs", started_at AS "startedAt", finished_at AS "finishedAt",
          succeeded_at AS "succeededAt", failed_at AS "failedAt", failure, failures_in_a_row AS "failuresInARow",
          finished_at + (every_ms + ${LATE_MS}) * interval '1 millisecond' < ${this.#clock.now()} AS "isLate"
        FROM job_run ORDER BY name`;
  }
}
