import type { CallCounters } from '../api/http/call-counters.ts';
import type { Core } from '../core/core.ts';
import type { Metrics } from './registry.ts';

export function addApiMetrics(metrics: Metrics, calls: CallCounters): void {
  metrics.counter('headgate_api_requests_total', 'Requests answered', () =>
    [...calls.byRoute.values()].map(({ labels, count }) => ({ labels, value: count })),
  );
  metrics.histogram('headgate_api_request_seconds', 'Time from a request to the end of its answer', () =>
    [...calls.byDialect].map(([dialect, values]) => ({ labels: { dialect }, values })),
  );
}

export function addCoreMetrics(metrics: Metrics, core: Core): void {
  metrics.histogram(
    'headgate_core_lane_batch_commands',
    'Commands that were committed together in one batch of a lane',
    () => [{ values: core.laneBatches }],
  );
  metrics.gauge(
    'headgate_ledger_transfer_number',
    'Number of the newest transfer in the ledger, of all processes: its rate is transfers a second',
    async () => {
      // Away with the database: what it alone knows is left out.
      const newest = await core.ledger.newestTransfer().catch(() => undefined);
      return newest === undefined ? [] : [{ value: Number(newest) }];
    },
  );
}

export function addJobMetrics(metrics: Metrics, core: Core): void {
  const { counts } = core.jobRuns;
  const each = (read: (count: { runs: number; failures: number; succeededAtMs: number }) => number) =>
    [...counts].map(([job, count]) => ({ labels: { job }, value: read(count) }));
  metrics.counter('headgate_job_runs_total', 'Runs of a job that have ended', () => each(({ runs }) => runs));
  metrics.counter('headgate_job_failures_total', 'Runs of a job that failed', () =>
    each(({ failures }) => failures),
  );
  metrics.gauge(
    'headgate_job_last_success_timestamp_seconds',
    'When a job last succeeded, 0 if it has not',
    () => each(({ succeededAtMs }) => succeededAtMs / 1000),
  );
}
