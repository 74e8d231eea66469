/** Notices what is to be told by webhook and no command does. */
import { watchExpiring, watchQuotas } from '../core/webhooks/watch.ts';
import type { Job } from './jobs.ts';

export const watchUsedQuotas: Job = {
  name: 'watch-quotas',
  everyMs: 5000,
  run: ({ sql, clock }) => watchQuotas(sql, clock),
};

export const watchExpiringSubscriptions: Job = {
  name: 'watch-expiring-subscriptions',
  everyMs: 60_000,
  run: ({ sql, clock }) => watchExpiring(sql, clock),
};
