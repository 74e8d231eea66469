/** Signs the credit log's first checkpoint; from then on proves that the log still leads to its last one, and fails if not. */
import type { Job } from './jobs.ts';

export const watchCreditLog: Job = {
  name: 'watch-credit-log',
  everyMs: 60_000,
  async run(core) {
    await core.creditLog.sign();
  },
};
