/** The figures of one process: of the parts that it has. */
import type { CallCounters } from '../api/http/call-counters.ts';
import type { Core } from '../core/core.ts';
import { addApiMetrics, addCoreMetrics, addJobMetrics } from './core.ts';
import { addGatewayMetrics, type MeasuredGateway } from './gateway.ts';
import { Metrics } from './registry.ts';

export interface ProcessParts {
  readonly gateway: MeasuredGateway | undefined;
  readonly core: Core | undefined;
  /** Absent: it answers no calls. */
  readonly calls: CallCounters | undefined;
  readonly runsJobs: boolean;
}

/** `token` is asked of who wants to read them. */
export function processMetrics(token: string, { gateway, core, calls, runsJobs }: ProcessParts): Metrics {
  const metrics = new Metrics(token);
  if (gateway) addGatewayMetrics(metrics, gateway);
  if (core) addCoreMetrics(metrics, core);
  if (calls) addApiMetrics(metrics, calls);
  if (core && runsJobs) addJobMetrics(metrics, core);
  return metrics;
}
