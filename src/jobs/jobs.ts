/** What runs by itself, in any process with the role `jobs`. Two processes doing the same job at once do no harm. */
import type { Core } from '../core/core.ts';
import type { Outgoing } from '../outgoing/outgoing.ts';
import { deliverWebhooks } from './deliver-webhooks.ts';
import { expireSubscriptions } from './expire-subscriptions.ts';
import { lapseLeases } from './lapse-leases.ts';
import { pruneRecords } from './prune-records.ts';
import { compareLedgers, fetchLedgers } from './reconcile.ts';
import { rollUpUsage } from './roll-up-usage.ts';
import { watchCreditLog } from './watch-credit-log.ts';
import { watchExpiringSubscriptions, watchUsedQuotas } from './watch-webhooks.ts';

/** What a job works with besides the core. */
export interface JobMeans {
  /** Requests to addresses that customers have set. */
  outgoing: Outgoing;
  /** Aborted when the process stops: a job that takes long then comes to its end. */
  ending: AbortSignal;
}

export interface Job {
  name: string;
  everyMs: number;
  run(core: Core, means: JobMeans): Promise<void>;
  /** It rests so long after a run, if that is longer than its interval: where what it does grows with the installation. */
  restMs?(core: Core): number;
}

const JOBS: readonly Job[] = [
  lapseLeases,
  expireSubscriptions,
  rollUpUsage,
  pruneRecords,
  watchCreditLog,
  watchUsedQuotas,
  watchExpiringSubscriptions,
  deliverWebhooks,
  fetchLedgers,
  compareLedgers,
];

export interface JobLog {
  error(details: object, message: string): void;
}

/** Starts every job at once and then at its interval or after its rest, never twice at the same time. Answers a function that ends them. */
export function startJobs(core: Core, outgoing: Outgoing, log: JobLog): () => Promise<void> {
  const ending = new AbortController();
  const running = JOBS.map((job) => runJob(job, core, { outgoing, ending: ending.signal }, log));
  return async () => {
    ending.abort();
    await Promise.all(running);
  };
}

async function runJob(job: Job, core: Core, means: JobMeans, log: JobLog): Promise<void> {
  const { ending } = means;
  while (!ending.aborted) {
    const startedAt = core.clock.now();
    let failure: string | undefined;
    try {
      await job.run(core, means);
    } catch (error) {
      failure = String(error);
      log.error({ job: job.name, error: failure }, 'a job failed; it runs again at its next turn');
    }
    const { name } = job;
    const everyMs = Math.max(job.everyMs, job.restMs?.(core) ?? 0);
    await core.jobRuns.note({ name, everyMs, startedAt, failure }).catch((error: unknown) => {
      log.error({ job: name, error: String(error) }, 'what became of a job could not be written down');
    });
    await new Promise<void>((resolve) => {
      if (ending.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        ending.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, everyMs);
      ending.addEventListener('abort', done);
    });
  }
}
